import { globSync, readFileSync } from 'node:fs';
import type { MedicationAdministration } from '@medplum/fhirtypes';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { courseDifferences, sameCourse } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { emptyServer } from './start.ts';
import { everythingOn, fillPlainly, forAll, newVersions, plainly, pull, push, selectionOf } from './target.ts';

const programmes = ['norway', 'portugal', 'guangzhou', 'kaiser', 'los-angeles'] as const;

/** Courses that no other test has: one of the servers cannot be emptied. */
const some = (size: 'small' | 'full', seed: number, each: number): TreatmentCourse[] =>
  programmes.flatMap((key) => Array.from({ length: each }, (_, index) => synthesize(key, { seed, index, size })));

const one = (size: 'small' | 'full', seed: number): TreatmentCourse => synthesize('norway', { seed, index: 0, size });

const examples = globSync('profiles/examples/*/course.json').map((file) => {
  const parsed = parseJson(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error(`${file} is not JSON`);
  return parsed.value as unknown as TreatmentCourse;
});

const countOf = (course: TreatmentCourse): number => mapCourse(course, definitions).resources.length;

describe.each(inject('servers'))('$kind', (on) => {
  const { base } = on;
  beforeEach(() => emptyServer(on));

  async function comesBack(course: TreatmentCourse): Promise<void> {
    const [pulled, ...others] = await pull(base, selectionOf(course));
    expect(others).toEqual([]);
    if (pulled?.kind !== 'found') throw new Error(`not found: ${JSON.stringify(pulled?.issues)}`);
    expect(pulled.issues).toEqual([]);
    expect(pulled).toMatchObject({ resourceCount: countOf(course), missingCount: 0 });
    // Both servers keep the digits, so that nothing but the text will do.
    expect(sameCourse(course, pulled.course, { numbers: 'text' })).toBe(true);
    expect(writeJson(pulled.course)).toBe(writeJson(canonicalCourse(course)));
  }

  test('the examples, 5 full-size and 100 small courses come back', { timeout: 600_000 }, async () => {
    const courses = [...examples, ...some('full', 41, 1), ...some('small', 42, 20)];
    expect(courses).toHaveLength(5 + 5 + 100);
    const before = await everythingOn(base);
    const receipts = await forAll(courses, (course) => push(base, course));
    expect(new Set(receipts.map(({ state }) => state))).toEqual(new Set(['delivered']));
    await forAll(courses, comesBack);
    const patients = new Set(courses.map(({ patient }) => JSON.stringify([patient.system, patient.id])));
    const resources = courses.reduce((sum, course) => sum + countOf(course), 0);
    expect((await everythingOn(base)).size - before.size).toBe(resources + patients.size);
  });

  test('so do courses that others wrote by plain PUTs, and they are not sent again', { timeout: 300_000 }, async () => {
    const courses = [...(on.kind === 'hapi' ? examples : []), one('full', 43), ...some('small', 44, 2)];
    await forAll(courses, (course) => fillPlainly(base, course));
    await forAll(courses, comesBack);
    const before = await everythingOn(base);
    for (const course of courses) {
      expect(await push(base, course, 'resolve')).toMatchObject({ counts: { unchanged: countOf(course), updated: 0 } });
    }
    expect(newVersions(before, await everythingOn(base))).toEqual([]);
  });

  test('every course of a patient, and every course', async () => {
    const course = one('small', 45);
    const second = { ...course, id: `${course.id}-again` };
    await push(base, course);
    await push(base, second, 'resolve');
    const { system, id } = course.patient;
    const found = [...(await pull(base, { patient: { system, value: id } })), ...(await pull(base, 'all'))];
    const ids = found.map((pulled) => (pulled.kind === 'found' ? pulled.course.id : undefined));
    for (const each of [course, second]) expect(ids.filter((other) => other === each.id)).toHaveLength(2);
  });

  /** The resources of a course by `Type/id`, as the servers have them, who take our ids. */
  const contentOf = (course: TreatmentCourse): Map<string, string> =>
    new Map(
      mapCourse(course, definitions).resources.map(({ resource, uuid }) => [
        `${resource.resourceType}/${uuid}`,
        writeJson(resource),
      ]),
    );

  async function onlyWhatFollowsHasAVersion(first: TreatmentCourse, then: TreatmentCourse): Promise<string[]> {
    await push(base, first);
    const before = await everythingOn(base);
    const receipt = await push(base, then, 'resolve');
    expect(receipt.state).toBe('delivered');
    const [old, now] = [contentOf(first), contentOf(then)];
    const expected = [...now].filter(([key, text]) => old.get(key) !== text).map(([key]) => key);
    const written = newVersions(before, await everythingOn(base));
    expect(written).toEqual(expected.toSorted());
    await comesBack(then);
    return receipt.entries.filter(({ state }) => state === 'updated').map(({ at }) => at);
  }

  test('sent again, nothing has a new version', async () => {
    const course = one('full', 46);
    expect(await onlyWhatFollowsHasAVersion(course, course)).toEqual([]);
  });

  test('a corrected dose has a new version, and what follows from it', async () => {
    const course = one('full', 47);
    const index = course.sessions?.findIndex(({ administrations = [] }) => administrations[0]?.amount !== undefined);
    const sessions = course.sessions?.map((session, i) => {
      const [first, ...others] = session.administrations ?? [];
      if (i !== index || first?.amount === undefined) return session;
      return { ...session, administrations: [{ ...first, amount: { ...first.amount, value: 12.25 } }, ...others] };
    });
    const updated = await onlyWhatFollowsHasAVersion(course, { ...course, sessions });
    const session = `TreatmentCourse.sessions[${index}]`;
    expect(updated).toContain(`${session}.administrations[0]`);
    for (const at of updated) expect([`${session}.administrations[0]`, session, 'TreatmentCourse']).toContain(at);
  });

  test('an inserted session adds its own and moves nothing', async () => {
    const course = one('full', 48);
    const [first, ...others] = course.sessions ?? [];
    if (first === undefined) throw new Error('no session');
    const { at: _at, ...inserted } = { ...first, id: 'inserted' };
    const updated = await onlyWhatFollowsHasAVersion(course, { ...course, sessions: [inserted, first, ...others] });
    expect(new Set(updated)).toEqual(new Set(['TreatmentCourse']));
  });

  test('a value that was changed there by plain HTTP shows at its path', async () => {
    const course = one('small', 49);
    const receipt = await push(base, course);
    const index = receipt.entries.findIndex(({ at }) => /\.administrations\[\d+\]$/.test(at));
    const dose = receipt.entries[index];
    const key = `MedicationAdministration/${dose?.serverId ?? ''}`;
    const stored = (await everythingOn(base)).get(key) as MedicationAdministration;
    const changed = { ...stored, dosage: { ...stored.dosage, dose: { ...stored.dosage?.dose, value: 1.5 } } };
    await plainly('PUT', `${base}/${key}`, changed);
    const [pulled] = await pull(base, selectionOf(course));
    if (pulled?.kind !== 'found') throw new Error('not found');
    const differences = courseDifferences(course, pulled.course, { numbers: 'value' });
    expect(differences).toEqual([{ at: `${dose?.at ?? ''}.amount.value`, kind: 'changed' }]);
  });
});
