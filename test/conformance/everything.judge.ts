import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { bundleTextOf, courses } from '../laws/courses.ts';
import { jsonOf } from '../laws/courses.ts';
import { writeJson } from '../../src/json/json.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { judgeAt } from './judge.ts';

/** HL7's validator over everything that `map` writes: no error, neither of R4 nor of our Questionnaires and codes. */

const { judge } = judgeAt(inject('judge'));

async function expectNoError(bundles: readonly string[]): Promise<void> {
  const verdicts = await judge(bundles.join('\n'));
  expect(verdicts.length).toBe(bundles.length);
  const errors = verdicts.flatMap(({ issues }, index) =>
    issues.filter(({ severity }) => severity === 'error' || severity === 'fatal').map((issue) => ({ index, ...issue })),
  );
  expect(errors).toEqual([]);
}

const courseIn = (path: string): TreatmentCourse =>
  jsonOf(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as unknown as TreatmentCourse;

test.each([
  'profiles/examples/norway/course.json',
  'profiles/examples/portugal/course.json',
  'test/golden/minimal.course.json',
  'test/golden/maximal.course.json',
])('%s', async (path) => {
  await expectNoError([bundleTextOf(courseIn(path)), bundleTextOf(courseIn(path), 'create')]);
});

test('200 small courses', async () => {
  const bundles = [...courses(40, 'small', 11)].map((course) => bundleTextOf(course, 'create'));
  expect(bundles.length).toBe(200);
  await expectNoError(bundles);
});

test('5 full courses', async () => {
  await expectNoError([...courses(1, 'full', 11)].map((course) => bundleTextOf(course)));
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
