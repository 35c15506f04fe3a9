import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a script of this folder as a process of its own. */
export const start = (script: string, ...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [pathOf(script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

export const pathOf = (script: string): string => fileURLToPath(new URL(script, import.meta.url));

/** The lines that a process writes until it ends. */
export async function linesOf(child: ChildProcess): Promise<string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  await once(child, 'close');
  return text.split('\n').slice(0, -1);
}

export async function firstLineOf(child: ChildProcess): Promise<void> {
  if (child.stdout !== null) await once(child.stdout, 'data');
}
