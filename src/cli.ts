import { setFlagsFromString } from 'node:v8';
import { tooOldNode } from './cli/node-version.ts';

// A stream of courses keeps nothing, so the heap may be cleared before it has doubled. A V8 that does not know the flag
// passes over it.
setFlagsFromString('--heap-growing-percent=60');

const tooOld = tooOldNode();
if (tooOld === undefined) {
  const { runCommandLine } = await import('./cli/run.ts');
  await runCommandLine(process.argv.slice(2));
} else {
  process.stderr.write(`${tooOld}\n`);
  process.exitCode = 2;
}
