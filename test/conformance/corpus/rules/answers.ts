import { isJsonObject } from '../../../../src/json/json.ts';
import { above, isList, isObject, setTo, without, type Rule } from './places.ts';

const answers = [
  { valueString: 'x' },
  { valueInteger: 99 },
  { valueInteger: -1 },
  { valueDecimal: 0.5 },
  { valueBoolean: true },
  { valueDate: '2026-01-02' },
  { valueDateTime: '2026-01-02T10:00:00Z' },
  { valueCoding: { system: 'https://other.example.org/codes', code: 'x' } },
  { valueQuantity: { value: 1, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
];

/** What is broken is how a response answers its Questionnaire. */
export const answerRules: readonly Rule[] = [
  {
    name: 'answer',
    of: ({ at, value, name }) =>
      name === 'answer' && isObject(value) ? answers.map((answer) => setTo(at, answer)) : undefined,
  },
  {
    name: 'answer-more',
    of: ({ at, value, name }) =>
      name === 'answer' && isList(value) ? answers.map((answer) => setTo(`${at}/-`, answer)) : undefined,
  },
  {
    name: 'item',
    of: ({ at, value, name, holder }) =>
      name === 'item' && isObject(value) && isList(holder)
        ? [
            setTo(`${at}/linkId`, 'nowhere'),
            setTo(
              `${at}/linkId`,
              (isJsonObject(holder[0] ?? null) && (holder[0] as { linkId?: string }).linkId) || 'x',
            ),
            setTo(`${at}/text`, 'Other words'),
            setTo(`${at}/item/-`, { linkId: 'nowhere', answer: [{ valueString: 'x' }] }),
            setTo(`${at}/item/-`, value),
            setTo(`${at}/answer/-`, { valueString: 'x' }),
            setTo(`${above(at)}/-`, value),
            without(`${at}/linkId`),
            without(at),
            setTo('/item/-', value),
          ]
        : undefined,
  },
  {
    name: 'form',
    of: ({ at, value }) =>
      at === '' && isObject(value) && value['resourceType'] === 'QuestionnaireResponse'
        ? [
            setTo('/questionnaire', 'https://nowhere.example.com/q'),
            setTo('/questionnaire', 'https://small.example.org/Questionnaire/form'),
            setTo('/status', 'in-progress'),
            setTo('/status', 'amended'),
            without('/questionnaire'),
            without('/item'),
          ]
        : undefined,
  },
];
