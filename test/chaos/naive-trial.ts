import { join } from 'node:path';
import { countOn } from './count.ts';
import type { DurableServer } from './durable-server.ts';
import { expectedOf } from './expected.ts';
import { systemOf, type Population } from './marked-course.ts';
import { naiveWays, sendNaively, type NaiveWay } from './naive.ts';
import { admitPatients } from './patients.ts';
import { startProxy } from './proxy.ts';
import { storedOn, type Stored } from './stored.ts';
import { faultsOf } from './traffic.ts';

/** What a naive way made of its courses. */
export interface NaiveResult {
  readonly way: string;
  readonly courses: number;
  readonly faults: number;
  /** Courses that it took for written. */
  readonly written: number;
  /** Of these, courses that are not what was sent: lost without a word. */
  readonly lost: number;
  /** Courses that it gave up: somebody must look. */
  readonly givenUp: number;
  readonly missingResources: number;
  /** Identifiers that two resources hold. */
  readonly doubled: number;
  /** Requests that went where a redirect pointed. */
  readonly strays: number;
}

interface NaiveSettings {
  readonly seed: number;
  readonly courses: number;
  readonly rates: { readonly writes: number; readonly reads: number };
  readonly folder: string;
}

/** The usual ways of writing courses on the same server, behind a proxy with the same faults. Nothing is killed. */
export async function naiveTrial(server: DurableServer, settings: NaiveSettings): Promise<NaiveResult[]> {
  // All at once: they spend most of their time waiting for the next attempt.
  const all = await withoutErrors(() => Promise.all(naiveWays.map((way) => sent(way, server, settings))));
  const stored = await storedOn(server.base);
  return Promise.all(all.map((one) => counted(one, server, stored, settings.courses)));
}

interface Sent {
  readonly way: NaiveWay;
  readonly population: Population;
  readonly written: ReadonlySet<number>;
  readonly faults: number;
  readonly strays: number;
}

async function sent(way: NaiveWay, server: DurableServer, settings: NaiveSettings): Promise<Sent> {
  const { seed, courses, rates, folder } = settings;
  const population: Population = { seed, namespace: way.namespace };
  await admitPatients(server.base, population, courses);
  const accessLog = join(folder, `access-${way.namespace}.log`);
  const proxy = await startProxy({ base: server.base, rates, seed: `${seed}/proxy`, accessLog });
  const written = await sendNaively(way, proxy.base, population, courses);
  await proxy.stop();
  const { writes, reads } = proxy.traffic.hits;
  return { way, population, written, faults: faultsOf(writes) + faultsOf(reads), strays: proxy.strays() };
}

async function counted(
  { way, population, written, faults, strays }: Sent,
  { base }: DurableServer,
  stored: readonly Stored[],
  courses: number,
): Promise<NaiveResult> {
  const expected = Array.from({ length: courses }, (_, index) => expectedOf(population, index, 1));
  const count = await countOn(base, stored, expected, systemOf(population), new Map());
  const wrong = new Set(count.deviations.map(({ index }) => index));
  return {
    way: way.name,
    courses,
    faults,
    written: written.size,
    lost: [...written].filter((index) => wrong.has(index)).length,
    givenUp: courses - written.size,
    missingResources: count.deviations.filter(({ kind }) => kind === 'missing').length,
    doubled: count.doubled.length,
    strays,
  };
}

/** MedplumClient prints every answer that it cannot read. */
async function withoutErrors<T>(work: () => Promise<T>): Promise<T> {
  const { error } = console;
  console.error = () => undefined;
  try {
    return await work();
  } finally {
    console.error = error;
  }
}
