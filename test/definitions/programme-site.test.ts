import { describe, expect, it, test } from 'vitest';
import { readDefinitions, shippedProgrammes } from '../../src/definitions/definitions.ts';
import { readProgramme } from '../../src/definitions/programme.ts';
import { checkSchedule, labelCourse } from '../../src/definitions/schedule.ts';
import { parseJson } from '../../src/json/json.ts';
import { at, courseOf, sessionsOn } from './schedule-courses.ts';

describe("a site's own", () => {
  const [norway] = shippedProgrammes as readonly Record<string, unknown>[];
  const own = {
    ...norway,
    id: 'monthly-first',
    url: 'https://hospital.test/PlanDefinition/our-plan',
    identifier: [{ system: 'https://hospital.test/plans', value: 'P-7' }],
    name: 'OurPlan',
    title: 'Our plan',
  };
  const definitions = readDefinitions([...shippedProgrammes, own]);

  it.each(['P-7', 'monthly-first', 'OurPlan', 'our-plan', own.url])('is found as %s', (name) => {
    expect(definitions.programme(name)).toMatchObject({ key: 'P-7', title: 'Our plan' });
  });

  it('stands beside ours, or in the place of one', () => {
    expect(definitions.programmes.map(({ key }) => key).slice(-2)).toEqual(['los-angeles', 'P-7']);
    expect(definitions.programme('norway')?.url).toBe(norway?.['url']);
    const replaced = readDefinitions([...shippedProgrammes, { ...own, url: norway?.['url'] }]);
    expect(replaced.programmes.length).toBe(5);
    expect(replaced.programme('norway')?.title).toBe('Our plan');
    expect(definitions.programme('elsewhere')).toBeUndefined();
  });

  it('labels and checks a course by nothing but its own data', () => {
    const url = 'https://hospital.test/Questionnaire/wellbeing';
    const changed = JSON.stringify(own)
      .replaceAll('"count":6,"frequency":2,"period":1', '"count":2,"frequency":1,"period":1')
      .replaceAll('"valueInteger":6', '"valueInteger":2')
      .replaceAll('https://w3id.org/coursebridge/Questionnaire/phq9', `${url}|3`);
    const weekly = readDefinitions([JSON.parse(changed)]).programme('P-7');
    const course = courseOf('P-7', {
      sessions: sessionsOn([1, 8, 38]),
      assessments: [
        { id: 'A', instrument: url, at: at(0) },
        { id: 'B', instrument: url, at: at(9) },
      ],
    });
    const { sessions, assessments } = labelCourse(course, weekly);
    expect([...sessions.values()]).toEqual([
      { ordinal: 1, phase: 'initiation', phaseOrdinal: 1, deviations: [] },
      { ordinal: 2, phase: 'initiation', phaseOrdinal: 2, deviations: [] },
      { ordinal: 3, phase: 'maintenance', phaseOrdinal: 1, deviations: [] },
    ]);
    expect(Object.fromEntries(assessments)).toEqual({ A: { kind: 'baseline' }, B: { kind: 'afterSession', n: 2 } });
    const lacking = checkSchedule({ ...course, assessments: [] }, weekly, definitions).map(
      ({ facts }) => facts?.['instrument'],
    );
    expect(lacking.filter((instrument) => instrument === url).length).toBe(2);
  });

  it('may write its numbers with digits of its own', () => {
    const json = parseJson(JSON.stringify(shippedProgrammes[2]).replace('"value":0.5,', '"value":0.50,'));
    expect(json.ok && readProgramme(json.value).treatments?.ways).toMatchObject([{ perWeight: 0.5 }]);
  });

  it('may name a version of a Questionnaire, leave an assessment to the clinic, and let a group hold for what is below', () => {
    const timepoint = {
      url: 'https://w3id.org/coursebridge/StructureDefinition/timepoint',
      extension: [
        { url: 'kind', valueCoding: { system: 'https://w3id.org/coursebridge/CodeSystem/timepoint', code: 'month' } },
        { url: 'n', valueInteger: 3 },
      ],
    };
    const asks = (canonical: string) => ({ definitionCanonical: canonical });
    const { assessments } = readProgramme({
      url: 'https://hospital.test/PlanDefinition/p',
      action: [
        {
          extension: [timepoint],
          requiredBehavior: 'could',
          action: [asks('https://hospital.test/Q/a|2'), asks('https://hospital.test/Q/b')],
        },
        {
          extension: [timepoint],
          selectionBehavior: 'one-or-more',
          action: [asks('https://hospital.test/Q/a'), asks('https://hospital.test/Q/b')],
        },
        { ...asks('https://hospital.test/Q/c') },
      ],
    });
    const [a, b] = ['https://hospital.test/Q/a', 'https://hospital.test/Q/b'];
    expect(assessments).toEqual([
      { instruments: [a], kind: 'month', n: 3, asked: false },
      { instruments: [b], kind: 'month', n: 3, asked: false },
      { instruments: [a, b], kind: 'month', n: 3, asked: true },
    ]);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'PlanDefinition'],
    ['lists where elements should be', { url: [], action: {}, goal: [1], contained: 'x', identifier: [null] }],
    [
      'actions of no meaning',
      { action: [{ code: [{}], timingTiming: 3, extension: [{}], definitionCanonical: 7, goalId: 'g' }] },
    ],
    [
      'codes that we do not have',
      { action: [{ code: [{ coding: [{ system: 'https://w3id.org/coursebridge/CodeSystem/phase', code: 'x' }] }] }] },
    ],
  ])('that holds %s plans nothing', (_, plan) => {
    expect(readProgramme(plan)).toMatchObject({
      phases: [],
      treatments: undefined,
      assessments: [],
      monitoring: [],
      psychotherapy: false,
      criteria: [],
    });
  });

  it('without a url is passed over', () => {
    expect(readDefinitions([{ ...own, url: undefined }]).programmes).toEqual([]);
  });
});
