import { expect, test } from 'vitest';
import { courseJsonSchema, type TreatmentCourse } from '../../src/course/schema.ts';
import { isLocalText, readLocal } from '../../src/course/time.ts';
import { isJsonObject, type Json } from '../../src/json/json.ts';
import { coursesOf } from './courses.ts';

/** What nothing maps yet, and what a PHQ-9 has no use for. The generator grows with the mapping; this list shrinks. */
const unused = new Set([
  'eligibility',
  'phaseTransitions',
  'psychotherapySessions',
  'interviews',
  'outcomes',
  'adverseEvents',
  'followUps',
  'sessions.sideEffects',
  'sessions.dissociation',
  'sessions.sedation',
  'sessions.tolerability',
  'sessions.readyForDischargeAt',
  'sessions.monitoredMinutes',
  'sessions.escorted',
  'assessments.items.text',
  'assessments.items.time',
  'assessments.items.yes',
  'assessments.statedSubscores',
]);

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
}

interface Seen {
  present: number;
  absent: number;
  readonly required: boolean;
  readonly keywords: readonly string[];
  readonly found: Set<string>;
}

function look(value: Json, schema: JsonSchema, at: string, seen: Map<string, Seen>): void {
  if (Array.isArray(value)) {
    for (const entry of value as readonly Json[]) look(entry, schema.items ?? {}, at, seen);
  } else if (isJsonObject(value)) {
    for (const [name, of] of Object.entries(schema.properties ?? {})) {
      const place = at === '' ? name : `${at}.${name}`;
      const entry = seen.get(place) ?? {
        present: 0,
        absent: 0,
        required: schema.required?.includes(name) === true,
        keywords: of.enum ?? of.items?.enum ?? [],
        found: new Set(),
      };
      seen.set(place, entry);
      const field = value[name];
      if (field === undefined) entry.absent += 1;
      else {
        entry.present += 1;
        look(field, of, place, seen);
        for (const keyword of Array.isArray(field) ? (field as readonly Json[]) : [field]) {
          if (typeof keyword === 'string') entry.found.add(keyword);
        }
      }
    }
  }
}

const courses = [...coursesOf('small', 110, 3), ...coursesOf('full', 10, 3)];
const seen = new Map<string, Seen>();
for (const course of courses) look(course as unknown as Json, courseJsonSchema(), '', seen);
const used = [...seen].filter(([at]) => !unused.has(at));

test('every field of the slice is stated somewhere, and every optional one is absent somewhere', () => {
  expect(used.filter(([, { present }]) => present === 0).map(([at]) => at)).toEqual([]);
  expect(used.filter(([, { absent, required }]) => absent === 0 && !required).map(([at]) => at)).toEqual([]);
});

test('nothing outside the slice is stated', () => {
  expect([...seen].filter(([at, { present }]) => unused.has(at) && present > 0).map(([at]) => at)).toEqual([]);
  const instruments = courses.flatMap(({ assessments }) => (assessments ?? []).map(({ instrument }) => instrument));
  expect(new Set(instruments)).toEqual(new Set(['phq9']));
});

test('every keyword and unit of the slice is used', () => {
  const missing = used.flatMap(([at, { keywords, found }]) =>
    // A reason may be any of two long lists; a few of each are enough.
    at.endsWith('reason.key')
      ? []
      : keywords.filter((keyword) => !found.has(keyword)).map((keyword) => `${at} ${keyword}`),
  );
  expect(missing).toEqual([]);
});

const sessionsOf = (course: TreatmentCourse) => course.sessions ?? [];
const administrations = courses.flatMap((course) => sessionsOf(course).flatMap((s) => s.administrations ?? []));
const readings = courses.flatMap((course) => sessionsOf(course).flatMap((s) => s.readings ?? []));
const assessments = courses.flatMap((course) => course.assessments ?? []);
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
  ['a total without answers', assessments.some((a) => a.items === undefined && a.statedTotal !== undefined)],
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

function timesOf(value: Json): readonly string[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? [value] : [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(timesOf);
  return isJsonObject(value) ? Object.values(value).flatMap(timesOf) : [];
}
