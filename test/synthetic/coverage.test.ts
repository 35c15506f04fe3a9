import { expect, test } from 'vitest';
import type { Assessment, TreatmentCourse } from '../../src/course/schema.ts';
import { isLocalText, readLocal } from '../../src/course/time.ts';
import { isJsonObject, numberValue, writeJson, type Json } from '../../src/json/json.ts';
import { coverageOf } from '../../src/synthetic/coverage.ts';
import { coursesOf } from './courses.ts';

const courses = [...coursesOf('small', 100, 3), ...coursesOf('full', 10, 3)];

test.each([1, 2, 3, 20_260_105])('500 courses of seed %i use every leaf and every keyword of the format', (seed) => {
  const { missing, total } = coverageOf(coursesOf('small', 100, seed));
  expect(missing).toEqual([]);
  expect(total).toBeGreaterThan(500);
});

test('every optional field is absent somewhere, and every required one nowhere', () => {
  const { fields } = coverageOf(courses);
  expect(fields.filter(({ absent, required }) => absent === 0 && !required).map(({ field }) => field)).toEqual([]);
  expect(fields.filter(({ absent, required }) => absent > 0 && required).map(({ field }) => field)).toEqual([]);
});

test('what no course uses is missing: a leaf, its keywords, and one keyword of a list', () => {
  const withoutPain = courses.map(({ indication, ...course }) => {
    const { pain: _, ...rest } = indication ?? {};
    return { ...course, indication: rest };
  });
  expect(coverageOf(withoutPain).missing).toEqual([
    'indication.pain',
    ...['none', 'mild', 'severe'].map((pain) => `indication.pain: ${pain}`),
  ]);
  expect(coverageOf(courses.filter(({ status }) => status !== 'onHold')).missing).toEqual(['status: onHold']);
  const { missing, total } = coverageOf([]);
  expect(missing.length).toBe(total);
});

const sessionsOf = (course: TreatmentCourse) => course.sessions ?? [];
const administrations = courses.flatMap((course) => sessionsOf(course).flatMap((s) => s.administrations ?? []));
const readings = courses.flatMap((course) => sessionsOf(course).flatMap((s) => s.readings ?? []));
const assessments = courses.flatMap((course) => course.assessments ?? []);
const items = assessments.flatMap((assessment) => assessment.items ?? []);
const outcomes = courses.flatMap((course) => course.outcomes ?? []);
const reductions = outcomes.flatMap(({ statedReductionPercent }) => statedReductionPercent ?? []);
const ids = [
  ...courses.map(({ id }) => id),
  ...courses.flatMap((course) => sessionsOf(course).map(({ id }) => id)),
  ...assessments.map(({ id }) => id),
  ...readings.map(({ id }) => id),
  ...administrations.map(({ id }) => id),
];

test.each<[string, boolean]>([
  [
    'an administration with a route and no amount',
    administrations.some((a) => a.route !== undefined && a.amount === undefined && a.status === 'completed'),
  ],
  ['an administration without a start', administrations.some((a) => a.start === undefined && a.status === 'completed')],
  ['an end without a start', administrations.some((a) => a.start === undefined && a.end !== undefined)],
  ['half a blood pressure', readings.some((r) => r.systolic !== undefined && r.diastolic === undefined)],
  ['only a mean pressure', readings.some((r) => r.meanArterial !== undefined && r.systolic === undefined)],
  [
    'a position and no vital sign',
    readings.some(
      (r) => r.position !== undefined && !Object.values(r).some((v) => typeof v === 'object' && 'unit' in v),
    ),
  ],
  ['a reading without a time', readings.some((r) => r.at === undefined)],
  ['a missing answer', assessments.some((a) => a.items !== undefined && a.items.length < 9)],
  ...(['value', 'code', 'text', 'time', 'yes'] as const).map((answer): [string, boolean] => [
    `an answer by ${answer}`,
    items.some((item) => item[answer] !== undefined),
  ]),
  [
    'an instrument by its canonical url',
    assessments.some(({ instrument }) => instrument === 'https://w3id.org/coursebridge/Questionnaire/gad7'),
  ],
  ['a total without answers', assessments.some((a) => a.items === undefined && a.statedTotal !== undefined)],
  ['a subscore without answers', assessments.some((a) => a.items === undefined && a.statedSubscores !== undefined)],
  ['an assessment of which no answer and no score is known', assessments.some(isBare)],
  ['a reduction with one digit', reductions.some((percent) => /^\d+\.\d$/.test(writeJson(percent)))],
  ['a turn for the worse', reductions.some((percent) => numberValue(percent) < 0)],
  [
    'sessions and assessments both numbered 1',
    courses.some(
      (c) => sessionsOf(c).some(({ id }) => id === '1') && (c.assessments ?? []).some(({ id }) => id === '1'),
    ),
  ],
  ['an id of 300 characters', ids.some((id) => id.length === 300)],
  ...[',', '|', '#', '/', ' ', 'Ü', '🌿'].map((odd): [string, boolean] => [
    `an id with ${odd}`,
    ids.some((id) => id.includes(odd)),
  ]),
  [
    'a time in the hour that occurs twice',
    courses.some(
      (c) =>
        c.timeZone !== undefined &&
        timesOf(c as unknown as Json).some(
          (time) => isLocalText(time) && readLocal(time, c.timeZone ?? '').occurs === 'twice',
        ),
    ),
  ],
  [
    'a time with digits below the second',
    courses.some((c) => timesOf(c as unknown as Json).some((time) => /T.*\.\d/.test(time))),
  ],
  ['a number with a trailing zero', courses.some((c) => /"value":\d+\.\d*0[,}]/.test(JSON.stringify(c)))],
])('there is %s', (_, is) => {
  expect(is).toBe(true);
});

function isBare({ items: given, statedTotal, statedSubscores }: Assessment): boolean {
  return given === undefined && statedTotal === undefined && statedSubscores === undefined;
}

function timesOf(value: Json): readonly string[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? [value] : [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(timesOf);
  return isJsonObject(value) ? Object.values(value).flatMap(timesOf) : [];
}
