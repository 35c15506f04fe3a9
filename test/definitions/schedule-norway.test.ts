import { describe, expect, test } from 'vitest';
import {
  all,
  firstSessions,
  held,
  inSession,
  phases,
  risk,
  said,
  unwatched,
  watched,
  without,
  type Case,
  type Change,
} from './schedule-cases.ts';
import { assessment, at, courseOf, norwayDays, reading, sessionsOn } from './schedule-courses.ts';

/** One acceptance case for each rule of the Norwegian programme. */

const norway = courseOf('norway', {
  status: 'completed',
  sessions: sessionsOn(norwayDays, watched),
  phases,
  psychotherapySessions: held,
  suicideRisk: risk(0, 200),
  assessments: ['madrs', 'phq9', 'gad7', 'kset-baseline'].flatMap((instrument) => [
    assessment(instrument, 0),
    assessment(instrument === 'kset-baseline' ? 'kset-acute' : instrument, 20, 10),
  ]),
});

const norwegian: readonly Case[] = [
  ['nothing lacks', () => ({}), []],
  ...['madrs', 'phq9', 'gad7'].flatMap((instrument): Case[] => [
    [
      `${instrument} at baseline`,
      without(`${instrument} 0`),
      [`assessment-lacking assessments ${instrument} baseline`],
    ],
    [
      `${instrument} after infusion 6`,
      without(`${instrument} 20`),
      [`assessment-lacking sessions[5] ${instrument} afterSession 6`],
    ],
  ]),
  [
    'KSET at baseline, either form',
    without('kset-baseline 0'),
    ['assessment-lacking assessments kset-screening, kset-baseline baseline'],
  ],
  [
    'KSET after infusion 6, either form',
    without('kset-acute 20'),
    ['assessment-lacking sessions[5] kset-acute, kset-followup afterSession 6'],
  ],
  [
    'the other forms do as well',
    ({ assessments }) => ({
      assessments: [
        ...(without('kset-baseline 0', 'kset-acute 20')({ ...norway, assessments }).assessments ?? []),
        assessment('kset-screening', 0),
        assessment('kset-followup', 21),
      ],
    }),
    [],
  ],
  [
    'an evaluation after infusion 7 is none',
    ({ assessments }) => ({
      assessments: (assessments ?? []).map((one) => (one.id === 'madrs 20' ? assessment('madrs', 50, 10) : one)),
    }),
    ['assessment-lacking sessions[5] madrs afterSession 6'],
  ],
  [
    'suicide risk before initiation',
    () => ({ suicideRisk: risk(200) }),
    ['assessment-lacking suicideRisk suicide-risk baseline'],
  ],
  [
    'suicide risk after the last infusion',
    () => ({ suicideRisk: risk(0, 198) }),
    ['assessment-lacking suicideRisk suicide-risk endOfTreatment'],
  ],
  [
    'after the last infusion of a course that was stopped',
    all(firstSessions(8), () => ({ status: 'stopped', suicideRisk: risk(0) })),
    ['assessment-lacking suicideRisk suicide-risk endOfTreatment'],
  ],
  ['not while the course goes on', () => ({ status: 'active', suicideRisk: risk(0) }), []],
  [
    'not of the dead',
    () => ({ status: 'stopped', endReason: 'death', suicideRisk: [], assessments: [] }),
    ['response-lacking sessions[6] maintenance 50'],
  ],
  [
    'the evaluation is not asked before infusion 6',
    all(firstSessions(5), without('madrs 20', 'phq9 20', 'gad7 20', 'kset-acute 20')),
    [],
  ],
  [
    'and is after it',
    all(firstSessions(6), without('phq9 20')),
    ['assessment-lacking sessions[5] phq9 afterSession 6'],
  ],
  [
    'an infusion that was not done is not the sixth',
    all(
      firstSessions(6),
      without('phq9 20'),
      inSession(3, () => ({ status: 'notDone', administrations: [] })),
    ),
    [],
  ],
  [
    'one of unknown time may be the one',
    ({ assessments }) => ({
      assessments: (assessments ?? []).map((one) => (one.id === 'gad7 20' ? { ...one, at: '2026' } : one)),
    }),
    [],
  ],
  ['psychotherapy', () => ({ psychotherapySessions: [] }), ['psychotherapy-lacking psychotherapySessions']],
  [
    'psychotherapy that was not attended',
    () => ({ psychotherapySessions: held.map((one) => ({ ...one, attended: false })) }),
    ['psychotherapy-lacking psychotherapySessions'],
  ],
  [
    'psychotherapy that is planned, while the course goes on',
    () => ({ status: 'active', psychotherapySessions: [], psychotherapyPlan: { required: true } }),
    [],
  ],
  [
    'psychotherapy that was planned, once it is over',
    () => ({ psychotherapySessions: [], psychotherapyPlan: { required: true } }),
    ['psychotherapy-lacking psychotherapySessions'],
  ],
  [
    'blood pressure during the infusion',
    unwatched(2, 'systolic', 'diastolic'),
    ['monitoring-lacking sessions[2] bloodPressure during'],
  ],
  ['half a blood pressure is one', unwatched(2, 'diastolic'), []],
  ['heart rate during the infusion', unwatched(0, 'heartRate'), ['monitoring-lacking sessions[0] heartRate during']],
  [
    'respiration during the infusion',
    unwatched(11, 'respiratoryRate'),
    ['monitoring-lacking sessions[11] respiratoryRate during'],
  ],
  [
    'before and after is not during',
    inSession(0, () => ({ readings: [reading(1, '09:20'), reading(1, '10:11')] })),
    [
      'monitoring-lacking sessions[0] bloodPressure during',
      'monitoring-lacking sessions[0] heartRate during',
      'monitoring-lacking sessions[0] respiratoryRate during',
    ],
  ],
  [
    'a reading that says it was during',
    inSession(0, () => ({ readings: [reading(1, '09:20', { at: undefined, moment: 'during' })] })),
    [],
  ],
  [
    'a reading by its minutes',
    inSession(0, () => ({ readings: [reading(1, '', { at: undefined, statedMinutes: 40 })] })),
    [],
  ],
  [
    'a reading of unknown time may be the one',
    inSession(0, () => ({ readings: [reading(1, '', { at: undefined })] })),
    [],
  ],
  [
    'nothing is watched where nothing was given',
    inSession(11, () => ({ status: 'notDone', administrations: [], readings: [] })),
    [],
  ],
  [
    'maintenance without a response',
    ({ assessments }) => ({
      assessments: (assessments ?? []).map((one) => ({ ...one, statedTotal: one.id.endsWith(' 0') ? 20 : 11 })),
    }),
    ['response-lacking sessions[6] maintenance 50'],
  ],
  [
    'exactly half on one scale is a response',
    ({ assessments }) => ({
      assessments: (assessments ?? []).map((one) => ({
        ...one,
        statedTotal: one.id.endsWith(' 0') || one.id !== 'madrs 20' ? 20 : 10,
      })),
    }),
    [],
  ],
];

const noResponse: Change = ({ assessments }) => ({
  assessments: (assessments ?? []).map((one) => ({ ...one, statedTotal: 20 })),
});
const transition =
  (fields: object): Change =>
  () => ({ phaseTransitions: [{ id: 'T', toPhaseId: 'M', ...fields }] });
const outcome =
  (fields: object): Change =>
  () => ({
    outcomes: [
      { id: 'O', instrument: 'phq9', baselineAssessmentId: 'phq9 0', currentAssessmentId: 'phq9 20', ...fields },
    ],
  });
const gate = ['response-lacking sessions[6] maintenance 50'];

const gated: readonly Case[] = [
  ['overridden', all(noResponse, transition({ overridden: true })), []],
  ['the override of another phase', all(noResponse, transition({ overridden: true, toPhaseId: 'I' })), gate],
  ['not overridden', all(noResponse, transition({ overridden: false })), gate],
  ['a stated reduction of 50 %', all(noResponse, transition({ statedReductionPercent: 50 })), []],
  ['a stated reduction of 49.9 %', all(noResponse, transition({ statedReductionPercent: 49.9 })), gate],
  ['a stated response', all(noResponse, outcome({ statedCategory: 'response' })), []],
  ['a stated remission', all(noResponse, outcome({ statedCategory: 'remission', at: at(21) })), []],
  ['a response that came later', all(noResponse, outcome({ statedCategory: 'response', at: at(60) })), gate],
  ['a stated non-response', all(noResponse, outcome({ statedCategory: 'nonResponse' })), gate],
  [
    'totals that nobody knows',
    ({ assessments }) => ({
      assessments: (assessments ?? []).map(({ statedTotal: _, ...one }) => one),
    }),
    gate,
  ],
  ['no maintenance, nothing to open', all(firstSessions(6), noResponse), []],
];

describe.each<[string, readonly Case[]]>([
  ['Norway', norwegian],
  ['the gate to maintenance', gated],
])('%s', (_, cases) => {
  test.each(cases)('%s', (__, change, expected) => {
    expect(said({ ...norway, ...change(norway) })).toEqual(expected);
  });
});
