import { describe, expect, it, test } from 'vitest';
import type { Session, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { checkSchedule } from '../../src/definitions/schedule.ts';
import { severityOf } from '../../src/outcome/issue.ts';
import { coursesOf } from '../synthetic/courses.ts';
import {
  all,
  firstSessions,
  held,
  inSession,
  mg,
  phases,
  risk,
  said,
  unwatched,
  without,
  type Case,
  type Change,
} from './schedule-cases.ts';
import {
  assessment,
  at,
  courseOf,
  day,
  dose,
  guangzhouDays,
  reading,
  session,
  sessionsOn,
} from './schedule-courses.ts';

/** One acceptance case for each rule of the other programmes. Norway has a file of its own. */

const kaiser = courseOf('kaiser', {
  status: 'completed',
  psychotherapySessions: held,
  sessions: [1, 8, 15].map((n) =>
    session(n, {
      administrations: [dose(n, { route: 'IM', end: undefined, amount: mg(50) })],
      readings: [reading(n, '09:20'), reading(n, '11:00')],
    }),
  ),
});
const gives = (index: number, amount: number, fields: Parameters<typeof dose>[1] = {}): Change =>
  inSession(index, ({ administrations }) => ({
    administrations: (administrations ?? []).map((one) => ({ ...one, amount: mg(amount), ...fields })),
  }));
const reads = (index: number, ...times: readonly string[]): Change =>
  inSession(index, ({ id }) => ({ readings: times.map((time) => reading(Number(id), time)) }));

const californian: readonly Case[] = [
  ['nothing lacks; a reading 20 to 30 minutes after the dose is never asked', () => ({}), []],
  ['blood pressure before dosing', reads(1, '11:00'), ['monitoring-lacking sessions[1] bloodPressure before']],
  ['blood pressure at the close', reads(1, '09:20'), ['monitoring-lacking sessions[1] bloodPressure close']],
  [
    'blood pressure when therapy begins',
    reads(0),
    [
      'monitoring-lacking sessions[0] bloodPressure before',
      'monitoring-lacking sessions[0] bloodPressure close',
      'monitoring-lacking sessions[0] bloodPressure firstSession',
    ],
  ],
  [
    'blood pressure after an increase of the dose',
    all(gives(2, 60), reads(2, '09:20')),
    [
      'monitoring-lacking sessions[2] bloodPressure close',
      'monitoring-lacking sessions[2] bloodPressure afterDoseIncrease',
    ],
  ],
  [
    'a decrease is no increase',
    all(gives(2, 40), reads(2, '09:20')),
    ['monitoring-lacking sessions[2] bloodPressure close'],
  ],
  [
    'nor is more by another route',
    all(gives(2, 200, { route: 'PO' }), reads(2, '09:20')),
    ['monitoring-lacking sessions[2] bloodPressure close'],
  ],
  [
    'nor is more than a dose that was stopped',
    all(gives(0, 90), gives(1, 20, { status: 'stopped' }), gives(2, 60), reads(2, '09:20')),
    ['monitoring-lacking sessions[2] bloodPressure close'],
  ],
  ['other vital signs are not asked', unwatched(0, 'heartRate', 'respiratoryRate'), []],
  ['psychotherapy', () => ({ psychotherapySessions: [] }), ['psychotherapy-lacking psychotherapySessions']],
];

const guangzhou = courseOf('guangzhou', {
  status: 'completed',
  sessions: sessionsOn(guangzhouDays),
  assessments: [0, 2, 4, 6, 9, 11, 13, 26].map((n) => assessment('madrs', n)).concat(assessment('sfmpq', 0)),
});

const chinese: readonly Case[] = [
  ['nothing lacks, psychotherapy neither', () => ({}), []],
  ['MADRS at baseline', without('madrs 0'), ['assessment-lacking assessments madrs baseline']],
  ['SF-MPQ at baseline', without('sfmpq 0'), ['assessment-lacking assessments sfmpq baseline']],
  [
    'MADRS after each infusion',
    without('madrs 4', 'madrs 13'),
    ['assessment-lacking sessions[1] madrs afterSession 2', 'assessment-lacking sessions[5] madrs afterSession 6'],
  ],
  ['MADRS on day 26, once the course is over', without('madrs 26'), ['assessment-lacking assessments madrs day 26']],
  [
    'or stopped',
    all(without('madrs 26'), () => ({ status: 'stopped' })),
    ['assessment-lacking assessments madrs day 26'],
  ],
  ['not while it may still come', all(without('madrs 26'), () => ({ status: 'active' })), []],
  [
    'nor on the last day on which it may',
    all(without('madrs 26'), () => ({ status: 'active', followUps: [{ id: 'F', at: day(29) }] })),
    [],
  ],
  [
    'but once something later is known',
    all(without('madrs 26'), () => ({ status: 'active', followUps: [{ id: 'F', at: day(30) }] })),
    ['assessment-lacking assessments madrs day 26'],
  ],
  [
    'not of a course that was stopped before its last infusion',
    all(without('madrs 26', 'madrs 13'), firstSessions(5), () => ({ status: 'stopped' })),
    [],
  ],
];

const portugal = courseOf('portugal', {
  status: 'completed',
  sessions: sessionsOn([1, 8, 22, 36]),
  psychotherapySessions: held,
  assessments: [assessment('phq9', 0), assessment('phq9', 57, 9)],
  interviews: [0, 57, 120].map((n) => ({ id: String(n), at: at(n), improvement: 'partial' as const })),
  suicideRisk: risk(0, 58),
});

const interviewsOn =
  (...days: readonly number[]): Change =>
  ({ interviews }) => ({ interviews: (interviews ?? []).filter(({ id }) => days.includes(Number(id))) });

const portuguese: readonly Case[] = [
  ['nothing lacks, monitoring neither', () => ({}), []],
  ['PHQ-9 at baseline', without('phq9 0'), ['assessment-lacking assessments phq9 baseline']],
  ['PHQ-9 at week 8', without('phq9 57'), ['assessment-lacking assessments phq9 week 8']],
  [
    'not in a course that was stopped before',
    all(firstSessions(2), without('phq9 57'), interviewsOn(0), () => ({ status: 'stopped', suicideRisk: risk(0, 9) })),
    [],
  ],
  ['interview at baseline', interviewsOn(57, 120), ['assessment-lacking interviews interview baseline']],
  ['interview at week 8', interviewsOn(0, 120), ['assessment-lacking interviews interview week 8']],
  ['interview at follow-up', interviewsOn(0, 57), ['assessment-lacking interviews interview followUp']],
  [
    'a follow-up is one',
    all(interviewsOn(0, 57), () => ({ followUps: [{ id: 'F', at: day(120), mood: 'stable' }] })),
    [],
  ],
  ['not while the course goes on', all(interviewsOn(0, 57), () => ({ status: 'active' })), []],
  [
    'suicidal ideation at baseline',
    () => ({ suicideRisk: risk(58) }),
    ['assessment-lacking suicideRisk suicide-risk baseline'],
  ],
  [
    'suicidal ideation at the end',
    () => ({ suicideRisk: risk(0) }),
    ['assessment-lacking suicideRisk suicide-risk endOfTreatment'],
  ],
  [
    'the end is not months later',
    () => ({ suicideRisk: risk(0, 100) }),
    ['assessment-lacking suicideRisk suicide-risk endOfTreatment'],
  ],
  ['psychotherapy', () => ({ psychotherapySessions: [] }), ['psychotherapy-lacking psychotherapySessions']],
];

const losAngeles = courseOf('los-angeles', {
  status: 'completed',
  sessions: sessionsOn([1, 8, 15, 22, 60]),
  psychotherapySessions: held,
});

const angelean: readonly Case[] = [
  ['nothing lacks: no instrument, no monitoring', () => ({}), []],
  ['psychotherapy', () => ({ psychotherapySessions: [] }), ['psychotherapy-lacking psychotherapySessions']],
];

describe.each<[string, TreatmentCourse, readonly Case[]]>([
  ['Kaiser', kaiser, californian],
  ['Guangzhou', guangzhou, chinese],
  ['Portugal', portugal, portuguese],
  ['Los Angeles', losAngeles, angelean],
])('%s', (_, course, cases) => {
  test.each(cases)('%s', (__, change, expected) => {
    expect(said({ ...course, ...change(course) })).toEqual(expected);
  });
});

describe('what the clinic states', () => {
  const stated = (key: string, fields: readonly Partial<Session>[]) =>
    said(
      courseOf(key, {
        psychotherapySessions: held,
        phases: [...phases, { id: 'T', key: 'treatment' }, { id: 'G', key: 'integration' }],
        sessions: fields.map((one, n) => session(1 + 7 * n, one)),
      }),
    );

  it('an ordinal that the times do not give', () => {
    expect(stated('los-angeles', [{ statedOrdinal: 1 }, { statedOrdinal: 3 }, {}])).toEqual([
      'stated-ordinal-differs sessions[1].statedOrdinal 2',
    ]);
  });

  it('an ordinal that counts what was not done', () => {
    const missed: Partial<Session> = { status: 'notDone', administrations: [], statedOrdinal: 2 };
    expect(stated('los-angeles', [{}, missed, { statedOrdinal: 3 }])).toEqual([
      'stated-ordinal-differs sessions[2].statedOrdinal 2',
    ]);
  });

  it('a phase that the programme does not give', () => {
    expect(stated('los-angeles', [{ phaseId: 'T' }, { phaseId: 'M' }, { phaseId: 'G' }])).toEqual([
      'stated-phase-differs sessions[1].phaseId treatment',
      'stated-phase-differs sessions[2].phaseId treatment',
    ]);
  });

  it('of four to six treatments the fifth may be either', () => {
    const either = [{}, {}, {}, {}, { phaseId: 'T' }, { phaseId: 'M' }, { phaseId: 'T' }];
    expect(stated('los-angeles', either)).toEqual(['stated-phase-differs sessions[6].phaseId maintenance']);
  });
});

describe('every course', () => {
  it('of an unknown programme, and one entered in error, lacks nothing', () => {
    expect(said({ ...guangzhou, assessments: [], programme: { key: 'elsewhere' } })).toEqual([]);
    expect(said({ ...guangzhou, assessments: [], status: 'enteredInError' })).toEqual([]);
  });

  it('without a treatment lacks nothing yet', () => {
    for (const { key } of shippedDefinitions.programmes) {
      expect(said(courseOf(key, { status: 'completed' }))).toEqual([]);
      expect(said(courseOf(key, { status: 'stopped', sessions: [session(1, { status: 'notDone' })] }))).toEqual([]);
    }
  });

  it('is told, and nothing more: all of it is information', () => {
    const issues = coursesOf('small', 20, 7).flatMap((course) =>
      checkSchedule(course, shippedDefinitions.programme(course.programme?.key ?? ''), shippedDefinitions),
    );
    expect(issues.length).toBeGreaterThan(100);
    expect(new Set(issues.map(severityOf))).toEqual(new Set(['information']));
  });
});
