import { tooOldNode } from './cli/node-version.ts';

// The service of a container is `serve`; without a command this is the demo, as `npm start` runs it.
const [command] = process.argv.slice(2);
const tooOld = tooOldNode();
if (tooOld !== undefined) {
  process.stderr.write(`${tooOld}\n`);
  process.exitCode = 2;
} else if (command === undefined || command === '--once') {
  const { runDemo } = await import('./main/demo.ts');
  process.exitCode = await runDemo({ once: command === '--once' });
} else {
  const { runCommandLine } = await import('./cli/run.ts');
  await runCommandLine(process.argv.slice(2));
}
