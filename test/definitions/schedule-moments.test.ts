import { describe, expect, it, test } from 'vitest';
import type { Assessment, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { readProgramme } from '../../src/definitions/programme.ts';
import { labelCourse } from '../../src/definitions/schedule.ts';
import { at, assessment, courseOf, day, guangzhouDays, norwayDays, session, sessionsOn } from './schedule-courses.ts';

/** The labels of assessments as `kind n`, in their order; - where there is none. */
function said(key: string, assessments: readonly Assessment[], fields: Partial<TreatmentCourse> = {}): string[] {
  const course = courseOf(key, { ...fields, assessments: [...assessments] });
  const labels = labelCourse(course, shippedDefinitions.programme(key)).assessments;
  return assessments.map(({ id }) => {
    const label = labels.get(id);
    return label === undefined ? '-' : `${label.kind} ${label.n ?? ''}`.trim();
  });
}

/** The instrument at these times. */
const when = (instrument: string, ...times: readonly (string | undefined)[]): Assessment[] =>
  times.map((time, n) => ({ id: `${instrument} ${n}`, instrument, at: time }));

const norway = { sessions: sessionsOn(norwayDays.slice(0, 8)) };
const guangzhou = { sessions: sessionsOn(guangzhouDays) };
const portugal = { sessions: sessionsOn([1, 8, 15, 22]) };

describe('baseline', () => {
  test.each([
    ['the last one before the first dose', [day(-20), at(0), at(1, '09:10')], ['-', '-', 'baseline']],
    ['one at the very start', [at(1, '09:30')], ['baseline']],
    ['not one after the start', [at(1, '09:31')], ['-']],
    ['one of the same day, of which no more is known', [day(1)], ['baseline']],
    ['not one of the next day', [day(2)], ['-']],
    ['not one of a month, since it has no day', ['2025-12'], ['-']],
  ])('%s', (_, times, expected) => {
    expect(said('norway', when('phq9', ...times), norway)).toEqual(expected);
  });

  it('where the first session says only its day', () => {
    const sessions = [session(1, { at: day(1), administrations: [] }), ...sessionsOn([4, 8])];
    expect(said('norway', when('phq9', at(1, '17:00')), { sessions })).toEqual(['baseline']);
  });

  it('before any treatment', () => {
    expect(said('norway', when('phq9', at(-9), at(-3)))).toEqual(['-', 'baseline']);
  });

  it('an instrument of which no baseline is planned', () => {
    expect(said('portugal', when('madrs', at(-3)), portugal)).toEqual(['-']);
  });
});

describe('after a session', () => {
  test.each([
    ['just after the start of infusion 6', [at(18, '09:31')], ['afterSession 6']],
    ['until the next treatment', [at(46, '09:29')], ['afterSession 6']],
    ['not from the next treatment on', [at(46, '09:30')], ['-']],
    ['not before infusion 6', [at(18, '09:29')], ['-']],
    ['one of the day of infusion 6', [day(18)], ['afterSession 6']],
    ['not one of the day of the next treatment', [day(46)], ['-']],
    ['all that lie between', [at(19), at(30)], ['afterSession 6', 'afterSession 6']],
  ])('Norway: %s', (_, times, expected) => {
    expect(said('norway', when('madrs', ...times), norway)).toEqual(expected);
  });

  it('Norway: the forms of the KSET, each by its own moments', () => {
    const forms = ['kset-screening', 'kset-baseline', 'kset-acute', 'kset-followup'];
    const labels = forms.map((form) => said('norway', when(form, at(0), at(19)), norway).join(', '));
    expect(labels).toEqual(['baseline, -', 'baseline, -', '-, afterSession 6', '-, afterSession 6']);
  });

  it('Guangzhou: each infusion, on the morning after', () => {
    const mornings = guangzhouDays.map((n) => at(n + 1, '08:00'));
    expect(said('guangzhou', when('madrs', ...mornings), guangzhou)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `afterSession ${n}`),
    );
    expect(said('guangzhou', when('sfmpq', ...mornings), guangzhou)).toEqual(mornings.map(() => '-'));
  });

  it('not where the order of the sessions around it is not known', () => {
    const sessions = [...sessionsOn([1, 3]), session(5, { at: '2026-01', administrations: [] })];
    expect(said('guangzhou', when('madrs', at(4)), { sessions })).toEqual(['-']);
  });
});

describe('a day, a week', () => {
  test.each([
    ['day 26 is the 25th after the first', 'guangzhou', guangzhou, 'madrs', [day(26)], ['day 26']],
    ['three days before', 'guangzhou', guangzhou, 'madrs', [day(23)], ['day 26']],
    ['three days after', 'guangzhou', guangzhou, 'madrs', [day(29)], ['day 26']],
    ['four days after', 'guangzhou', guangzhou, 'madrs', [day(30)], ['afterSession 6']],
    ['the nearest alone', 'guangzhou', guangzhou, 'madrs', [day(24), day(27)], ['afterSession 6', 'day 26']],
    ['pain has no day 26', 'guangzhou', guangzhou, 'sfmpq', [day(26)], ['-']],
    ['week 8', 'portugal', portugal, 'phq9', [day(57)], ['week 8']],
    ['a week before', 'portugal', portugal, 'phq9', [day(50)], ['week 8']],
    ['a week after', 'portugal', portugal, 'phq9', [day(64)], ['week 8']],
    ['more than a week off', 'portugal', portugal, 'phq9', [day(49), day(65)], ['-', '-']],
  ] as const)('%s', (_, key, fields, instrument, times, expected) => {
    expect(said(key, when(instrument, ...times), fields)).toEqual(expected);
  });
});

describe('a stated time point', () => {
  const stated = (instrument: string, timepoint: Assessment['timepoint'], time?: string): Assessment => ({
    id: 'A',
    instrument,
    at: time,
    timepoint,
  });

  test.each<[string, string, Partial<TreatmentCourse>, Assessment, string]>([
    ['counts without a time', 'norway', norway, stated('phq9', { kind: 'baseline' }), 'baseline'],
    ['counts with a month', 'norway', norway, stated('phq9', { kind: 'baseline' }, '2026-01'), 'baseline'],
    ['does not count against a day', 'norway', norway, stated('phq9', { kind: 'baseline' }, at(19)), 'afterSession 6'],
    ['by ordinal', 'norway', norway, stated('phq9', { kind: 'afterSession', n: 6 }), 'afterSession 6'],
    ['by session', 'norway', norway, stated('phq9', { kind: 'afterSession', sessionId: '18' }), 'afterSession 6'],
    ['by neither', 'norway', norway, stated('phq9', { kind: 'afterSession' }), '-'],
    ['another than is planned', 'norway', norway, stated('phq9', { kind: 'afterSession', n: 5 }), '-'],
    ['after each', 'guangzhou', guangzhou, stated('madrs', { kind: 'afterSession', n: 2 }), 'afterSession 2'],
    ['a day', 'guangzhou', guangzhou, stated('madrs', { kind: 'day', n: 26 }), 'day 26'],
    ['another day', 'guangzhou', guangzhou, stated('madrs', { kind: 'day', n: 27 }), '-'],
    ['a week', 'portugal', portugal, stated('phq9', { kind: 'week', n: 8 }), 'week 8'],
    [
      'of sessions whose times are not known',
      'norway',
      { sessions: [session(1, { at: '2026', administrations: [] })] },
      stated('phq9', { kind: 'baseline' }, at(19)),
      'baseline',
    ],
  ])('%s', (_, key, fields, one, expected) => {
    expect(said(key, [one], fields)).toEqual([expected]);
  });
});

it('an instrument may be said by its canonical', () => {
  const url = 'https://w3id.org/coursebridge/Questionnaire/phq9';
  expect(said('norway', [{ ...assessment('phq9', 0), instrument: url }], norway)).toEqual(['baseline']);
});

describe('moments that no published programme has', () => {
  const moment = (kind: string, n?: number) => ({
    definitionCanonical: 'https://w3id.org/coursebridge/Questionnaire/phq9',
    extension: [
      {
        url: 'https://w3id.org/coursebridge/StructureDefinition/timepoint',
        extension: [
          { url: 'kind', valueCoding: { system: 'https://w3id.org/coursebridge/CodeSystem/timepoint', code: kind } },
          ...(n === undefined ? [] : [{ url: 'n', valueInteger: n }]),
        ],
      },
    ],
  });
  const saidBy = (action: unknown[], days: readonly number[], fields: Partial<TreatmentCourse>): string[] => {
    const programme = readProgramme({ url: 'https://hospital.test/PlanDefinition/p', action });
    const assessments = when('phq9', ...days.map((n) => at(n, '12:00')));
    const labels = labelCourse(courseOf('p', { ...fields, assessments }), programme).assessments;
    return assessments.map(({ id }) => [labels.get(id)?.kind ?? '-', labels.get(id)?.n ?? ''].join(' ').trim());
  };
  const sessions = sessionsOn([1, 8]);

  it('month 3 is 91 days after the first treatment, half a month either way', () => {
    const plan = [moment('month', 3)];
    expect([76, 77, 92, 107, 108].flatMap((n) => saidBy(plan, [n], { sessions }))).toEqual([
      '-',
      'month 3',
      'month 3',
      'month 3',
      '-',
    ]);
  });

  it('the end of treatment is the nearest to the last one, within six weeks; what is later is follow-up', () => {
    const plan = [moment('endOfTreatment'), moment('followUp')];
    const over = { sessions, status: 'stopped' } as const;
    expect(saidBy(plan, [7, 8, 10, 60], over)).toEqual(['-', 'endOfTreatment', 'followUp', 'followUp']);
    expect(saidBy(plan, [50], over)).toEqual(['endOfTreatment']);
    expect(saidBy(plan, [51], over)).toEqual(['followUp']);
    expect(saidBy(plan, [10, 60], { sessions, status: 'active' })).toEqual(['-', '-']);
  });

  it('week 1 and week 2 are told apart by what is nearest', () => {
    const plan = [moment('week', 1), moment('week', 2)];
    expect(saidBy(plan, [8, 15], { sessions })).toEqual(['week 1', 'week 2']);
    expect(saidBy(plan, [9, 14], { sessions })).toEqual(['week 1', 'week 2']);
    expect(saidBy(plan, [15], { sessions })).toEqual(['week 2']);
  });
});
