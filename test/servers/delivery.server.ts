import type { Resource } from '@medplum/fhirtypes';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { Session, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { identifiersOf, keyOf } from '../../src/exchange/references.ts';
import { targetOf } from '../../src/exchange/target.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { writeJson } from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { senderTo } from '../exchange/deliveries.ts';
import { emptyServer } from './start.ts';
import { everythingOn, newVersions, plainly, pull, selectionOf } from './target.ts';

const courseOf = (seed: number, size: 'small' | 'full' = 'full'): TreatmentCourse =>
  synthesize('norway', { seed, index: 0, size });

const mapped = (course: TreatmentCourse): readonly MappedResource[] => mapCourse(course, definitions).resources;

/** `Type/id` on a server that takes our ids. */
const keyed = (course: TreatmentCourse): Map<string, string> =>
  new Map(mapped(course).map(({ resource, uuid }) => [`${resource.resourceType}/${uuid}`, writeJson(resource)]));

/** What is not the same in two versions of a course: changed, new, or gone. */
function difference(first: TreatmentCourse, then: TreatmentCourse): { changed: string[]; gone: string[] } {
  const [old, now] = [keyed(first), keyed(then)];
  const changed = [...now].filter(([key, text]) => old.get(key) !== text).map(([key]) => key);
  return { changed: changed.toSorted(), gone: [...old.keys()].filter((key) => !now.has(key)).toSorted() };
}

const statusOf = (resource: Resource | undefined): unknown => (resource as { status?: unknown } | undefined)?.status;

/** The course without one reading, and what was in it. */
function withoutOneReading(course: TreatmentCourse): TreatmentCourse {
  const index = course.sessions?.findIndex(({ readings = [] }) => readings.length > 1) ?? -1;
  const sessions = course.sessions?.map((session, i): Session =>
    i === index ? { ...session, readings: session.readings?.slice(1) } : session,
  );
  return canonicalCourse({ ...course, sessions });
}

/** The course with another answer to one item of its last PHQ-9: the total and what rests on it follow. */
function withOneAnswerCorrected(course: TreatmentCourse): TreatmentCourse {
  const last = course.assessments?.findLastIndex(({ instrument }) => instrument === 'phq9') ?? -1;
  const assessments = course.assessments?.map((assessment, i) => {
    if (i !== last) return assessment;
    const items = assessment.items?.map((item, n) => (n === 0 ? { ...item, value: item.value === 3 ? 2 : 3 } : item));
    return { ...assessment, items, corrected: { at: '2026-03-01', reason: 'read wrong' } };
  });
  return canonicalCourse({ ...course, assessments });
}

describe.each(inject('servers'))('$kind', ({ kind, base }) => {
  beforeEach(() => emptyServer({ kind, base }));
  const server = fhirServer({ base, authentication: { kind: 'none' } });

  test('a first delivery takes as many requests as there are questions, and one transaction', async () => {
    const sender = senderTo(server);
    await sender.deliver(courseOf(60));
    const other = senderTo(server);
    other.knowledge = sender.knowledge;
    const outcome = await other.deliver(courseOf(61));
    // The patient, the summary, the record, the transaction.
    expect(outcome).toMatchObject({ ended: 'delivered', requests: 4, issues: [] });
    expect(other.knowledge).toMatchObject({
      strategy: 'update-as-create',
      mode: 'transaction',
      limits: {},
      doubts: {},
    });
    expect(await other.deliver(courseOf(61))).toMatchObject({ ended: 'delivered', requests: 0 });
  });

  test('one reading less is that part in error, new versions of what names it, and nothing else', async () => {
    const [course, sender] = [courseOf(62), senderTo(server)];
    await sender.deliver(course);
    const before = await everythingOn(base);
    const then = withoutOneReading(course);
    const { changed, gone } = difference(course, then);
    expect(gone.length).toBeGreaterThan(0);
    expect(await sender.deliver(then)).toMatchObject({ ended: 'delivered', issues: [] });
    const after = await everythingOn(base);
    expect(newVersions(before, after)).toEqual([...changed, ...gone].toSorted());
    for (const key of gone) expect(statusOf(after.get(key))).toBe('entered-in-error');
    expect(await pull(base, selectionOf(then))).toMatchObject([{ kind: 'found', course: then, issues: [] }]);
    // It can come back.
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
    expect(await pull(base, selectionOf(course))).toMatchObject([{ kind: 'found', course, issues: [] }]);
  });

  test('one answer corrected is a new total and what rests on it, and nothing else', async () => {
    const [course, sender] = [courseOf(63), senderTo(server)];
    await sender.deliver(course);
    const before = await everythingOn(base);
    const then = withOneAnswerCorrected(course);
    const { changed, gone } = difference(course, then);
    expect(gone).toEqual([]);
    expect(await sender.deliver(then)).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
    expect(newVersions(before, await everythingOn(base))).toEqual(changed);
    const kinds = mapped(then).filter(({ resource, uuid }) => changed.includes(`${resource.resourceType}/${uuid}`));
    expect(kinds.map(({ identifier }) => identifier.value.split('/').at(-1))).toEqual(
      expect.arrayContaining(['answers', 'total']),
    );
    expect(await pull(base, selectionOf(then))).toMatchObject([{ kind: 'found', course: then, issues: [] }]);
  });

  test('what somebody else changed meanwhile is looked at, and written over', async () => {
    const [course, sender] = [courseOf(69, 'small'), senderTo(server)];
    await sender.deliver(course);
    const then = withOneAnswerCorrected(course);
    const { changed } = difference(course, then);
    const before = await everythingOn(base);
    for (const key of changed) {
      const stored = before.get(key);
      if (stored === undefined) throw new Error('a resource that is to change is not there');
      await plainly('PUT', `${base}/${key}`, { ...stored, language: 'nb' });
    }
    expect(await sender.deliver(then)).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
    expect(await pull(base, selectionOf(then))).toMatchObject([{ kind: 'found', course: then, issues: [] }]);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', requests: 2 });
  });

  test.each(['entered-in-error', 'delete'] as const)('a course is taken back whole (%s)', async (retractions) => {
    const [course, sender] = [courseOf(64, 'small'), senderTo(server, { retractions })];
    await sender.deliver(course);
    await sender.deliver({ ...course, status: 'enteredInError' });
    const after = await everythingOn(base);
    const keys = [...keyed(course).keys()];
    const expected = retractions === 'delete' ? undefined : 'entered-in-error';
    for (const key of keys) expect([key, statusOf(after.get(key))]).toEqual([key, expected]);
    expect(sender.rows().every(({ state }) => state === (expected === undefined ? 'deleted' : 'held'))).toBe(true);
    // A part that is said again is there again.
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered' });
    expect(await pull(base, selectionOf(course))).toMatchObject([{ kind: 'found', course, issues: [] }]);
  });

  test('a part that is taken off goes alone', async () => {
    const [course, sender] = [courseOf(65, 'small'), senderTo(server, { retractions: 'delete' })];
    await sender.deliver(course);
    const sessions = course.sessions?.slice(1);
    const then = { ...course, sessions, adverseEvents: [], psychotherapySessions: [], interviews: [] };
    const { gone } = difference(course, then);
    expect(await sender.deliver(then)).toMatchObject({ ended: 'delivered' });
    const after = await everythingOn(base);
    expect(gone.filter((key) => after.has(key))).toEqual([]);
    expect([...keyed(then).keys()].filter((key) => !after.has(key))).toEqual([]);
  });

  test('where the target gives the ids, what is new goes by itself and what is there is found', async () => {
    const [course, sender] = [courseOf(66, 'small'), senderTo(server)];
    for (const strategy of ['conditional-update', 'resolve-then-write'] as const) {
      const own = { ...course, id: `${course.id}-${strategy}` };
      const one = senderTo(server);
      one.knowledge = { ...sender.knowledge, strategy };
      expect(await one.deliver(own)).toMatchObject({ ended: 'delivered', issues: [] });
      expect(one.rows().every(({ uuid, serverId }) => serverId !== undefined && serverId !== uuid)).toBe(true);
      const again = senderTo(server);
      again.knowledge = one.knowledge;
      expect(await again.deliver(own)).toMatchObject({ counts: { created: 0, updated: 0 } });
      expect(await one.deliver(withoutOneReading(own))).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
      expect(await pull(base, selectionOf(own))).toMatchObject([{ course: withoutOneReading(own), issues: [] }]);
    }
  });

  test.each(['batch', 'single'] as const)('without transactions, by %s', async (mode) => {
    for (const strategy of ['update-as-create', 'resolve-then-write'] as const) {
      const course = { ...courseOf(67, 'small'), id: `${mode}-${strategy}` };
      const sender = senderTo(server);
      sender.knowledge = { ...sender.knowledge, mode, strategy };
      expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', issues: [] });
      expect(await sender.deliver(withoutOneReading(course))).toMatchObject({
        ended: 'delivered',
        counts: { created: 0 },
      });
      expect(await pull(base, selectionOf(course))).toMatchObject([{ course: withoutOneReading(course), issues: [] }]);
    }
  });

  test('eight courses of one patient at once: no duplicate, no needless version', { timeout: 240_000 }, async () => {
    const first = courseOf(68, 'small');
    const courses = Array.from({ length: 8 }, (_, n) => ({ ...first, id: `${first.id}-${n}` }));
    const before = await everythingOn(base);
    // One after the other, as the store's claims see to it.
    const outcomes = await Promise.all(
      courses.flatMap((course) => {
        const sender = senderTo(server);
        return [1, 2].map(() => targetOf(server).inTurn('patient', () => sender.deliver(course)));
      }),
    );
    expect(new Set(outcomes.map(({ ended }) => ended))).toEqual(new Set(['delivered']));
    const after = await everythingOn(base);
    const added = [...after].filter(([key]) => !before.has(key)).map(([, one]) => one);
    const names = added.flatMap((one) => identifiersOf(one).map((own) => `${one.resourceType} ${keyOf(own)}`));
    expect(new Set(names).size).toBe(names.length);
    expect(added).toHaveLength(courses.reduce((sum, course) => sum + mapped(course).length, 1));
    expect(new Set(added.map(({ meta }) => meta?.versionId))).toEqual(new Set(['1']));
  });
});
