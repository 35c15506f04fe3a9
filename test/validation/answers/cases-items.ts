import { asks, asksBelow, holds, integer, no, says, text, yes, type AnswerCase } from './case.ts';

const ab = [asks('a', 'integer'), asks('b', 'integer')];
const root = 'QuestionnaireResponse';

/** Which items stand where, how often and in which order, and which must be there. */
export const itemCases: readonly AnswerCase[] = [
  { name: 'all as asked', asked: ab, answered: [says('a', integer(1)), says('b', integer(2))], found: [] },
  { name: 'nothing answered', asked: ab, answered: [says('a')], found: [] },
  { name: 'an unknown item', asked: ab, answered: [says('zzz', integer(1))], found: [`response-item-unknown ${root}`] },
  {
    name: 'an unknown item in a group',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')])],
    answered: [holds('g', says('zzz', integer(1)))],
    found: [`response-item-unknown ${root}.item[0]`],
  },
  {
    name: 'an unknown item below an answer',
    asked: [asksBelow('a', 'boolean', [asks('b', 'integer')])],
    answered: [says('a', { ...yes, item: [says('zzz', integer(1))] })],
    found: [`response-item-unknown ${root}.item[0].answer[0]`],
  },
  {
    name: 'an item without linkId',
    asked: ab,
    answered: [{ answer: [integer(1)] }],
    found: [`response-item-without-link ${root}`],
  },
  {
    name: 'a child at the root',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')])],
    answered: [says('a', integer(1))],
    found: [`response-item-misplaced ${root}`],
  },
  {
    name: 'a misplaced item is checked all the same',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')])],
    answered: [says('a', text('one'))],
    found: [`response-item-misplaced ${root}`, `response-answer-type ${root}.item[0].answer[0].value.ofType(string)`],
  },
  {
    name: 'an item of the root in a group',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')]), asks('b', 'integer')],
    answered: [holds('g', says('b', integer(1)))],
    found: [`response-item-misplaced ${root}.item[0]`],
  },
  {
    name: 'a group in itself',
    asked: [asksBelow('g', 'group', [asks('a', 'integer')], { repeats: true })],
    answered: [holds('g', holds('g', says('a', integer(1))))],
    found: [`response-item-misplaced ${root}.item[0]`],
  },
  {
    name: 'out of order',
    asked: ab,
    answered: [says('b', integer(1)), says('a', integer(1))],
    found: [`response-items-out-of-order ${root}`],
  },
  {
    name: 'out of order in a group',
    asked: [asksBelow('g', 'group', ab)],
    answered: [holds('g', says('b', integer(1)), says('a', integer(1)))],
    found: [`response-items-out-of-order ${root}.item[0]`],
  },
  {
    name: 'an item twice',
    asked: ab,
    answered: [says('a', integer(1)), says('a', integer(2))],
    found: [`response-item-twice ${root}`],
  },
  {
    name: 'an item twice, apart',
    asked: ab,
    answered: [says('a', integer(1)), says('b', integer(2)), says('a', integer(3))],
    found: [`response-items-out-of-order ${root}`, `response-item-twice ${root}`],
  },
  {
    name: 'a group twice',
    asked: [asksBelow('g', 'group', ab)],
    answered: [holds('g', says('a', integer(1))), holds('g', says('b', integer(1)))],
    found: [`response-item-twice ${root}`],
  },
  {
    name: 'a group that repeats',
    asked: [asksBelow('g', 'group', ab, { repeats: true })],
    answered: [holds('g', says('a', integer(1))), holds('g', says('a', integer(1)), says('b', integer(1)))],
    found: [],
  },
  {
    name: 'answers that repeat',
    asked: [asks('a', 'integer', { repeats: true })],
    answered: [says('a', integer(1), integer(2))],
    found: [],
  },
  {
    name: 'a question that repeats, as items',
    asked: [asks('a', 'integer', { repeats: true })],
    answered: [says('a', integer(1)), says('a', integer(2))],
    found: [],
  },
  {
    name: 'two answers to one question',
    asked: ab,
    answered: [says('a', integer(1), integer(2))],
    found: [`response-answer-twice ${root}.item[0]`],
  },
  {
    name: 'three answers to one question',
    asked: ab,
    answered: [says('a', integer(1), integer(2), integer(3))],
    found: [`response-answer-twice ${root}.item[0]`],
  },
  {
    name: 'a group with an answer',
    asked: [asksBelow('g', 'group', ab)],
    answered: [says('g', integer(1))],
    found: [`response-group-answered ${root}.item[0]`],
  },
  {
    name: 'a group with an answer and items',
    asked: [asksBelow('g', 'group', ab)],
    answered: [{ linkId: 'g', answer: [integer(1)], item: [says('a', text('one'))] }],
    found: [
      `response-group-answered ${root}.item[0]`,
      `response-answer-type ${root}.item[0].item[0].answer[0].value.ofType(string)`,
    ],
  },
  { name: 'a display', asked: [asks('d', 'display'), ...ab], answered: [says('d'), says('a', integer(1))], found: [] },
  {
    name: 'a display with an answer',
    asked: [asks('d', 'display')],
    answered: [says('d', text('read'))],
    found: [`response-display-filled ${root}.item[0]`],
  },
  {
    name: 'a display with items',
    asked: [asks('d', 'display'), ...ab],
    answered: [holds('d', says('a', integer(1)))],
    found: [`response-display-filled ${root}.item[0]`],
  },
  {
    name: 'a display with an answer that has items',
    asked: [asks('d', 'display'), ...ab],
    answered: [says('d', { ...yes, item: [says('a', text('one'))] })],
    found: [
      `response-display-filled ${root}.item[0]`,
      `response-item-misplaced ${root}.item[0].answer[0]`,
      `response-answer-type ${root}.item[0].answer[0].item[0].answer[0].value.ofType(string)`,
    ],
  },
  {
    name: 'items beside an answer',
    asked: [asksBelow('a', 'boolean', [asks('b', 'integer')])],
    answered: [{ linkId: 'a', answer: [yes], item: [says('b', integer(1))] }],
    found: [`response-items-outside-answer ${root}.item[0]`],
  },
  {
    name: 'items of a question without answer',
    asked: [asksBelow('a', 'boolean', [asks('b', 'integer')])],
    answered: [holds('a', says('b', integer(1)))],
    found: [`response-items-outside-answer ${root}.item[0]`],
  },
  {
    name: 'items below an answer',
    asked: [asksBelow('a', 'boolean', [asks('b', 'integer')])],
    answered: [says('a', { ...yes, item: [says('b', integer(1))] })],
    found: [],
  },
  {
    name: 'items below an answer without value',
    asked: [asksBelow('a', 'boolean', [asks('b', 'integer')])],
    answered: [says('a', { item: [says('b', integer(1))] })],
    found: [],
  },
  {
    name: 'an item twice below an answer',
    asked: [asksBelow('q', 'boolean', ab)],
    answered: [says('q', { ...yes, item: [says('b', integer(1)), says('b', integer(1))] })],
    found: [`response-item-twice ${root}.item[0].answer[0]`],
  },
  {
    name: 'a fault below the second answer',
    asked: [asksBelow('q', 'boolean', ab, { repeats: true })],
    answered: [says('q', yes, { ...no, item: [says('a', text('one'))] })],
    found: [`response-answer-type ${root}.item[0].answer[1].item[0].answer[0].value.ofType(string)`],
  },
  {
    name: 'a fault below the second group',
    asked: [asksBelow('g', 'group', ab, { repeats: true })],
    answered: [holds('g', says('a', integer(1))), holds('g', says('a', integer(1)), says('b', text('one')))],
    found: [`response-answer-type ${root}.item[1].item[1].answer[0].value.ofType(string)`],
  },
  {
    name: 'the text of the form',
    asked: [asks('a', 'integer', { text: 'How many?' })],
    answered: [{ linkId: 'a', text: 'How many?', answer: [integer(1)] }],
    found: [],
  },
  {
    name: 'another text',
    asked: [asks('a', 'integer', { text: 'How many?' })],
    answered: [{ linkId: 'a', text: 'How much?', answer: [integer(1)] }],
    found: [`response-text-differs ${root}.item[0]`],
  },
  {
    name: 'a text where the form has none',
    asked: [asks('a', 'integer')],
    answered: [{ linkId: 'a', text: 'How much?', answer: [integer(1)] }],
    found: [`response-text-differs ${root}.item[0]`],
  },
  {
    name: 'a text with another space',
    asked: [asks('a', 'integer', { text: 'How many?' })],
    answered: [{ linkId: 'a', text: 'How  many?', answer: [integer(1)] }],
    found: [`response-text-differs ${root}.item[0]`],
  },
  {
    name: 'another text of a group',
    asked: [asksBelow('g', 'group', ab, { text: 'Some' })],
    answered: [{ linkId: 'g', text: 'Others', item: [says('a', integer(1))] }],
    found: [`response-text-differs ${root}.item[0]`],
  },
];
