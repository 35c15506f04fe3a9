import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A cold Maven build downloads some 350 MB before the program itself starts. */
const START_TIMEOUT = 300_000;
const STOP_TIMEOUT = 15_000;

/** The script's way to say that there is no program to run, after automake's code for a skipped test. */
const NOT_BUILT = 77;

export class NotBuilt extends Error {}

export interface Recipe {
  readonly name: string;
  readonly script: string;
  /** A folder of the program's own is handed in; it goes when the program stops. */
  readonly args: (scratch: string) => readonly string[];
  /** The program is ready when this address answers 200. */
  readonly ready: string;
}

export interface Background {
  readonly stop: () => Promise<void>;
}

/** A port that is free now; whoever takes it should do so at once. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program in a process group of its own, so that Maven or Java below a script goes with it. */
export async function startInBackground(recipe: Recipe): Promise<Background> {
  const scratch = mkdtempSync(join(tmpdir(), `coursebridge-${recipe.name}-`));
  const log = join(scratch, 'output.log');
  const output = openSync(log, 'w');
  const child = spawn(recipe.script, recipe.args(scratch), { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  running.set(child, scratch);
  stopAllWithUs();
  const stop = async (): Promise<void> => {
    await end(child, ended);
    running.delete(child);
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    await untilReady(recipe, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function untilReady(recipe: Recipe, child: ChildProcess, log: string): Promise<void> {
  const begun = Date.now();
  let announced = 0;
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  for (;;) {
    if (failure !== undefined) throw failure;
    if (child.exitCode === NOT_BUILT) throw new NotBuilt(`${recipe.name} skipped: not built`);
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${recipe.name} ended with ${child.exitCode ?? child.signalCode}:\n${tail(log)}`);
    }
    const ready = await answers(recipe.ready);
    const waited = Date.now() - begun;
    if (ready) {
      process.stderr.write(`${recipe.name}: ready after ${Math.round(waited / 1000)} s\n`);
      return;
    }
    if (waited > START_TIMEOUT) {
      throw new Error(`${recipe.name} did not answer within ${START_TIMEOUT / 1000} s:\n${tail(log)}`);
    }
    if (waited - announced >= 15_000) {
      announced = waited;
      process.stderr.write(`${recipe.name}: waiting, ${Math.round(waited / 1000)} s\n`);
    }
    await sleep(250);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').split('\n').slice(-40).join('\n');
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT);
  await ended;
  clearTimeout(timer);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** What runs, with its folder. */
const running = new Map<ChildProcess, string>();
let listening = false;

/** The programs are in groups of their own: neither Ctrl-C nor our end would reach them. */
function stopAllWithUs(): void {
  if (listening) return;
  listening = true;
  process.once('exit', () => {
    for (const [child, scratch] of running) {
      signalGroup(child, 'SIGTERM');
      rmSync(scratch, { recursive: true, force: true });
    }
  });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}
