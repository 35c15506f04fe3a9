import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../servers/background.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import { startDurableServer, type DurableServer, type ServerKind } from './durable-server.ts';
import { Killer } from './killer.ts';
import type { Population } from './marked-course.ts';
import { admitPatients } from './patients.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { Sending } from './sending.ts';
import { Service } from './service.ts';
import { untilQuiet, type Standing } from './standing.ts';
import { Turmoil } from './turmoil.ts';

export interface TrialSettings {
  readonly kind: ServerKind;
  readonly folder: string;
  readonly seed: number;
  readonly courses: number;
  /** Versions of a course at most. */
  readonly versions: number;
  /** Kills of the service with a write in flight, at least. */
  readonly kills: number;
  /** How many writes each kind of fault hits, at least. */
  readonly hits: number;
  readonly rates: { readonly writes: number; readonly reads: number };
  /** Ends of the server: after these shares of the kills. */
  readonly restarts: readonly { readonly after: number; readonly signal: 'SIGTERM' | 'SIGKILL' }[];
  /** Minutes after which faults and kills stop, whatever was reached. */
  readonly longest: number;
  readonly quietSeconds: number;
  readonly say: (sentence: string) => void;
}

/** Seconds: faults are so many that the usual five minutes between attempts would be most of the trial. */
const longestWait = 1;

/** What a trial leaves behind, to be counted. */
export interface Tried {
  readonly server: DurableServer;
  readonly proxy: Proxy;
  readonly service: Service;
  readonly population: Population;
  readonly data: string;
  readonly sending: Sending;
  readonly killer: Killer;
  readonly seconds: number;
  readonly restarts: readonly { readonly signal: string; readonly seconds: number }[];
  readonly gracefulStops: readonly { readonly code: number | string; readonly seconds: number }[];
  readonly standing: Standing;
  readonly quietSeconds: number;
}

/** Senders, service, proxy and server at work under faults and kills, and then what is left in quiet. */
export async function trial(settings: TrialSettings): Promise<Tried> {
  const { kind, folder, seed, courses, say } = settings;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const population: Population = { seed, namespace: 'run' };
  const port = await freePort();
  const server = await startDurableServer(kind, join(folder, 'server'), `http://127.0.0.1:${port}`);
  await admitPatients(server.base, population, courses);
  const proxy = await startProxy({
    base: server.base,
    rates: settings.rates,
    seed: `${seed}/proxy`,
    accessLog: join(folder, 'access.log'),
    port,
  });
  const data = join(folder, 'data');
  const service = await Service.of({
    fhirBaseUrl: proxy.base,
    data,
    log: join(folder, 'service.log'),
    env: { COURSEBRIDGE_RETRY_CAP_SECONDS: String(longestWait) },
  });
  await service.start();
  say(`${kind}: the service answered after ${service.starts[0]?.toFixed(2)} s`);
  const begun = Date.now();
  const sending = new Sending({
    service: service.origin,
    population,
    courses,
    versions: settings.versions,
    folder,
    processes: 2,
    senders: 4,
  });
  const killer = new Killer(service, proxy.traffic, randomOf(`${seed}/kills`));
  const { restarts, gracefulStops } = await new Turmoil(settings, { server, proxy, service, sending, killer }).run();
  await sending.finish();
  proxy.faults(false);
  const seconds = (Date.now() - begun) / 1000;
  say(`${kind}: faults stop after ${Math.round(seconds)} s; ${JSON.stringify(sending.progress)}`);
  const quiet = await untilQuiet(service.origin, settings.quietSeconds);
  say(`${kind}: quiet after ${Math.round(quiet.seconds)} s: ${JSON.stringify(quiet.standing)}`);
  return {
    server,
    proxy,
    service,
    population,
    data,
    sending,
    killer,
    seconds,
    restarts,
    gracefulStops,
    standing: quiet.standing,
    quietSeconds: quiet.seconds,
  };
}
