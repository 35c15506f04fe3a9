import { describe, expect, test } from 'vitest';
import { definitionFaults } from '../../src/definitions/definition-faults.ts';
import { plan, questionnaire } from '../cli/site-definitions.ts';
import { artefacts } from './artefacts.ts';

const ownUrl = 'https://w3id.org/coursebridge/StructureDefinition';

/** The places of the faults of a definition with this value, or nothing at all, at a path. */
function faultsWith(definition: object, path: string, value?: unknown): readonly string[] {
  const changed = structuredClone(definition);
  const steps = path.split('.');
  const holder = steps.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], changed);
  (holder as Record<string, unknown>)[steps.at(-1) ?? ''] = value;
  return definitionFaults(JSON.parse(JSON.stringify(changed))).map(({ at }) => at);
}

const shipped = [...artefacts('questionnaires'), ...artefacts('plandefinitions')];

test.each([...shipped, ['the questionnaire of the tests', questionnaire], ['their plan', plan]] as const)(
  '%s has no fault',
  (_name, resource) => expect(definitionFaults(resource)).toEqual([]),
);

test('what is no Questionnaire and no PlanDefinition has none either', () => {
  const others = [{ resourceType: 'ValueSet', item: 1 }, [], null, 'Questionnaire', {}];
  expect(others.flatMap((one) => definitionFaults(one))).toEqual([]);
});

describe('a Questionnaire', () => {
  const weight = 'item.1.answerOption.2.valueCoding.extension.0.valueDecimal';
  test.each([
    ['has no items', 'item', undefined, ['item']],
    ['has an empty list of items', 'item', [], ['item']],
    ['has items that are no list', 'item', { linkId: 'a' }, ['item']],
    ['has a linkId twice', 'item.2.linkId', 'falling-asleep', ['item[2].linkId', 'item[3].extension[4].valueString']],
    ['has no linkId', 'item.3.linkId', undefined, ['item[3].linkId']],
    ['has a linkId twice, below', 'item.0.item', [{ linkId: 'rest-total', type: 'display' }], ['item[3].linkId']],
    ['sums an item that is not there', 'item.3.extension.3.valueString', 'zq', ['item[3].extension[3].valueString']],
    ['sums what cannot be answered', 'item.0.type', 'display', ['item[3].extension[2].valueString']],
    ['has a score that is not readOnly', 'item.3.readOnly', undefined, ['item[3].readOnly']],
    ['has a score without a key', 'item.3.extension.1.valueString', 1, ['item[3].extension[1].valueString']],
    ['has a weight that is text', weight, '4', [weight.replace(/\.(\d)/g, '[$1]')]],
    ['has no weight in its ordinalValue', weight, undefined, [weight.replace(/\.(\d)/g, '[$1]')]],
    ['has options that are no list', 'item.0.answerOption', {}, ['item[0].answerOption']],
    ['has a band from more to less', 'item.3.extension.5.extension.0.valueDecimal', 6, ['item[3].extension[5]']],
    ['has a band without a limit', 'item.3.extension.6.extension.1.valueDecimal', 'zq', ['item[3].extension[6]']],
    [
      'has a band without a code',
      'item.3.extension.6.extension.2.valueCoding.code',
      undefined,
      ['item[3].extension[6]'],
    ],
    [
      'has a safety item from no number on',
      'item.0.extension',
      [{ url: `${ownUrl}/safety-item`, valueInteger: '1' }],
      ['item[0].extension[0].valueInteger'],
    ],
  ])('that %s', (_what, path, value, places) =>
    expect(faultsWith(questionnaire, path, value)).toEqual(places.map((place) => `Questionnaire.${place}`)),
  );

  test.each([
    ['an extension of others', 'item.0.extension', [{ url: 'https://clinic.example.org/mine', valueString: 3 }]],
    ['a weight of nought', 'item.1.answerOption.2.valueCoding.extension.0.valueDecimal', 0],
    ['a band of one number', 'item.3.extension.5.extension.1.valueDecimal', 0],
    ['an item of a type that is not read', 'item.4', { linkId: 'photo', type: 'attachment' }],
  ])('may have %s', (_what, path, value) => expect(faultsWith(questionnaire, path, value)).toEqual([]));

  test('sums groups and other scores', () => {
    const sum = (linkId: string, ...names: string[]): object => ({
      linkId,
      type: 'decimal',
      readOnly: true,
      extension: names.map((valueString) => ({ url: `${ownUrl}/score-items`, valueString })),
    });
    const item = [
      { linkId: 'group', type: 'group', item: questionnaire.item.slice(0, 3) },
      sum('part', 'group'),
      sum('all', 'part'),
    ];
    expect(definitionFaults({ ...questionnaire, item })).toEqual([]);
  });
});

describe('a PlanDefinition', () => {
  const repeat = 'action.0.action.1.timingTiming.repeat';
  const doses = 'action[0].action[1]';
  const inRepeat = (name: string): string[] => [`${doses}.timingTiming.repeat.${name}`];
  const moment = (code: string): object[] => [
    {
      url: `${ownUrl}/monitoring-moment`,
      valueCoding: { system: 'https://w3id.org/coursebridge/CodeSystem/monitoring-moment', code },
    },
  ];
  test.each([
    ['names a resource that it does not contain', 'contained', undefined, [`${doses}.definitionCanonical`]],
    ['has contained resources that are no list', 'contained', {}, ['contained', `${doses}.definitionCanonical`]],
    ['has an unknown phase', 'action.0.code.0.coding.0.code', 'zq', ['action[0].code[0].coding[0].code']],
    ['has a code that is no list', 'action.0.code', { coding: [] }, ['action[0].code']],
    [
      'has an unknown route',
      'contained.0.dosage.0.route.coding.0.code',
      'zq',
      ['contained[0].dosage[0].route.coding[0].code'],
    ],
    ['counts by halves', `${repeat}.count`, 2.5, inRepeat('count')],
    ['counts by text', `${repeat}.count`, '2', inRepeat('count')],
    ['counts down', `${repeat}.countMax`, 1, inRepeat('countMax')],
    ['is never', `${repeat}.frequency`, 0, inRepeat('frequency')],
    ['has a period of 0', `${repeat}.period`, 0, inRepeat('period')],
    ['has a period of text', `${repeat}.period`, '1', inRepeat('period')],
    ['has an unknown unit', `${repeat}.periodUnit`, 'week', inRepeat('periodUnit')],
    ['has a period without a unit', `${repeat}.periodUnit`, undefined, inRepeat('periodUnit')],
    ['has a timing that is none', 'action.0.action.1.timingTiming', 'zq', [`${doses}.timingTiming`]],
    ['has actions that are no list', 'action', { title: 'zq' }, ['action']],
    ['has inner actions that are no list', 'action.0.action', 'zq', ['action[0].action']],
    ['has an action that is none', 'action.1', 'zq', ['action']],
    ['names a goal that is not there', 'action.0.goalId', ['response', 'zq'], ['action[0].goalId[1]']],
    ['names a goal outside a list', 'action.0.goalId', 'response', ['action[0].goalId']],
    [
      'names an action that is not there',
      'action.0.action.0.relatedAction.0.actionId',
      'zq',
      ['action[0].action[0].relatedAction[0].actionId'],
    ],
    [
      'has an unknown kind of timepoint',
      'action.0.action.0.extension.0.extension.0.valueCoding.code',
      'zq',
      ['action[0].action[0].extension[0]'],
    ],
    [
      'has a timepoint of no whole number',
      'action.0.action.0.extension.0.extension.1',
      { url: 'n', valueInteger: 1.5 },
      ['action[0].action[0].extension[0].extension[1].valueInteger'],
    ],
    ['has an unknown moment', 'action.0.extension', moment('zq'), ['action[0].extension[0].valueCoding']],
    [
      'has a criterion that is no number',
      'goal.0.target.0.detailRange.low.value',
      '40',
      ['goal[0].target[0].detailRange.low.value'],
    ],
  ])('that %s', (_what, path, value, places) =>
    expect(faultsWith(plan, path, value)).toEqual(places.map((place) => `PlanDefinition.${place}`)),
  );

  test.each([
    ['an action without a code', 'action.0.code', undefined],
    ['a code of others', 'action.0.code.0.coding.0.system', 'https://clinic.example.org/phases'],
    ['a known moment', 'action.0.extension', moment('during')],
    ['a goal that it names', 'action.0.goalId', ['response']],
    ['a timing that is a code', 'action.0.action.1.timingTiming', { code: { text: 'weekly' } }],
    ['minutes', `${repeat}.periodUnit`, 'min'],
  ])('may have %s', (_what, path, value) => expect(faultsWith(plan, path, value)).toEqual([]));
});
