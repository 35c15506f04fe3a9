import { tooOldNode } from './cli/node-version.ts';

const tooOld = tooOldNode();
if (tooOld === undefined) {
  const { runCommandLine } = await import('./cli/run.ts');
  await runCommandLine(process.argv.slice(2));
} else {
  process.stderr.write(`${tooOld}\n`);
  process.exitCode = 2;
}
