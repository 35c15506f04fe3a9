import type { JsonObject } from '../../../src/json/json.ts';
import {
  asks,
  asksBelow,
  coding,
  genders,
  holds,
  integer,
  no,
  says,
  text,
  when,
  yes,
  type AnswerCase,
} from './case.ts';

const root = 'QuestionnaireResponse';
const b = says('b', integer(1));

/** One question, and a second that depends on it and is answered. */
const depends = (
  name: string,
  type: string,
  condition: JsonObject,
  answer: JsonObject | undefined,
  enabled: boolean,
  clause?: string,
): AnswerCase => ({
  name,
  asked: [
    asks('a', type, type === 'choice' ? { answerOption: [coding('male'), coding('female')] } : {}),
    asks('b', 'integer', condition),
  ],
  answered: answer === undefined ? [b] : [says('a', answer), b],
  found: enabled ? [] : [`response-item-not-enabled ${root}.item[${answer === undefined ? 0 : 1}]`],
  ...(clause === undefined ? {} : { clause }),
});

const compared: readonly AnswerCase[] = (
  [
    ['=', [false, true, false]],
    ['!=', [true, false, true]],
    ['>', [false, false, true]],
    ['<', [true, false, false]],
    ['>=', [false, true, true]],
    ['<=', [true, true, false]],
  ] as const
).flatMap(([operator, enabled]) =>
  enabled.map((is, index) =>
    depends(`${1 + index} ${operator} 2`, 'integer', when('a', operator, { answerInteger: 2 }), integer(1 + index), is),
  ),
);

const kilograms = (value: number, code = 'kg'): JsonObject => ({
  value,
  unit: code,
  system: 'http://unitsofmeasure.org',
  code,
});
const isMale = { answerCoding: { system: genders, code: 'male' } };

const kinds: readonly AnswerCase[] = [
  depends('a boolean as asked', 'boolean', when('a', '=', { answerBoolean: true }), yes, true),
  depends('a boolean not as asked', 'boolean', when('a', '=', { answerBoolean: true }), no, false),
  depends('a boolean that is not the other', 'boolean', when('a', '!=', { answerBoolean: true }), no, true),
  depends('no answer to compare', 'boolean', when('a', '=', { answerBoolean: true }), undefined, false),
  depends('no answer to differ from', 'boolean', when('a', '!=', { answerBoolean: true }), undefined, false),
  depends('there is an answer', 'integer', when('a', 'exists', { answerBoolean: true }), integer(0), true),
  depends('there is no answer', 'integer', when('a', 'exists', { answerBoolean: true }), undefined, false),
  depends(
    'there must be no answer, and is none',
    'integer',
    when('a', 'exists', { answerBoolean: false }),
    undefined,
    true,
  ),
  depends(
    'there must be no answer, and is one',
    'integer',
    when('a', 'exists', { answerBoolean: false }),
    integer(0),
    false,
  ),
  depends('a decimal above', 'decimal', when('a', '>', { answerDecimal: 1.5 }), { valueDecimal: 1.6 }, true),
  depends('a decimal below', 'decimal', when('a', '>', { answerDecimal: 1.5 }), { valueDecimal: 1.4 }, false),
  depends('a date after', 'date', when('a', '>', { answerDate: '2026-01-05' }), { valueDate: '2026-01-06' }, true),
  depends('a date before', 'date', when('a', '>', { answerDate: '2026-01-05' }), { valueDate: '2026-01-04' }, false),
  depends(
    'a moment after',
    'dateTime',
    when('a', '>=', { answerDateTime: '2026-01-05T10:00:00Z' }),
    { valueDateTime: '2026-01-05T11:00:00+01:00' },
    true,
  ),
  depends(
    'a moment before',
    'dateTime',
    when('a', '>=', { answerDateTime: '2026-01-05T10:00:00Z' }),
    { valueDateTime: '2026-01-05T10:30:00+01:00' },
    false,
  ),
  depends('a time before', 'time', when('a', '<', { answerTime: '12:00:00' }), { valueTime: '11:59:59' }, true),
  depends('a time after', 'time', when('a', '<', { answerTime: '12:00:00' }), { valueTime: '12:00:01' }, false),
  depends('a string as asked', 'string', when('a', '=', { answerString: 'yes' }), text('yes'), true),
  depends('a string in another case', 'string', when('a', '=', { answerString: 'yes' }), text('Yes'), false),
  depends('a coding as asked', 'choice', when('a', '=', isMale), coding('male'), true),
  depends('a coding not as asked', 'choice', when('a', '=', isMale), coding('female'), false),
  depends('a coding that is not the other', 'choice', when('a', '!=', isMale), coding('female'), true),
  depends(
    'a coding whose display differs',
    'choice',
    when('a', '=', { answerCoding: { system: genders, code: 'male', display: 'Male' } }),
    { valueCoding: { system: genders, code: 'male', display: 'M' } },
    true,
  ),
  depends(
    'a quantity above',
    'quantity',
    when('a', '>', { answerQuantity: kilograms(50) }),
    { valueQuantity: kilograms(60) },
    true,
  ),
  depends(
    'a quantity below',
    'quantity',
    when('a', '>', { answerQuantity: kilograms(50) }),
    { valueQuantity: kilograms(40) },
    false,
  ),
  depends(
    'a reference that is there',
    'reference',
    when('a', 'exists', { answerBoolean: true }),
    { valueReference: { reference: 'Patient/1' } },
    true,
  ),
  depends(
    'a reference as asked',
    'reference',
    when('a', '=', { answerReference: { reference: 'Patient/1' } }),
    { valueReference: { reference: 'Patient/1' } },
    true,
    'Questionnaire.item.enableWhen.answer[x] may be a Reference; the judge throws',
  ),
  depends(
    'an answer of another type',
    'integer',
    when('a', '=', { answerString: '1' }),
    integer(1),
    false,
    'questionnaire-enable-operator =: "at least one answer has a value that is equal"; the judge throws',
  ),
];

const both = (enableBehavior: string | undefined): JsonObject => ({
  ...(enableBehavior === undefined ? {} : { enableBehavior }),
  enableWhen: [
    { question: 'a', operator: '=', answerInteger: 1 },
    { question: 'c', operator: '=', answerInteger: 1 },
  ],
});
const behaves = (
  name: string,
  behaviour: string | undefined,
  a: number,
  c: number,
  enabled: boolean,
  clause?: string,
): AnswerCase => ({
  name,
  asked: [asks('a', 'integer'), asks('c', 'integer'), asks('b', 'integer', both(behaviour))],
  answered: [says('a', integer(a)), says('c', integer(c)), b],
  found: enabled ? [] : [`response-item-not-enabled ${root}.item[2]`],
  ...(clause === undefined ? {} : { clause }),
});

const isOne = (question: string): JsonObject => when(question, '=', { answerInteger: 1 });
const notEnabled = (at: string): string[] => [`response-item-not-enabled ${root}.${at}`];
const grouped = [asksBelow('g', 'group', [asks('a', 'integer'), asks('b', 'integer', isOne('a'))], { repeats: true })];
const group = (a: number): JsonObject => holds('g', says('a', integer(a)), b);
const nearest =
  'Questionnaire.item.enableWhen.question: "the nearest question occurrence reachable by tracing first the ancestor axis"';

/** Where the question stands that another depends on. */
const places: readonly AnswerCase[] = [
  behaves('any of two, one', 'any', 1, 2, true),
  behaves('any of two, none', 'any', 2, 2, false),
  behaves('all of two, one', 'all', 1, 2, false),
  behaves('all of two, both', 'all', 1, 1, true),
  behaves('two without behaviour, one', undefined, 2, 1, true),
  behaves(
    'two without behaviour, none',
    undefined,
    2,
    2,
    false,
    'Questionnaire.item.enableWhen: "treat enableWhens as being joined by an or clause"',
  ),
  {
    name: 'each group by its own answer',
    asked: grouped,
    answered: [group(1), group(2)],
    found: notEnabled('item[1].item[1]'),
  },
  {
    name: 'each group by its own answer, the other way',
    asked: grouped,
    answered: [group(2), group(1)],
    found: notEnabled('item[0].item[1]'),
  },
  {
    name: 'any answer of a question that repeats',
    asked: [asks('a', 'integer', { repeats: true }), asks('b', 'integer', isOne('a'))],
    answered: [says('a', integer(2), integer(1)), b],
    found: [],
  },
  {
    name: 'a question in another group',
    asked: [
      asksBelow('g', 'group', [asks('a', 'integer')]),
      asksBelow('h', 'group', [asks('b', 'integer', isOne('a'))]),
    ],
    answered: [holds('g', says('a', integer(1))), holds('h', b)],
    found: [],
  },
  {
    name: 'a question in another group, otherwise',
    asked: [
      asksBelow('g', 'group', [asks('a', 'integer')]),
      asksBelow('h', 'group', [asks('b', 'integer', isOne('a'))]),
    ],
    answered: [holds('g', says('a', integer(2))), holds('h', b)],
    found: notEnabled('item[1].item[0]'),
  },
  {
    name: 'the nearest of groups that repeat',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')], { repeats: true }), asks('b', 'integer', isOne('a'))],
    answered: [holds('g', says('a', integer(1))), holds('g', says('a', integer(2))), b],
    found: notEnabled('item[2]'),
    clause: nearest,
  },
  {
    name: 'a question that follows',
    asked: [asks('b', 'integer', isOne('a')), asks('a', 'integer')],
    answered: [b, says('a', integer(1))],
    found: [],
  },
  {
    name: 'a question that follows, otherwise',
    asked: [asks('b', 'integer', isOne('a')), asks('a', 'integer')],
    answered: [b, says('a', integer(2))],
    found: notEnabled('item[0]'),
  },
  {
    name: 'a question around it',
    asked: [asksBelow('a', 'integer', [asks('b', 'integer', isOne('a'))])],
    answered: [says('a', { ...integer(1), item: [b] })],
    found: [],
  },
  {
    name: 'a question around it, otherwise',
    asked: [asksBelow('a', 'integer', [asks('b', 'integer', isOne('a'))])],
    answered: [says('a', { ...integer(2), item: [b] })],
    found: notEnabled('item[0].answer[0].item[0]'),
  },
  {
    name: 'a group that is not enabled',
    asked: [asks('a', 'integer'), asksBelow('g', 'group', [asks('b', 'integer')], isOne('a'))],
    answered: [says('a', integer(2)), holds('g', b)],
    found: notEnabled('item[1]'),
  },
  {
    name: 'a group that is not enabled and empty',
    asked: [asks('a', 'integer'), asksBelow('g', 'group', [asks('b', 'integer')], isOne('a'))],
    answered: [says('a', integer(2)), says('g')],
    found: [],
  },
  {
    name: 'a question that is not enabled, without answer',
    asked: [asks('a', 'integer'), asks('b', 'integer', isOne('a'))],
    answered: [says('a', integer(2)), says('b')],
    found: [],
  },
  {
    name: 'a question that is not enabled is checked all the same',
    asked: [asks('a', 'integer'), asks('b', 'integer', isOne('a'))],
    answered: [says('a', integer(2)), says('b', text('one'))],
    found: [...notEnabled('item[1]'), `response-answer-type ${root}.item[1].answer[0].value.ofType(string)`],
  },
  {
    name: 'each of those that are not enabled',
    asked: [asks('a', 'integer'), asks('b', 'integer', { ...isOne('a'), repeats: true })],
    answered: [says('a', integer(2)), b, b],
    found: [...notEnabled('item[1]'), ...notEnabled('item[2]')],
  },
  {
    name: 'a group in a group by an answer outside',
    asked: [
      asks('a', 'integer'),
      asksBelow('g', 'group', [asksBelow('h', 'group', [asks('b', 'integer', isOne('a'))])]),
    ],
    answered: [says('a', integer(2)), holds('g', holds('h', b))],
    found: notEnabled('item[1].item[0].item[0]'),
  },
];

export const enablingCases: readonly AnswerCase[] = [...compared, ...kinds, ...places];
