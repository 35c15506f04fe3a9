import { describe, expect, it, test } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { monitoringMoments } from '../../src/definitions/programme-action.ts';
import { criterionOf, type Programme } from '../../src/definitions/programme.ts';
import { deviations } from '../../src/definitions/schedule.ts';
import { keywordCodings } from '../../src/definitions/terminology.ts';
import { artefacts, codesOf, codingsIn } from './artefacts.ts';

const questionnaire = (key: string): string => `https://w3id.org/coursebridge/Questionnaire/${key}`;
const plans = artefacts('plandefinitions');

/** A programme as the domain notes say it (protocols.json), null where they say nothing. */
const known = ({ phases, treatments, assessments, monitoring, psychotherapy, criteria }: Programme) => ({
  phases: phases.map(({ key, days, treatments: planned, gate }) => [
    key,
    days ?? null,
    planned === undefined ? null : [planned.least ?? null, planned.most ?? null, planned.interval ?? null],
    gate?.percent ?? null,
  ]),
  doses: (treatments?.ways ?? []).map(({ substance, route, perWeight, minutes }) => [
    substance ?? null,
    route ?? null,
    perWeight ?? null,
    minutes ?? null,
  ]),
  assessments: assessments.map(({ instruments, kind, n }) =>
    [instruments.map((one) => one.replace(questionnaire(''), '')).join('|'), kind, n ?? ''].join(' ').trim(),
  ),
  monitoring: monitoring.map(({ vital, moment, asked }) => `${vital} ${moment}${asked ? '' : ' perhaps'}`),
  psychotherapy,
  criteria: criteria.map(({ instrument, percent }) => [instrument ?? null, percent]),
});

const month = 365.25 / 12;

test.each([
  [
    'norway',
    {
      phases: [
        ['screening', null, null, null],
        ['initiation', 21, [6, 6, 3.5], null],
        ['evaluation', null, null, null],
        ['maintenance', null, [6, 6, month], 50],
      ],
      doses: [
        ['ketamine', 'IV', null, 40],
        ['ketamine', 'IM', null, null],
      ],
      assessments: [
        'madrs baseline',
        'phq9 baseline',
        'gad7 baseline',
        'kset-screening|kset-baseline baseline',
        'suicide-risk baseline',
        'madrs afterSession 6',
        'phq9 afterSession 6',
        'gad7 afterSession 6',
        'kset-acute|kset-followup afterSession 6',
        'suicide-risk endOfTreatment',
      ],
      monitoring: ['bloodPressure during', 'heartRate during', 'respiratoryRate during'],
      psychotherapy: true,
      criteria: [[null, 50]],
    },
  ],
  [
    'portugal',
    {
      phases: [
        ['treatment', 56, [null, null, null], null],
        ['followUp', 3 * month, null, null],
      ],
      doses: [[null, 'IV', null, null]],
      assessments: [
        'phq9 baseline',
        'interview baseline',
        'suicide-risk baseline',
        'phq9 week 8',
        'interview week 8',
        'suicide-risk endOfTreatment',
        'interview followUp',
      ],
      monitoring: [],
      psychotherapy: true,
      criteria: [[questionnaire('phq9'), 50]],
    },
  ],
  [
    'guangzhou',
    {
      phases: [
        ['treatment', 14, [6, 6, 7 / 3], null],
        ['followUp', null, null, null],
      ],
      doses: [[null, 'IV', 0.5, null]],
      assessments: ['madrs baseline', 'sfmpq baseline', 'madrs afterSession', 'madrs day 26'],
      monitoring: [],
      psychotherapy: false,
      criteria: [],
    },
  ],
  [
    'kaiser',
    {
      phases: [],
      doses: [[null, null, null, null]],
      assessments: [],
      monitoring: [
        'bloodPressure before',
        'bloodPressure after perhaps',
        'bloodPressure close',
        'bloodPressure firstSession',
        'bloodPressure afterDoseIncrease',
      ],
      psychotherapy: true,
      criteria: [],
    },
  ],
  [
    'los-angeles',
    {
      phases: [
        ['treatment', null, [4, 6, null], null],
        ['integration', null, null, null],
        ['maintenance', null, [null, null, null], null],
      ],
      doses: ['IV', 'IM', 'SC', 'SL', 'IN'].map((route) => [null, route, null, null]),
      assessments: [],
      monitoring: [],
      psychotherapy: true,
      criteria: [],
    },
  ],
])('%s', (key, expected) => {
  const programme = shippedDefinitions.programme(key);
  expect(programme).toMatchObject({
    key,
    url: `https://w3id.org/coursebridge/PlanDefinition/${key}`,
    version: '0.1.0',
  });
  expect(programme && known(programme)).toEqual(expected);
});

describe('no dose that the source does not state', () => {
  /** Every value that has a unit, and every text that names a dose, by its plan. */
  function* amountsIn(value: unknown): Generator<string> {
    if (typeof value === 'string' && /\d\s*(mg|g|mL|µg|ug)\b/i.test(value)) yield value;
    if (typeof value !== 'object' || value === null) return;
    const {
      value: amount,
      code,
      duration,
      durationUnit,
    } = value as Readonly<Record<string, string | number | undefined>>;
    if (amount !== undefined && typeof code === 'string') yield `${String(amount)} ${code}`;
    if (duration !== undefined) yield `${String(duration)} ${String(durationUnit)}`;
    for (const inner of Object.values(value)) yield* amountsIn(inner);
  }

  test.each([
    ['norway', ['40 min', '3 wk', '50 %']],
    ['portugal', ['50 %', '8 wk', '3 mo']],
    [
      'guangzhou',
      [
        'Infusion into a vein, 0.5 mg/kg',
        '0.5 mg/kg',
        'Six infusions of ketamine, 0.5 mg/kg each, in two weeks, and an assessment on day 26. Psychotherapy was no part of it. The source states no duration of an infusion.',
        '2 wk',
        '25 d',
      ],
    ],
    ['kaiser', ['20 min', '30 min']],
    ['los-angeles', []],
  ])('%s', (key, expected) => {
    expect([...new Set(amountsIn(plans.get(key)))].toSorted()).toEqual(expected.toSorted());
  });

  it('in any plan that we ship', () => {
    expect([...plans.keys()].toSorted()).toEqual(shippedDefinitions.programmes.map(({ key }) => key).toSorted());
  });
});

describe('what a plan refers to', () => {
  type Action = {
    id?: string;
    definitionCanonical?: string;
    goalId?: string[];
    relatedAction?: { actionId: string }[];
  };

  function* actionsIn(value: unknown): Generator<Action> {
    for (const action of (value as { action?: unknown[] }).action ?? []) {
      yield action as Action;
      yield* actionsIn(action);
    }
  }
  const questionnaires = new Set([...artefacts<{ url: string }>('questionnaires').values()].map(({ url }) => url));

  it.each([...plans])('%s', (_, plan) => {
    const { contained = [], goal = [] } = plan as { contained?: { id: string }[]; goal?: { id: string }[] };
    const actions = [...actionsIn(plan)];
    const ids = new Set(actions.map(({ id }) => id));
    const canonicals = actions.flatMap(({ definitionCanonical }) => definitionCanonical ?? []);
    const doses = contained.map(({ id }) => `#${id}`);
    expect(actions.length).toBeGreaterThan(4);
    expect(canonicals.filter((one) => !questionnaires.has(one) && !doses.includes(one))).toEqual([]);
    expect(doses.filter((one) => !canonicals.includes(one))).toEqual([]);
    expect(
      actions.flatMap(({ relatedAction = [] }) => relatedAction).filter(({ actionId }) => !ids.has(actionId)),
    ).toEqual([]);
    expect(actions.flatMap(({ goalId = [] }) => goalId).filter((id) => !goal.some((one) => one.id === id))).toEqual([]);
  });

  it.each([...plans])('%s: the standard codes are those of their keywords', (_, plan) => {
    const codings = [...codingsIn(plan)];
    const own = codings.filter(({ system }) => /CodeSystem\/(route|modality|observation)$/.test(system));
    const standard = own.flatMap(({ system, code }) =>
      keywordCodings(system.split('/').at(-1) ?? '', code).slice(0, -1),
    );
    const ketamine = keywordCodings('substance', 'ketamine').slice(0, -1);
    for (const coding of [...standard, ...ketamine]) expect(codings).toContainEqual(coding);
  });

  it('our own lists of codes are published', () => {
    expect(codesOf('monitoring-moment')).toEqual(monitoringMoments);
    expect(codesOf('deviation')).toEqual(deviations);
  });
});

describe('the criterion', () => {
  test.each([
    ['norway', 'phq9', 50],
    ['norway', 'madrs', 50],
    ['portugal', 'phq9', 50],
    ['portugal', questionnaire('phq9'), 50],
    ['portugal', 'madrs', undefined],
    ['guangzhou', 'madrs', undefined],
    ['kaiser', 'phq9', undefined],
    ['elsewhere', 'phq9', undefined],
  ])('of %s on %s', (key, instrument, expected) => {
    expect(criterionOf(shippedDefinitions.programme(key), instrument)).toBe(expected);
  });
});
