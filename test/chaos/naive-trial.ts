import { join } from 'node:path';
import { countOn } from './count.ts';
import type { DurableServer } from './durable-server.ts';
import { expectedOf } from './expected.ts';
import { systemOf, type Population } from './marked-course.ts';
import { naiveWays, sendNaively } from './naive.ts';
import { admitPatients } from './patients.ts';
import { startProxy } from './proxy.ts';
import { storedOn } from './stored.ts';
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

/** The usual ways of writing courses on the same server, behind a proxy with the same faults. Nothing is killed. */
export async function naiveTrial(
  server: DurableServer,
  settings: {
    readonly seed: number;
    readonly courses: number;
    readonly rates: { readonly writes: number; readonly reads: number };
    readonly folder: string;
  },
): Promise<NaiveResult[]> {
  const { seed, courses, rates, folder } = settings;
  const results: NaiveResult[] = [];
  for (const way of naiveWays) {
    const population: Population = { seed, namespace: way.namespace };
    await admitPatients(server.base, population, courses);
    const proxy = await startProxy({
      base: server.base,
      rates,
      seed: `${seed}/proxy`,
      accessLog: join(folder, `access-${way.namespace}.log`),
    });
    const written = await withoutErrors(() => sendNaively(way, proxy.base, population, courses));
    const expected = Array.from({ length: courses }, (_, index) => expectedOf(population, index, 1));
    const count = await countOn(
      server.base,
      await storedOn(server.base),
      expected,
      systemOf(population),
      proxy.traffic.lostAnswers,
    );
    const wrong = new Set(count.deviations.map(({ index }) => index));
    results.push({
      way: way.name,
      courses,
      faults: faultsOf(proxy.traffic.hits.writes) + faultsOf(proxy.traffic.hits.reads),
      written: written.size,
      lost: [...written].filter((index) => wrong.has(index)).length,
      givenUp: courses - written.size,
      missingResources: count.deviations.filter(({ kind }) => kind === 'missing').length,
      doubled: count.doubled.length,
      strays: proxy.strays(),
    });
    await proxy.stop();
  }
  return results;
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
