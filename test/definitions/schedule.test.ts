import { describe, expect, it, test } from 'vitest';
import type { Session, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { labelCourse, type Labels } from '../../src/definitions/schedule.ts';
import {
  at,
  assessment,
  courseOf,
  day,
  dose,
  guangzhouDays,
  norwayDays,
  session,
  sessionsOn,
} from './schedule-courses.ts';

const labels = (key: string, fields: Partial<TreatmentCourse>): Labels =>
  labelCourse(courseOf(key, fields), shippedDefinitions.programme(key));

/** Each label as `ordinal phase n deviations`, in the order of the sessions. */
const said = (key: string, sessions: readonly Session[]): string[] => {
  const found = labels(key, { sessions: [...sessions] }).sessions;
  return sessions.map(({ id }) => {
    const label = found.get(id);
    return label === undefined
      ? '-'
      : [label.ordinal, label.phase ?? '', label.phaseOrdinal ?? '', ...label.deviations].join(' ').trim();
  });
};

describe('phases', () => {
  it('Norway: six of initiation, six of maintenance, the count going on', () => {
    expect(said('norway', sessionsOn(norwayDays))).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((n) => `${n} initiation ${n}`),
      ...[1, 2, 3, 4, 5, 6].map((n) => `${n + 6} maintenance ${n}`),
    ]);
  });

  it('Norway: a thirteenth is beyond the plan', () => {
    expect(said('norway', sessionsOn([...norwayDays, 229])).at(-1)).toBe('13   beyondPlan');
  });

  it('Guangzhou: six, and a seventh is beyond the plan', () => {
    expect(said('guangzhou', sessionsOn([...guangzhouDays, 15]))).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((n) => `${n} treatment ${n}`),
      '7   beyondPlan',
    ]);
  });

  it('Portugal: eight weeks by date, however many', () => {
    expect(said('portugal', sessionsOn([1, 2, 30, 57, 58]))).toEqual([
      '1 treatment 1',
      '2 treatment 2',
      '3 treatment 3',
      '4 treatment 4',
      '5   beyondPlan',
    ]);
  });

  it('Los Angeles: up to six of treatment, then maintenance without end', () => {
    expect(said('los-angeles', sessionsOn([1, 8, 15, 22, 29, 36, 90, 95, 400]))).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((n) => `${n} treatment ${n}`),
      ...[1, 2, 3].map((n) => `${n + 6} maintenance ${n}`),
    ]);
  });

  it('Kaiser: no phases, so an ordinal alone', () => {
    expect(said('kaiser', sessionsOn([1, 5, 90]))).toEqual(['1', '2', '3']);
  });

  it('an unknown programme: nothing', () => {
    const { sessions, assessments } = labels('elsewhere', {
      sessions: [session(1)],
      assessments: [assessment('phq9', 1)],
    });
    expect([sessions.size, assessments.size]).toEqual([0, 0]);
  });
});

describe('what counts as a treatment', () => {
  test.each<[string, Partial<Session>, string]>([
    ['a stopped one', { status: 'stopped' }, '2 initiation 2'],
    ['one that lists no dose', { administrations: [] }, '2 initiation 2'],
    [
      'one of which a dose was given',
      { administrations: [dose(4, { status: 'notDone' }), dose(4, { id: 'e' })] },
      '2 initiation 2',
    ],
    ['not one that was not done', { status: 'notDone', administrations: [] }, '-'],
    ['not one whose doses were not done', { administrations: [dose(4, { status: 'notDone' })] }, '-'],
  ])('%s', (_, fields, expected) => {
    const [, second, third] = said('norway', [session(1), session(4, fields), session(8)]);
    expect([second, third?.startsWith(expected === '-' ? '2 ' : '3 ')]).toEqual([expected, true]);
  });
});

describe('order', () => {
  it('is that of the times, whatever the order in the list', () => {
    expect(said('norway', sessionsOn([8, 1, 4]))).toEqual(['3 initiation 3', '1 initiation 1', '2 initiation 2']);
  });

  it('a session without a time has the time of its dose', () => {
    expect(said('norway', [session(1), session(4, { at: undefined }), session(8)])[1]).toBe('2 initiation 2');
    expect(said('norway', [session(1), session(4, { at: '2026' }), session(8)])[1]).toBe('2 initiation 2');
  });

  it('one of unknown time can stand anywhere, so none has a place', () => {
    const timeless = session(4, { at: undefined, administrations: [] });
    expect(said('norway', [session(1), timeless, session(8)])).toEqual(['-', '-', '-']);
    expect(said('norway', [timeless])).toEqual(['1 initiation 1']);
  });

  it('a month leaves those outside it their places, and has no interval', () => {
    const vague = (time: string) => session(20, { id: 'vague', at: time, administrations: [] });
    expect(said('norway', [session(1), vague('2026-02'), session(60)])).toEqual([
      '1 initiation 1',
      '2 initiation 2',
      '3 initiation 3',
    ]);
    expect(said('norway', [session(1), session(4), vague('2026-01'), session(60)])).toEqual([
      '-',
      '-',
      '-',
      '4 initiation 4',
    ]);
  });

  it('in a programme by date a month has no phase', () => {
    expect(said('portugal', [session(1), session(20, { at: '2026-02', administrations: [] }), session(58)])).toEqual([
      '1 treatment 1',
      '2',
      '3   beyondPlan',
    ]);
  });
});

describe('the interval', () => {
  const gap = (key: string, before: readonly number[], days: number): string =>
    said(key, sessionsOn([...before, (before.at(-1) ?? 0) + days])).at(-1) ?? '';

  // Half and one and a half of 3.5 days, of a month of 30.44 days and of 2.33 days.
  test.each([
    ['norway', norwayDays.slice(0, 3), [1, 2, 5, 6], ['early', '', '', 'late']],
    ['norway', norwayDays.slice(0, 6), [15, 16, 45, 46], ['early', '', '', 'late']],
    ['norway', norwayDays.slice(0, 9), [15, 16, 45, 46], ['early', '', '', 'late']],
    ['guangzhou', guangzhouDays.slice(0, 2), [1, 2, 3, 4], ['early', '', '', 'late']],
    ['portugal', [1, 8], [1, 40], ['', '']],
    ['los-angeles', [1, 8], [1, 400], ['', '']],
    ['kaiser', [1, 8], [1, 400], ['', '']],
  ])('%s after %j', (key, before, gaps, expected) => {
    expect(gaps.map((days) => gap(key, before, days).match(/early|late/)?.[0] ?? '')).toEqual(expected);
  });

  it('is one of calendar days, whatever the hour', () => {
    const [, second] = said('norway', [session(1, { at: at(1, '23:50') }), session(3, { at: at(3, '00:10') })]);
    expect(second).toBe('2 initiation 2');
  });

  it('is known from days alone', () => {
    const days = [1, 4, 20].map((n) => session(n, { at: day(n), administrations: [] }));
    expect(said('norway', days)).toEqual(['1 initiation 1', '2 initiation 2', '3 initiation 3 late']);
  });

  it('is counted from the last treatment and not from what was not done', () => {
    const missed = session(4, { status: 'notDone', administrations: [] });
    expect(said('norway', [session(1), missed, session(8)])).toEqual(['1 initiation 1', '-', '2 initiation 2 late']);
  });
});

const kg = (value: number) => ({ value, unit: 'kg' });
const mg = (value: number) => ({ value, unit: 'mg' });
const perKg = (value: number) => ({ value, unit: 'mg/kg' });

describe('the dose', () => {
  const one = (key: string, ...doses: Parameters<typeof dose>[1][]): string => {
    const administrations = doses.map((fields, n) => dose(1, { id: String(n), ...fields }));
    return (
      said(key, [session(1, { weight: kg(80), administrations })])[0]
        ?.replace(/^1( \w+ 1)?/, '')
        .trim() ?? ''
    );
  };
  const noEnd = { end: undefined };

  test.each<[string, string, Parameters<typeof dose>[1][], string]>([
    ['the stated dose per weight', 'guangzhou', [{ perWeight: perKg(0.5) }], ''],
    ['5 % above it', 'guangzhou', [{ perWeight: perKg(0.525) }], ''],
    ['more than 5 % above it', 'guangzhou', [{ perWeight: perKg(0.526) }], 'otherDose'],
    ['5 % below it', 'guangzhou', [{ amount: mg(38) }], ''],
    ['more than 5 % below it', 'guangzhou', [{ amount: mg(37.9) }], 'otherDose'],
    ['in two parts', 'guangzhou', [{ amount: mg(20) }, { amount: mg(20) }], ''],
    ['with a supplement', 'guangzhou', [{ amount: mg(40) }, { amount: mg(20), kind: 'supplement' }], 'otherDose'],
    ['an unknown part', 'guangzhou', [{ amount: mg(90) }, {}], ''],
    ['one that was stopped', 'guangzhou', [{ amount: mg(10), status: 'stopped' }], ''],
    ['one that was not done, then one that was', 'guangzhou', [{ status: 'notDone' }, { amount: mg(40) }], ''],
    ['any dose, where none is stated: Norway', 'norway', [{ perWeight: perKg(2) }], ''],
    ['any dose, where none is stated: Portugal', 'portugal', [{ perWeight: perKg(2) }], ''],
    ['any dose, where none is stated: Kaiser', 'kaiser', [{ perWeight: perKg(2) }], ''],
    ['any dose, where none is stated: Los Angeles', 'los-angeles', [{ perWeight: perKg(2) }], ''],
    ['Norway by the other stated route', 'norway', [{ route: 'IM', ...noEnd }], ''],
    ['Norway by a third', 'norway', [{ route: 'SC', ...noEnd }], 'otherRoute'],
    ['Norway by none that is stated', 'norway', [{ route: undefined }], ''],
    ['Norway with esketamine: the source says racemic', 'norway', [{ substance: 'esketamine' }], 'otherSubstance'],
    ['Guangzhou with esketamine: the source does not say which', 'guangzhou', [{ substance: 'esketamine' }], ''],
    ['Guangzhou into a muscle', 'guangzhou', [{ route: 'IM', ...noEnd }], 'otherRoute'],
    ['Portugal into a muscle', 'portugal', [{ route: 'IM', ...noEnd }], 'otherRoute'],
    ['Kaiser by any route', 'kaiser', [{ route: 'PO', ...noEnd }], ''],
    [
      'Los Angeles by its five routes',
      'los-angeles',
      (['IV', 'IM', 'SC', 'SL', 'IN'] as const).map((route) => ({ route })),
      '',
    ],
    ['Los Angeles swallowed', 'los-angeles', [{ route: 'PO' }], 'otherRoute'],
    ['Norway in 45 minutes', 'norway', [{ end: at(1, '10:15') }], ''],
    ['Norway in 46 minutes', 'norway', [{ end: at(1, '10:16') }], 'otherDuration'],
    ['Norway in 34 minutes', 'norway', [{ end: at(1, '10:04') }], 'otherDuration'],
    ['Norway in 20 minutes, stopped', 'norway', [{ end: at(1, '09:50'), status: 'stopped' }], ''],
    ['Norway in two rates', 'norway', [{ end: at(1, '09:50') }, { start: at(1, '09:50') }], ''],
    [
      'Norway with a later supplement',
      'norway',
      [{}, { start: at(1, '10:20'), end: at(1, '10:40'), kind: 'supplement' }],
      '',
    ],
    ['Norway without an end', 'norway', [noEnd], ''],
    ['Guangzhou in an hour: no duration is stated', 'guangzhou', [{ end: at(1, '10:30') }], ''],
  ])('%s', (_, key, doses, expected) => {
    expect(one(key, ...doses)).toBe(expected);
  });

  it('without a weight an amount says nothing', () => {
    expect(said('guangzhou', [session(1, { administrations: [dose(1, { amount: mg(500) })] })])).toEqual([
      '1 treatment 1',
    ]);
  });

  it('a weight in pounds or grams', () => {
    const with80 = (value: number, unit: string) =>
      said('guangzhou', [session(1, { weight: { value, unit }, administrations: [dose(1, { amount: mg(40) })] })]);
    expect(with80(176.4, '[lb_av]')).toEqual(['1 treatment 1']);
    expect(with80(80_000, 'g')).toEqual(['1 treatment 1']);
    expect(with80(80, '[lb_av]')).toEqual(['1 treatment 1 otherDose']);
  });
});
