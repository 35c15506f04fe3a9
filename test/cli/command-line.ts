import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { runCommand } from '../../src/cli/run.ts';

/** What a command left behind. */
export interface Outcome {
  readonly code: number | undefined;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs a command in this process: the same code as the real one, without the second that a process takes to start. */
export async function run(args: readonly string[], input: string | readonly Buffer[] = ''): Promise<Outcome> {
  const texts = { out: '', err: '' };
  const collecting = (name: 'out' | 'err') =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        texts[name] += chunk.toString('utf8');
        done();
      },
    });
  const stdin = Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input);
  const streams = { stdin, stdout: collecting('out'), stderr: collecting('err'), now: () => 0 };
  const code = await runCommand(args, streams);
  return { code, out: lines(texts.out), err: lines(texts.err) };
}

/** Runs a program of ours in a process of its own. */
export async function runProcess(
  program: 'src/cli.ts' | 'src/main.ts',
  args: readonly string[],
  { input = '', environment = {} }: { input?: string; environment?: Record<string, string> } = {},
): Promise<Outcome> {
  const { FHIR_BASE_URL: _, PORT: __, HOST: ___, INIT_CWD: ____, ...inherited } = process.env;
  const root = new URL('../../', import.meta.url);
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...inherited, ...environment } });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | undefined>((done) => {
    child.once('close', (status) => done(status ?? undefined));
  });
  return { code, out: lines(texts.out), err: lines(texts.err) };
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
