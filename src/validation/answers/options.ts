import { isJsonObject, numberText, isJsonNumber, type Json, type JsonObject } from '../../json/json.ts';
import { extensionsOf, givenIn, objectsOf, textOf, type Given } from './answered.ts';

/** The answers that an item of a Questionnaire offers. */
export interface Options {
  has(given: Given): boolean;
  /** Whether one of the options is written like this number, date, time or text, whatever its type. */
  hasText(text: string): boolean;
  /** Whether no other answer may stand beside this one. */
  isExclusive(given: Given): boolean;
  /** Whether a free text is one of the codings, by its code or its words: it should have been given as such. */
  namesCoding(text: string): boolean;
}

const exclusiveUrl = 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive';

/** `answerOption` of an item; undefined where it offers none. */
export function optionsOf(item: JsonObject): Options | undefined {
  const options = objectsOf(item['answerOption']);
  if (options.length === 0) return undefined;
  const keys = new Set<string>();
  /** The systems of a code: most answers are codings, and these need no key to be written for each. */
  const systems = new Map<Json | undefined, Set<Json | undefined>>();
  const texts = new Set<string>();
  const exclusive = new Set<string>();
  const words = new Set<string>();
  for (const option of options) {
    const given = givenIn(option);
    if (given === undefined) continue;
    const key = keyOf(given);
    keys.add(key);
    if (!isJsonObject(given.value)) texts.add(writtenOf(given.value));
    if (extensionsOf(option, exclusiveUrl).includes(true)) exclusive.add(key);
    if (given.type === 'Coding' && isJsonObject(given.value)) {
      const { system, code } = given.value;
      systems.set(code, (systems.get(code) ?? new Set()).add(system));
      for (const word of wordsOf(given.value)) words.add(word);
    }
  }
  return {
    has: (given) =>
      given.type === 'Coding' && isJsonObject(given.value)
        ? systems.get(given.value['code'])?.has(given.value['system']) === true
        : keys.has(keyOf(given)),
    hasText: (text) => texts.has(text),
    isExclusive: (given) => exclusive.size > 0 && exclusive.has(keyOf(given)),
    namesCoding: (text) => words.size > 0 && words.has(text.toLowerCase()),
  };
}

const wordsOf = (coding: Json | undefined): string[] =>
  isJsonObject(coding) ? [coding['code'], coding['display']].flatMap((word) => textOf(word)?.toLowerCase() ?? []) : [];

/** What makes two answers one option: of a coding its system and code, of a reference where it leads. */
function keyOf({ type, value }: Given): string {
  if (isJsonObject(value)) {
    if (type === 'Coding') return `Coding ${partOf(value['system'])} ${partOf(value['code'])}`;
    return `${type} ${partOf(value['reference'])}`;
  }
  return `${type} ${writtenOf(value)}`;
}

/** A value that has no parts as it is written. */
export const writtenOf = (value: Json | undefined): string =>
  isJsonNumber(value) ? numberText(value) : (textOf(value) ?? '');

const partOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
