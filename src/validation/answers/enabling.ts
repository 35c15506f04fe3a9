import { isJsonObject, type Json, type JsonObject } from '../../json/json.ts';
import { extensionsOf, givenIn, objectsOf, textOf, type Given } from './answered.ts';
import type { Occurrences } from './occurrences.ts';
import { compared } from './order.ts';
import type { Steps } from './visit.ts';

/**
 * Whether an item is enabled; undefined where that cannot be told here. `from` leads to the item, or, where it is missing,
 * to what it would stand in.
 */
export type Condition = (occurrences: Occurrences, from: Steps) => boolean | undefined;

/** The linkId of the innermost item that this item and the question are both in; undefined where that is the form itself. */
export type SharedWith = (question: string) => string | undefined;

/** An expression in FHIRPath as a test of the response; undefined where it cannot be had. */
export type Expressions = (expression: string) => ((response: JsonObject) => boolean) | undefined;

const expressionUrl = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression';

/** `Questionnaire.item.enableWhen`, or SDC's expression in its place; undefined where the item is always enabled. */
export function conditionOf(
  item: JsonObject,
  sharedWith: SharedWith,
  expressions: Expressions | undefined,
): Condition | undefined {
  const [expression] = extensionsOf(item, expressionUrl);
  if (expression !== undefined) return expressed(expression, expressions);
  const tests = objectsOf(item['enableWhen']).map((when) => testOf(when, sharedWith));
  if (tests.length === 0) return undefined;
  // Without a behaviour one of them is enough (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen).
  return item['enableBehavior'] === 'all'
    ? (occurrences, from) => tests.every((test) => test(occurrences, from))
    : (occurrences, from) => tests.some((test) => test(occurrences, from));
}

function expressed(expression: Json, expressions: Expressions | undefined): Condition {
  const isFhirPath = isJsonObject(expression) && expression['language'] === 'text/fhirpath';
  const holds = isFhirPath ? expressions?.(textOf(expression['expression']) ?? '') : undefined;
  return holds === undefined ? () => undefined : ({ response }) => holds(response);
}

type Test = (occurrences: Occurrences, from: Steps) => boolean;

function testOf(when: JsonObject, sharedWith: SharedWith): Test {
  const question = textOf(when['question']) ?? '';
  const holds = answersHold(textOf(when['operator']), expectedIn(when));
  // A condition that nobody can read, against que-7, enables all.
  if (holds === undefined) return () => true;
  return (occurrences, from) => {
    const answers = occurrences.answersTo(question, sharedWith(question), from);
    const known = answers.found?.get(holds);
    if (known !== undefined) return known;
    const is = holds(answers.list);
    (answers.found ??= new Map()).set(holds, is);
    return is;
  };
}

function answersHold(
  operator: string | undefined,
  expected: Given | undefined,
): ((answers: readonly JsonObject[]) => boolean) | undefined {
  if (operator === 'exists') {
    const asked = expected?.value;
    return typeof asked === 'boolean' ? (answers) => answers.some(hasValue) === asked : undefined;
  }
  const compares = comparisons.get(operator ?? '');
  if (expected === undefined || compares === undefined) return undefined;
  return (answers) =>
    answers.some((answer) => {
      const given = givenIn(answer);
      return given?.type === expected.type && compares(given, expected);
    });
}

const hasValue = (answer: JsonObject): boolean => Object.keys(answer).length > 0;

function expectedIn(when: JsonObject): Given | undefined {
  for (const [name, value] of Object.entries(when)) {
    if (name.startsWith('answer')) return givenIn({ [`value${name.slice('answer'.length)}`]: value });
  }
  return undefined;
}

type Comparison = (given: Given, expected: Given) => boolean;

const ordered =
  (holds: (difference: number) => boolean): Comparison =>
  (given, expected) => {
    const difference = compared(given.type, given.value, expected.value);
    return difference !== undefined && holds(difference);
  };

/** https://hl7.org/fhir/R4/valueset-questionnaire-enable-operator.html: at least one answer must compare so. */
const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['=', (given, expected) => isSame(given, expected)],
  ['!=', (given, expected) => given.value !== undefined && !isSame(given, expected)],
  ['>', ordered((difference) => difference > 0)],
  ['<', ordered((difference) => difference < 0)],
  ['>=', ordered((difference) => difference >= 0)],
  ['<=', ordered((difference) => difference <= 0)],
]);

function isSame({ type, value }: Given, expected: Given): boolean {
  if (type === 'Coding') return isSameCoding(value, expected.value);
  if (type === 'Reference')
    return isJsonObject(value) && isJsonObject(expected.value) && value['reference'] === expected.value['reference'];
  return compared(type, value, expected.value) === 0;
}

/** A coding by system and code; an expected one without a system takes any. */
const isSameCoding = (value: Json | undefined, expected: Json | undefined): boolean =>
  isJsonObject(value) &&
  isJsonObject(expected) &&
  value['code'] === expected['code'] &&
  (expected['system'] === undefined || value['system'] === expected['system']);
