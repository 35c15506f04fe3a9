import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { Administration, Reading, TreatmentCourse } from '../../src/course/schema.ts';
import { earliest, fhirDateTime } from '../../src/course/time.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { numberText, numberValue, writeJson, type JsonNumber } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { jsonOf, programmes } from '../laws/courses.ts';

/** The example courses: each is sound by itself, and together they show what a course can hold. */

const folder = new URL('../../profiles/examples/', import.meta.url);

function exampleOf(programme: string) {
  const json = jsonOf(readFileSync(new URL(`${programme}/course.json`, folder), 'utf8'));
  const { value: course, issues } = acceptCourse(json, shippedDefinitions);
  if (course === undefined) throw new Error(`refused: ${writeJson(issues)}`);
  return { course, issues, text: writeJson(json) };
}

const examples = new Map(programmes.map((programme) => [programme, exampleOf(programme)] as const));
const courses = [...examples.values()].map(({ course }) => course);

test('there is one for each programme', () => {
  expect(readdirSync(folder).toSorted()).toEqual(programmes.toSorted());
});

// Beside answers above zero to an item on self-harm, which are always said.
const told: Partial<Record<string, readonly { code: string; at: string; facts?: object }[]>> = {
  // The night in which the clocks of Oslo were put back.
  norway: [{ code: 'ambiguous-local-time', at: 'TreatmentCourse.assessments[6].at' }],
  // The cuff had no battery.
  kaiser: [
    {
      code: 'programme-monitoring-lacking',
      at: 'TreatmentCourse.sessions[5]',
      facts: { vital: 'bloodPressure', moment: 'close' },
    },
  ],
};

describe.each([...examples])('the example of %s', (programme, { course, issues, text }) => {
  test('is in the canonical form, and says that it is synthetic', () => {
    expect(text).toBe(writeJson(canonicalCourse(course)));
    expect(course.sourceSystem).toBe('synthetic');
    expect(course.site?.name).toMatch(/^Synthetic/);
    expect(course.programme?.key).toBe(programme);
  });

  test('raises the issues that its story means, and no other', () => {
    expect(issues.filter(({ code }) => code !== 'safety-item')).toEqual(told[programme] ?? []);
  });

  test('is of a size to read', () => {
    const { length } = mapCourse(course, shippedDefinitions).resources;
    expect(length).toBeGreaterThanOrEqual(60);
    expect(length).toBeLessThanOrEqual(250);
  });

  test('states a dose per weight only where its programme does', () => {
    expect(text.includes('mg/kg')).toBe(programme === 'guangzhou');
  });

  test('has amounts that follow from volume, rate and time', () => {
    const expected = administrationsOf(course).map((one) => [
      volumeAmount(one),
      rateAmount(one, course.timeZone),
      amountOf(one),
    ]);
    for (const [byVolume, byRate, amount] of expected) {
      if (byVolume !== undefined) expect(byVolume).toBeCloseTo(amount ?? Number.NaN, 6);
      if (byRate !== undefined) expect(byRate).toBeCloseTo(amount ?? Number.NaN, 6);
    }
    expect(expected.some(([byVolume, byRate]) => (byVolume ?? byRate) !== undefined)).toBe(true);
  });
});

const administrationsOf = ({ sessions }: TreatmentCourse): readonly Administration[] =>
  (sessions ?? []).flatMap(({ administrations }) => administrations ?? []);
const readingsOf = ({ sessions }: TreatmentCourse): readonly Reading[] =>
  (sessions ?? []).flatMap(({ readings }) => readings ?? []);

const valueOf = (quantity: { readonly value: JsonNumber } | undefined): number | undefined =>
  quantity === undefined ? undefined : numberValue(quantity.value);
const amountOf = ({ amount }: Administration): number | undefined => valueOf(amount);

function volumeAmount({ concentration, volume }: Administration): number | undefined {
  const [perMillilitre, millilitres] = [valueOf(concentration), valueOf(volume)];
  return perMillilitre === undefined || millilitres === undefined ? undefined : perMillilitre * millilitres;
}

function rateAmount({ rate, start, end }: Administration, zone: string | undefined): number | undefined {
  if (rate?.unit !== 'mg/min' || start === undefined || end === undefined) return undefined;
  return ((earliest(end, zone) - earliest(start, zone)) / 60_000) * numberValue(rate.value);
}

// What is shown, and by how many of the examples at least.
const shown: readonly (readonly [what: string, least: number, by: (course: TreatmentCourse) => boolean])[] = [
  ['a referral', 2, ({ referral }) => referral !== undefined],
  ['consent', 2, ({ consent }) => consent !== undefined],
  ['eligibility', 2, ({ eligibility }) => eligibility !== undefined],
  ['concomitant medication', 2, ({ concomitantMedications }) => concomitantMedications !== undefined],
  ['psychotherapy', 4, ({ psychotherapySessions }) => psychotherapySessions !== undefined],
  ['suicide risk', 2, ({ suicideRisk }) => suicideRisk !== undefined],
  ['a phase transition', 2, ({ phaseTransitions }) => phaseTransitions !== undefined],
  ['an outcome', 2, ({ outcomes }) => outcomes !== undefined],
  ['an adverse event', 2, ({ adverseEvents }) => adverseEvents !== undefined],
  ['a follow-up', 2, ({ followUps }) => followUps !== undefined],
  ['a mood that deteriorates', 1, ({ followUps }) => followUps?.some(({ mood }) => mood === 'deteriorated') ?? false],
  ['side effects', 2, hasInSession('sideEffects')],
  ['dissociation', 2, hasInSession('dissociation')],
  ['sedation', 2, hasInSession('sedation')],
  ['tolerability', 2, hasInSession('tolerability')],
  [
    'a stopped infusion with its dose and its reason',
    1,
    (course) =>
      administrationsOf(course).some(
        ({ status, route, amount, reason }) => status === 'stopped' && route === 'IV' && Boolean(amount && reason),
      ),
  ],
  [
    'a session that a reading kept from being done',
    2,
    ({ sessions }) => sessions?.some((one) => one.status === 'notDone' && one.readings !== undefined) ?? false,
  ],
  [
    'a dose changed for a reason',
    2,
    ({ sessions }) => sessions?.some(({ plannedDose }) => plannedDose?.changedBecause !== undefined) ?? false,
  ],
  ['an injection into a muscle', 2, (course) => administrationsOf(course).some(({ route }) => route === 'IM')],
  ['a supplement', 2, (course) => administrationsOf(course).some(({ kind }) => kind === 'supplement')],
  [
    'a lozenge at home',
    1,
    ({ sessions }) =>
      sessions?.some(
        ({ setting, administrations }) =>
          setting === 'community' && administrations?.some(({ route, selfTaken }) => route === 'SL' && selfTaken),
      ) ?? false,
  ],
  ['an assessment with an item missing', 2, ({ assessments }) => assessments?.some(lacksAnItem) ?? false],
  [
    'a total without items',
    2,
    ({ assessments }) => assessments?.some(({ items, statedTotal }) => !items && statedTotal !== undefined) ?? false,
  ],
  ['a corrected answer', 2, ({ assessments }) => assessments?.some(({ corrected }) => corrected) ?? false],
  ['readings on both sides of a clock change', 3, crossesClockChange],
  [
    'decimals with a zero at their end',
    4,
    (course) => administrationsOf(course).some(({ amount, volume }) => [amount, volume].some(endsInZero)),
  ],
];

function hasInSession(field: 'sideEffects' | 'dissociation' | 'sedation' | 'tolerability') {
  return ({ sessions }: TreatmentCourse): boolean => sessions?.some((one) => one[field] !== undefined) ?? false;
}

function lacksAnItem({ instrument, items }: NonNullable<TreatmentCourse['assessments']>[number]): boolean {
  const scores = shippedDefinitions.instrument(instrument)?.scores ?? [];
  const asked = scores.find(({ key }) => key === 'total')?.items ?? [];
  const given = new Set(items?.map(({ linkId }) => linkId));
  return given.size > 0 && asked.some((linkId) => !given.has(linkId));
}

const endsInZero = (quantity: { readonly value: JsonNumber } | undefined): boolean =>
  quantity !== undefined && /\.\d*0$/.test(numberText(quantity.value));

function crossesClockChange(course: TreatmentCourse): boolean {
  const moments = readingsOf(course).flatMap(({ at }) => at ?? []);
  return new Set(moments.map((at) => fhirDateTime(at, course.timeZone).slice(-6))).size > 1;
}

test.each(shown)('they show %s', (_, least, by) => {
  expect(courses.filter(by).length).toBeGreaterThanOrEqual(least);
});

test('one of them takes all six routes', () => {
  const routes = new Set(courses.flatMap((course) => administrationsOf(course).map(({ route }) => route)));
  const most = Math.max(...courses.map((course) => new Set(administrationsOf(course).map(({ route }) => route)).size));
  expect([routes.size, most]).toEqual([6, 6]);
});
