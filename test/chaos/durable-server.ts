import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, NotBuilt } from '../servers/background.ts';

export type ServerKind = 'hapi' | 'helios';

/** A real FHIR server whose data outlive its process. */
export interface DurableServer {
  readonly kind: ServerKind;
  /** Its FHIR base, without a proxy. */
  readonly base: string;
  /** Everything that it printed, its access log included where it has one. */
  readonly log: string;
  /** Ends it, by its leave or by `kill -9`, and starts it again with the same data; seconds until it answered. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<number>;
  stop(): Promise<void>;
}

const startTimeout = 300_000;
const notBuilt = 77;

/** Starts it with its data in a folder; `seenAs` is the base that clients know it by, where it asks for that. */
export async function startDurableServer(kind: ServerKind, folder: string, seenAs?: string): Promise<DurableServer> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const base = kind === 'hapi' ? `http://127.0.0.1:${port}/fhir` : `http://127.0.0.1:${port}`;
  const log = join(folder, 'server.log');
  let running = begin(kind, port, folder, log, seenAs);
  process.once('exit', () => signalTo(running, 'SIGKILL'));
  await untilReady(running, base, kind);
  return {
    kind,
    base,
    log,
    restart: async (signal) => {
      const begun = Date.now();
      await end(running, signal);
      running = begin(kind, port, folder, log, seenAs);
      await untilReady(running, base, kind);
      return (Date.now() - begun) / 1000;
    },
    stop: () => end(running, 'SIGTERM'),
  };
}

/** The server that starts quickest of those that are here. */
export async function quickServer(folder: string, seenAs?: string): Promise<DurableServer> {
  try {
    return await startDurableServer('helios', folder, seenAs);
  } catch (error) {
    if (!(error instanceof NotBuilt)) throw error;
    return startDurableServer('hapi', folder, seenAs);
  }
}

function begin(kind: ServerKind, port: number, folder: string, log: string, seenAs: string | undefined): ChildProcess {
  const script = fileURLToPath(new URL(`../servers/${kind}/start`, import.meta.url));
  // Without WRITE_DELAY=0 H2 forgets on kill -9 what it had acknowledged.
  const database = `-Ddb=jdbc:h2:file:${join(folder, 'h2')};WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE`;
  const flags = kind === 'hapi' ? [database, '-DaccessLog=true'] : [];
  const output = openSync(log, 'a');
  const child = spawn(script, [String(port), folder, ...flags], {
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      HAPI_HEAP: '2g',
      ...(kind === 'helios' && { HFS_LOG_LEVEL: 'info' }),
      ...(seenAs !== undefined && { HFS_BASE_URL: seenAs }),
    },
  });
  closeSync(output);
  return child;
}

async function untilReady(child: ChildProcess, base: string, kind: ServerKind): Promise<void> {
  const begun = Date.now();
  while (!(await answers(`${base}/metadata`))) {
    if (child.exitCode === notBuilt) throw new NotBuilt(`${kind} skipped: not built`);
    if (child.exitCode !== null) throw new Error(`${kind} ended with ${child.exitCode}`);
    if (Date.now() - begun > startTimeout) throw new Error(`${kind} did not answer within five minutes`);
    await sleep(100);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signalTo(child, signal);
  await ended;
}

/** To its whole group: a script may stand before the program. */
function signalTo(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
