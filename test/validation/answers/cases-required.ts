import { asks, asksBelow, extended, holds, integer, says, when, yes, no, type AnswerCase } from './case.ts';

const required = { required: true };
const a = asks('a', 'integer', required);
const b = asks('b', 'integer');
const root = 'QuestionnaireResponse';

/** What must be answered, and how much that matters in which status. */
export const requiredCases: readonly AnswerCase[] = [
  {
    name: 'a required item is missing',
    asked: [a, b],
    answered: [says('b', integer(1))],
    found: [`response-answer-missing ${root}`],
  },
  {
    name: 'a required item without answer',
    asked: [a],
    answered: [says('a')],
    found: [`response-answer-missing ${root}.item[0]`],
  },
  ...['in-progress', 'stopped', 'entered-in-error'].map((status) => ({
    name: `a required item is missing, ${status}`,
    asked: [a, b],
    answered: [says('b', integer(1))],
    response: { status },
    found: [`response-answer-missing-so-far ${root}`],
  })),
  {
    name: 'a required item without answer, in progress',
    asked: [a],
    answered: [says('a')],
    response: { status: 'in-progress' },
    found: [`response-answer-missing-so-far ${root}.item[0]`],
  },
  {
    name: 'a required item is missing, amended',
    asked: [a, b],
    answered: [says('b', integer(1))],
    response: { status: 'amended' },
    found: [`response-answer-missing ${root}`],
  },
  {
    name: 'a required item of an optional group that is missing',
    asked: [asksBelow('g', 'group', [a]), b],
    answered: [says('b', integer(1))],
    found: [],
  },
  {
    name: 'a required item of a group that is there',
    asked: [asksBelow('g', 'group', [a, b])],
    answered: [holds('g', says('b', integer(1)))],
    found: [`response-answer-missing ${root}.item[0]`],
  },
  {
    name: 'a required item of the second group',
    asked: [asksBelow('g', 'group', [a, b], { repeats: true })],
    answered: [holds('g', says('a', integer(1))), holds('g', says('b', integer(1)))],
    found: [`response-answer-missing ${root}.item[1]`],
  },
  {
    name: 'a required group is missing',
    asked: [asksBelow('g', 'group', [b], required), asks('c', 'integer')],
    answered: [says('c', integer(1))],
    found: [`response-answer-missing ${root}`],
  },
  {
    name: 'a required group is empty',
    asked: [asksBelow('g', 'group', [b], required)],
    answered: [says('g')],
    found: [`response-group-empty ${root}.item[0]`],
  },
  {
    name: 'a required group is empty, in progress',
    asked: [asksBelow('g', 'group', [b], required)],
    answered: [says('g')],
    response: { status: 'in-progress' },
    found: [`response-answer-missing-so-far ${root}.item[0]`],
    clause: 'Questionnaire.item.required: "the item must be present in a completed QuestionnaireResponse"',
  },
  {
    name: 'a required item below an answer',
    asked: [asksBelow('q', 'boolean', [a, b])],
    answered: [says('q', { ...yes, item: [says('b', integer(1))] })],
    found: [`response-answer-missing ${root}.item[0].answer[0]`],
  },
  {
    name: 'a required item below an answer without items',
    asked: [asksBelow('q', 'boolean', [a])],
    answered: [says('q', yes)],
    found: [`response-answer-missing ${root}.item[0].answer[0]`],
  },
  {
    name: 'a required item below a question that was not answered',
    asked: [asksBelow('q', 'boolean', [a]), b],
    answered: [says('b', integer(1))],
    found: [],
  },
  {
    name: 'a required item with an answer that has no value',
    asked: [asksBelow('q', 'boolean', [b], required)],
    answered: [says('q', { item: [says('b', integer(1))] })],
    found: [],
  },
  {
    name: 'a required item that is not enabled',
    asked: [asks('q', 'boolean'), asks('a', 'integer', { ...required, ...when('q', '=', { answerBoolean: true }) })],
    answered: [says('q', no)],
    found: [],
  },
  {
    name: 'a required item that is enabled',
    asked: [asks('q', 'boolean'), asks('a', 'integer', { ...required, ...when('q', '=', { answerBoolean: true }) })],
    answered: [says('q', yes)],
    found: [`response-answer-missing ${root}`],
  },
  {
    name: 'a required item that is not enabled, without answer',
    asked: [asks('q', 'boolean'), asks('a', 'integer', { ...required, ...when('q', '=', { answerBoolean: true }) })],
    answered: [says('q', no), says('a')],
    found: [],
  },
  {
    name: 'a required item that is not enabled, without answer, in progress',
    asked: [asks('q', 'boolean'), asks('a', 'integer', { ...required, ...when('q', '=', { answerBoolean: true }) })],
    answered: [says('q', no), says('a')],
    response: { status: 'in-progress' },
    found: [],
    clause: 'Questionnaire.item.enableWhen: "if enableWhen is present for an item, required is ignored unless …"',
  },
  {
    name: 'a required item in a group that is not enabled and has items',
    asked: [asks('q', 'boolean'), asksBelow('g', 'group', [a, b], when('q', '=', { answerBoolean: true }))],
    answered: [says('q', no), holds('g', says('b', integer(1)))],
    found: [`response-item-not-enabled ${root}.item[1]`],
    clause: 'Questionnaire.item.enableWhen: "When an item is disabled, all of its descendants are disabled"',
  },
  {
    name: 'fewer answers than asked for',
    asked: [asks('a', 'integer', { repeats: true, ...extended(['questionnaire-minOccurs', { valueInteger: 2 }]) })],
    answered: [says('a', integer(1))],
    found: [`too-few ${root}.item[0]`],
  },
  {
    name: 'as many answers as asked for',
    asked: [asks('a', 'integer', { repeats: true, ...extended(['questionnaire-minOccurs', { valueInteger: 2 }]) })],
    answered: [says('a', integer(1), integer(2))],
    found: [],
    clause: 'questionnaire-minOccurs: "the minimum number of answers for a question"',
  },
  {
    name: 'more answers than asked for',
    asked: [asks('a', 'integer', { repeats: true, ...extended(['questionnaire-maxOccurs', { valueInteger: 2 }]) })],
    answered: [says('a', integer(1), integer(2), integer(3))],
    found: [`too-many ${root}.item[0]`],
  },
  {
    name: 'as many answers as allowed',
    asked: [asks('a', 'integer', { repeats: true, ...extended(['questionnaire-maxOccurs', { valueInteger: 2 }]) })],
    answered: [says('a', integer(1), integer(2))],
    found: [],
    clause: 'questionnaire-maxOccurs: "the maximum number of answers for a question"',
  },
];
