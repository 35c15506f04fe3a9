import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseServiceId } from '../../src/course/identity.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import type { Count } from './count.ts';
import { markedCourse, systemOf } from './marked-course.ts';
import { plantFaults, type Planted } from './plant.ts';
import { storedOn } from './stored.ts';
import type { Tried } from './trial.ts';
import { verified, type Verified } from './verify-command.ts';

/** What `coursebridge verify` made of the same server. */
export interface Verification {
  /** Courses that it names. */
  readonly different: number;
  /** Whether they are the courses that the count names. */
  readonly agrees: boolean;
  readonly planted: number;
  readonly found: number;
}

/** Whether verify names the courses that the count names, and then each of what is planted. */
export async function verification(tried: Tried, count: Count, planted: number, folder: string): Promise<Verification> {
  const { server, population, proxy, data } = tried;
  const before = await verified(proxy.base, data);
  const named = before.lines.filter(({ state }) => state !== 'as-delivered');
  keep(folder, 'verify.json', { code: before.code, said: before.said, named });
  const indexes = new Set(count.deviations.filter(({ index }) => index >= 0).map(({ index }) => index));
  const wrong = new Set([...indexes].map((index) => courseServiceId(markedCourse(population, index))));
  const agrees = before.lines.length >= count.courses && setsEqual(new Set(named.map(({ course }) => course)), wrong);

  const system = JSON.stringify(systemOf(population));
  const own = (await storedOn(server.base)).filter(({ keys }) => keys.some((key) => key.includes(system)));
  const faults = await plantFaults(server.base, own, planted, randomOf(`${population.seed}/planted`));
  const after = await verified(proxy.base, data);
  const found = foundAmong(faults, newFindings(after.lines, before.lines));
  const notFound = faults.filter((one) => !found.includes(one));
  keep(folder, 'planted.json', { code: after.code, said: after.said, notFound });
  return { different: named.length, agrees, planted: faults.length, found: found.length };
}

type Finding = NonNullable<Verified['differences']>[number];

/** What verify found that it had not found before. */
function newFindings(after: readonly Verified[], before: readonly Verified[]): Finding[] {
  const known = new Map(before.map(({ course, differences = [] }) => [course, differences]));
  return after.flatMap(({ course, differences = [] }) => {
    const old = known.get(course) ?? [];
    return differences.filter((one) => !old.some(({ kind, at }) => kind === one.kind && at === one.at));
  });
}

/** Each planted fault with a finding of its own; what is missing has no place any more. */
function foundAmong(faults: readonly Planted[], findings: readonly Finding[]): Planted[] {
  const left = [...findings];
  return faults.filter(({ kind, place, type }) => {
    const index = left.findIndex(
      (one) => one.kind === kind && one.type === type && (kind === 'missing' || one.places.includes(place)),
    );
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
}

const setsEqual = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && a.isSubsetOf(b);

const keep = (folder: string, name: string, what: object): void =>
  writeFileSync(join(folder, name), JSON.stringify(what, null, 1));
