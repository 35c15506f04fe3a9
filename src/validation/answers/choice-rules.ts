import { isJsonObject, type JsonObject } from '../../json/json.ts';
import { textOf, type Given } from './answered.ts';
import { optionsOf, writtenOf, type Options } from './options.ts';
import type { ValueRule } from './value-rules.ts';
import type { Visit } from './visit.ts';

/** What the checker knows of codes. */
export interface AnswerCodes {
  /** Whether a code is in a ValueSet, by its canonical or, where the Questionnaire contains it, by `#id`. */
  inValueSet(canonical: string, system: string | undefined, code: string | undefined): 'in' | 'out' | 'unknown';
}

/** The FHIR types that an answer to an item of each type may have. */
const typesByItem: ReadonlyMap<string, readonly string[]> = new Map([
  ['boolean', ['boolean']],
  ['decimal', ['decimal']],
  ['integer', ['integer']],
  ['date', ['date']],
  ['dateTime', ['dateTime']],
  ['time', ['time']],
  ['string', ['string']],
  ['text', ['string']],
  ['url', ['uri']],
  ['attachment', ['Attachment']],
  ['reference', ['Reference']],
  ['quantity', ['Quantity']],
  ['choice', ['Coding', 'date', 'time', 'integer', 'string']],
  ['open-choice', ['Coding', 'date', 'time', 'integer', 'string']],
]);

/** The types that an answer to this item may have; undefined where the item has no type that R4 knows. */
export function answerTypesOf(item: JsonObject): readonly string[] | undefined {
  const types = typesByItem.get(textOf(item['type']) ?? '');
  if (types === undefined || !isChoice(item)) return types;
  // An option can be a reference, and then an answer can be.
  return JSON.stringify(item['answerOption'] ?? null).includes('"valueReference":') ? [...types, 'Reference'] : types;
}

const isChoice = (item: JsonObject): boolean => item['type'] === 'choice' || item['type'] === 'open-choice';

/** That an answer is one of those offered. */
export function choiceRulesOf(item: JsonObject, codes: AnswerCodes): ValueRule[] {
  const options = optionsOf(item);
  if (!isChoice(item)) return options === undefined ? [] : [amongWritten(options)];
  if (options !== undefined) return [amongOptions(options, item['type'] === 'open-choice')];
  const set = textOf(item['answerValueSet']);
  return set === undefined ? [] : [inSet(set, codes)];
}

/** A number, a date, a time or a string of those offered: que-5 lets these have options too. */
const amongWritten =
  (options: Options): ValueRule =>
  ({ type, value }, visit) => {
    if (!isJsonObject(value) && !options.hasText(writtenOf(value)))
      visit.sayOfValue(type, 'response-answer-not-offered');
  };

const amongOptions =
  (options: Options, isOpen: boolean): ValueRule =>
  (given, visit, answers) => {
    if (isOpen && typeof given.value === 'string' && given.type === 'string') {
      if (options.namesCoding(given.value)) visit.say('response-text-is-option');
    } else if (!options.has(given)) visit.say('response-answer-not-offered');
    else if (answers > 1 && options.isExclusive(given)) visit.say('response-option-exclusive');
  };

/** Free text is taken, as HL7's validator takes it, and judged by nobody. */
const inSet =
  (canonical: string, codes: AnswerCodes): ValueRule =>
  ({ value }: Given, visit: Visit) => {
    if (!isJsonObject(value)) return;
    const verdict = codes.inValueSet(canonical, textOf(value['system']), textOf(value['code']));
    if (verdict === 'out') visit.say('response-answer-not-in-set', { valueSet: canonical });
    else if (verdict === 'unknown') visit.say('not-checked', { valueSet: canonical });
  };
