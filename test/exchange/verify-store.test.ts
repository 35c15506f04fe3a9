import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { startDispatcher } from '../../src/exchange/dispatcher.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { usualRetries } from '../../src/exchange/retry-policy.ts';
import type { Store } from '../../src/exchange/store.ts';
import { submitTexts, withdrawCourse, type SubmissionWorld } from '../../src/exchange/submit.ts';
import { courseIdPages } from '../../src/exchange/verify-standing.ts';
import { verifyCourses, type CourseVerification } from '../../src/exchange/verify-store.ts';
import { writeJson } from '../../src/json/json.ts';
import { openStore } from '../../src/store/open-store.ts';
import { course, resourcesOf } from './courses.ts';
import { startTarget, type Target } from './target.ts';

const targetId = '00000000-0000-5000-8000-000000000001';

let store: Store;
let target: Target;
beforeEach(async () => {
  store = await openStore('memory');
  target = await startTarget();
  await store.transaction((tx) => tx.keepTarget({ id: targetId, base: target.base }));
});
afterEach(async () => {
  target.close();
  await store.close();
});

const world = (): SubmissionWorld => ({
  store,
  definitions,
  targets: [targetId],
  limits: { parts: 100, share: 1 },
  now: Date.now,
  newId: randomUUID,
  actor: 'test',
});

/** The n-th course of a patient of its own. */
const numbered = (n: number, more: Partial<TreatmentCourse> = {}): TreatmentCourse => ({
  ...course,
  id: `C-${n}`,
  version: 1,
  patient: { ...course.patient, id: `P-${n}` },
  ...more,
});
const idOf = (n: number): string => courseServiceId({ system: course.system, id: `C-${n}` });

const submit = (...courses: readonly TreatmentCourse[]) =>
  submitTexts(
    courses.map((one) => ({ text: writeJson(one), kind: 'snapshot' as const })),
    world(),
  );

/** Delivers until nothing waits any more. */
async function deliver(
  patients: 'create' | 'resolve' = 'create',
  retractions: 'entered-in-error' | 'delete' = 'entered-in-error',
) {
  const dispatcher = startDispatcher({
    store,
    target: targetId,
    world: { server: target.server, definitions, patients, retractions, settleSeconds: 0 },
    inFlight: 4,
    pollSeconds: 0.02,
    leaseSeconds: 5,
    retries: { ...usualRetries, firstSeconds: 0.01, capSeconds: 0.02 },
    clock: {
      now: Date.now,
      wait: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }).catch(() => undefined),
    },
    random: Math.random,
    newId: randomUUID,
    noted: () => undefined,
    fault: (error) => {
      throw error;
    },
  });
  const isOpen = () => store.transaction((tx) => tx.deliveries({ state: ['waiting', 'in-flight'] }, { limit: 1 }));
  while ((await isOpen()).length > 0) await sleep(5);
  await dispatcher.stop();
}

const verify = (server: FhirServer = target.server): Promise<CourseVerification[]> =>
  Array.fromAsync(verifyCourses(courseIdPages(store), { store, target: targetId, server, definitions }));

const kinds = (one: CourseVerification | undefined): readonly string[] =>
  one?.kind === 'compared' ? one.comparison.differences.map(({ kind }) => kind) : [];

describe('every course of the store', () => {
  test('is compared, many in one search, in the order of their ids', async () => {
    const all = Array.from({ length: 12 }, (_, n) => numbered(n));
    await submit(...all);
    await deliver();
    let searches = 0;
    const counting: FhirServer = {
      ...target.server,
      search: (type, parameters) => {
        searches += 1;
        return target.server.search(type, parameters);
      },
    };
    const found = await verify(counting);
    expect(found.map(({ courseId }) => courseId)).toEqual(all.map((_, n) => idOf(n)).toSorted());
    for (const one of found) {
      expect(one).toMatchObject({ kind: 'compared', newest: 'delivered', moving: false });
      expect(kinds(one)).toEqual([]);
    }
    // Of each course the patient and what refers to it; of ten courses together the rest, type by type.
    expect(searches).toBeLessThan(12 * 4 + 3 * 3);
  });

  test('as it was delivered: a newer version that waits is said', async () => {
    await submit(numbered(1));
    await deliver();
    await submit(numbered(1, { version: 2, status: 'completed' }), numbered(2));
    const found = await verify();
    expect(found).toHaveLength(2);
    expect(found.find(({ courseId }) => courseId === idOf(1))).toMatchObject({ kind: 'compared', newest: 'waiting' });
    expect(found.flatMap(kinds)).toEqual([]);
    expect(found.find(({ courseId }) => courseId === idOf(2))).toMatchObject({ kind: 'not-told', newest: 'waiting' });
  });

  test('that was refused was never there', async () => {
    await submit(numbered(1));
    await deliver('resolve');
    expect(await verify()).toMatchObject([{ kind: 'not-told', newest: 'refused' }]);
  });

  test('that was taken back is in error, and in force again is a difference', async () => {
    await submit(numbered(1));
    await deliver();
    const [before] = await target.all('MedicationAdministration');
    await withdrawCourse(idOf(1), 'mixed up', world());
    await deliver();
    expect((await verify()).flatMap(kinds)).toEqual([]);
    if (before?.id !== undefined) await target.put({ ...before, id: before.id });
    expect((await verify()).flatMap(kinds)).toEqual(['changed']);
  });

  test('that was deleted is gone, and there again is a difference', async () => {
    await submit(numbered(1));
    await deliver();
    const [before] = await target.all('MedicationAdministration');
    await withdrawCourse(idOf(1), 'mixed up', world());
    await deliver('create', 'delete');
    expect((await verify()).flatMap(kinds)).toEqual([]);
    if (before?.id !== undefined) await target.put({ ...before, id: before.id });
    expect((await verify()).flatMap(kinds)).toEqual(['changed']);
  });

  test('a part that was taken back is in error, and in force again is a difference', async () => {
    await submit(numbered(1));
    await deliver();
    const [before] = await target.all('MedicationAdministration');
    await submit(numbered(1, { version: 2, sessions: course.sessions?.slice(1) ?? [] }));
    await submit(numbered(2));
    await deliver();
    expect((await verify()).flatMap(kinds)).toEqual([]);
    if (before?.id !== undefined) await target.put({ ...before, id: before.id });
    expect((await verify()).flatMap(kinds)).toEqual(['in-force-again']);
  });
});

describe('a target', () => {
  const size = resourcesOf(course).length;

  /** Refuses every search, and every read, that says something of this kind. */
  const refusing = (what: RegExp): FhirServer => ({
    ...target.server,
    search: async (type, parameters) =>
      what.test(JSON.stringify(parameters)) ? refused : target.server.search(type, parameters),
    read: async (type, id) => (what.test(id) ? refused : target.server.read(type, id)),
  });
  const refused = { kind: 'refused', status: 400, reason: 'status', faults: [] } as const;

  test('that refuses a search for one course is looked at under its ids; the others are none the worse', async () => {
    await submit(numbered(1), numbered(2));
    await deliver();
    const found = await verify(refusing(/C-1\//));
    const comparison = { resources: size, differences: [] };
    const of = (n: number) => found.find(({ courseId }) => courseId === idOf(n));
    expect(of(1)).toMatchObject({ kind: 'compared', comparison: { ...comparison, notSought: ['duplicate'] } });
    expect(of(2)).toMatchObject({ kind: 'compared', comparison: { ...comparison, notSought: [] } });
    const [gone] = await target.all('MedicationAdministration');
    await fetch(`${target.base}/MedicationAdministration/${gone?.id ?? ''}`, { method: 'DELETE' });
    expect((await verify(refusing(/C-[12]\//))).flatMap(kinds)).toEqual(['missing']);
  });

  test('that tells nothing of a course leaves it uncompared', async () => {
    await submit(numbered(1), numbered(2));
    await deliver();
    const uuids = resourcesOf(numbered(1)).map(({ uuid }) => uuid);
    const found = await verify(refusing(new RegExp(`C-1/|${uuids.join('|')}`)));
    const of = (n: number) => found.find(({ courseId }) => courseId === idOf(n));
    expect(of(1)).toMatchObject({ kind: 'failed', away: false, issues: [{ code: 'target-refused' }] });
    expect(of(2)).toMatchObject({ kind: 'compared', comparison: { differences: [] } });
  });

  test('that asks for a moment is asked again, one that is away ends it', async () => {
    await submit(...Array.from({ length: 20 }, (_, n) => numbered(n)));
    await deliver();
    let times = 0;
    const busy = (until: number): FhirServer => ({
      ...target.server,
      search: async (type, parameters) => {
        times += 1;
        if (times <= until) return { kind: 'unavailable', status: 503, retryAfterSeconds: 7 };
        return target.server.search(type, parameters);
      },
    });
    const found = await verify(busy(2));
    expect(found.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'compared'));
    expect(target.waits).toContain(7);
    const ended = await verify(busy(Infinity));
    expect(ended).toMatchObject([{ kind: 'failed', away: true }]);
  });

  test('that is written to just now is looked at again', async () => {
    await submit(numbered(1));
    await deliver();
    await submit(numbered(1, { version: 2, status: 'completed' }));
    let delivered: Promise<void> | undefined;
    const racing: FhirServer = {
      ...target.server,
      search: async (type, parameters) => {
        delivered ??= deliver();
        await delivered;
        return target.server.search(type, parameters);
      },
    };
    const found = await verify(racing);
    expect(found.flatMap(kinds)).toEqual([]);
    expect(found).toMatchObject([{ kind: 'compared', newest: 'delivered' }]);
  });
});
