import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A line of `verify --json`, as far as it is asked for here. */
export interface Verified {
  readonly course: string;
  readonly state: 'as-delivered' | 'different' | 'not-delivered' | 'not-compared';
  readonly differences?: readonly {
    readonly kind: string;
    readonly type: string;
    readonly at: string;
    readonly places: readonly string[];
  }[];
}

/** Runs `coursebridge verify --json` as a person would. */
export async function verified(
  fhirBase: string,
  data: string,
): Promise<{ readonly lines: readonly Verified[]; readonly code: number; readonly said: string }> {
  const child = spawn(process.execPath, ['src/cli.ts', 'verify', '--to', fhirBase, '--json', '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, INIT_CWD: root },
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-2000)));
  const lines: Verified[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(JSON.parse(line) as Verified);
  return { lines, code: await ended, said };
}
