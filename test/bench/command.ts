import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/coursebridge.js', import.meta.url));

/** Starts `coursebridge map` as a user does: through the launcher, with default flags. Its output is a pipe. */
export function startMap(file: string, stdin: 'ignore' | 'pipe'): ChildProcess {
  return spawn(process.execPath, [launcher, 'map', file], { stdio: [stdin, 'pipe', 'ignore'] });
}

/** Waits until a command has ended; throws where it did not end well, since its figures would mean nothing. */
export async function ended(child: ChildProcess): Promise<void> {
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`coursebridge ended with ${String(code)}`);
}
