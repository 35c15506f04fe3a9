import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { bundleOfText, bundleTextOf, courses, coursesFrom, jsonOf } from '../laws/courses.ts';
import { writeJson } from '../../src/json/json.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { claiming as claimingOf } from '../../src/mapping/claims.ts';
import type { Patients } from '../../src/mapping/course-to-bundle.ts';
import { judgeAt } from './judge.ts';
import { isExplained } from './warnings.ts';

/**
 * HL7's validator over everything that `map --claim ours` writes: each resource claims one profile of ours, and there
 * is no error, neither of R4 nor of our profiles, Questionnaires and codes, and no warning that the README does not
 * explain. What claims nothing is judged by less, so that it is not judged again.
 */

const { judge } = judgeAt(inject('judge'));

async function expectNoFault(bundles: readonly string[]): Promise<void> {
  const verdicts = await judge(bundles.join('\n'));
  expect(verdicts.length).toBe(bundles.length);
  const faults = verdicts.flatMap(({ issues }, index) =>
    issues.filter((issue) => !isExplained(issue)).map((issue) => ({ index, ...issue })),
  );
  expect(faults).toEqual([]);
}

const claiming = (course: TreatmentCourse, patients: Patients = 'logical'): string =>
  bundleTextOf(course, patients, 'ours');

const root = fileURLToPath(new URL('../../', import.meta.url));

const courseIn = (path: string): TreatmentCourse =>
  jsonOf(readFileSync(`${root}${path}`, 'utf8')) as unknown as TreatmentCourse;

const written = [
  ...globSync('profiles/examples/*/course.json', { cwd: root }),
  ...globSync('test/golden/*.course.json', { cwd: root }),
].toSorted();

test.each(written)('%s', async (path) => {
  await expectNoFault([claiming(courseIn(path)), claiming(courseIn(path), 'create')]);
});

test('what was taken back', async () => {
  const bundle = bundleOfText(readFileSync(`${root}test/golden/retracted.bundle.json`, 'utf8'));
  const entry = bundle.entry.map((one) => ({
    ...one,
    ...(one.resource && { resource: claimingOf(one.resource, 'ours') }),
  }));
  await expectNoFault([writeJson({ ...bundle, entry })]);
});

// 500 of each take the judge a quarter of an hour; JUDGED_COURSES=500 asks for them.
const perProgramme = Number(process.env['JUDGED_COURSES'] ?? 100);
const atOnce = 20;

test(`${5 * perProgramme} small courses`, { timeout: 1_800_000 }, async () => {
  let judged = 0;
  for (let from = 0; from < perProgramme; from += atOnce) {
    const bundles = [...coursesFrom(from, atOnce, 11)].map((course) => claiming(course, 'create'));
    await expectNoFault(bundles);
    judged += bundles.length;
  }
  expect(judged).toBe(5 * perProgramme);
});

test('5 full courses', async () => {
  await expectNoFault([...courses(1, 'full', 11)].map((course) => claiming(course)));
});

test('every artefact that an instance names is one that the judge was given', async () => {
  const [verdict] = await judge(bundleTextOf(courseIn('test/golden/maximal.course.json')));
  const unresolved = verdict?.issues.filter(
    ({ id, text }) => id.includes('Q_NotFound') || text.includes('coursebridge/CodeSystem'),
  );
  expect(unresolved?.filter(({ severity }) => severity !== 'information')).toEqual([]);
});

test('the judge would see a fault in our own codes', async () => {
  const bundle = writeJson(jsonOf(bundleTextOf(courseIn('test/golden/minimal.course.json')))).replace(
    '"active"',
    '"actve"',
  );
  const [verdict] = await judge(bundle);
  expect(verdict?.errors).toBeGreaterThan(0);
});
