import { isJsonNumber, isJsonObject, numberText, numberValue, type Json, type JsonObject } from '../../json/json.ts';
import { extensionsOf, textOf, type Given } from './answered.ts';
import { compared } from './order.ts';
import { patternOf } from './pattern.ts';
import type { Visit } from './visit.ts';

/** What an item of a Questionnaire asks of the value of each answer; the walk is at the answer, one of so many. */
export type ValueRule = (given: Given, visit: Visit, answers: number) => void;

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

/** The rules that an item states for values, in its elements and in HL7's extensions. */
export function valueRulesOf(item: JsonObject): ValueRule[] {
  const one = (name: string): Json | undefined => extensionsOf(item, hl7 + name)[0];
  return [
    ...boundRules(one('minValue'), (difference) => difference < 0, 'value-too-small'),
    ...boundRules(one('maxValue'), (difference) => difference > 0, 'value-too-large'),
    ...quantityRules(extensionsOf(item, `${sdc}minQuantity`)[0], (difference) => difference < 0, 'value-too-small'),
    ...quantityRules(extensionsOf(item, `${sdc}maxQuantity`)[0], (difference) => difference > 0, 'value-too-large'),
    ...decimalRules(one('maxDecimalPlaces')),
    ...lengthRules(item['maxLength'], one('minLength')),
    ...patternRules(one('regex')),
    ...unitRules(extensionsOf(item, `${hl7}questionnaire-unitOption`).filter(isJsonObject)),
    ...fileRules(extensionsOf(item, `${hl7}mimeType`)),
    ...referenceRules(extensionsOf(item, `${hl7}questionnaire-referenceResource`)),
    ...(item['type'] === 'string' ? [oneLine] : []),
  ];
}

type Excess = (difference: number) => boolean;
type BoundCode = 'value-too-small' | 'value-too-large';

function boundRules(bound: Json | undefined, exceeds: Excess, code: BoundCode): ValueRule[] {
  if (bound === undefined) return [];
  return [
    ({ type, value }, visit) => {
      const difference = compared(type, value, bound);
      if (difference !== undefined && exceeds(difference)) visit.sayOfValue(type, code);
    },
  ];
}

/** Without a formal unit on both sides nothing can be said; other units of the same kind are not converted here. */
function quantityRules(bound: Json | undefined, exceeds: Excess, code: BoundCode): ValueRule[] {
  if (!isJsonObject(bound)) return [];
  return [
    ({ type, value }, visit) => {
      if (type !== 'Quantity' || !isJsonObject(value)) return;
      const isFormal = [value, bound].every(
        (one) => textOf(one['system']) !== undefined && textOf(one['code']) !== undefined,
      );
      const difference = compared(type, value, bound);
      if (!isFormal || value['system'] !== bound['system']) visit.sayOfValue(type, 'response-quantity-not-comparable');
      else if (difference === undefined) visit.sayOfValue(type, 'not-checked', { what: 'quantity' });
      else if (exceeds(difference)) visit.sayOfValue(type, code);
    },
  ];
}

function decimalRules(places: Json | undefined): ValueRule[] {
  if (!isJsonNumber(places)) return [];
  const most = numberValue(places);
  return [
    ({ type, value }, visit) => {
      const number = isJsonObject(value) ? value['value'] : value;
      if (isJsonNumber(number) && decimalsOf(numberText(number)) > most) {
        visit.sayOfValue(type, 'response-too-many-decimals', { most });
      }
    },
  ];
}

/** How many digits stand behind the point once the exponent is written out. */
function decimalsOf(text: string): number {
  const [, fraction = '', exponent = '0'] = /^[^.eE]*(?:\.(\d*))?(?:[eE](.*))?$/.exec(text) ?? [];
  return Math.max(fraction.length - Number(exponent), 0);
}

function lengthRules(longest: Json | undefined, shortest: Json | undefined): ValueRule[] {
  const most = isJsonNumber(longest) ? numberValue(longest) : Number.POSITIVE_INFINITY;
  const least = isJsonNumber(shortest) ? numberValue(shortest) : 0;
  if (most === Number.POSITIVE_INFINITY && least <= 0) return [];
  return [
    ({ type, value }, visit) => {
      const text = isJsonNumber(value) ? numberText(value) : textOf(value);
      if (text === undefined) return;
      // A character of FHIR is one of Unicode; JavaScript counts some of them twice.
      if (text.length > most && lengthOf(text) > most) visit.sayOfValue(type, 'text-too-long', { most });
      else if (text.length < least * 2 && lengthOf(text) < least)
        visit.sayOfValue(type, 'response-text-too-short', { least });
    },
  ];
}

function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) length += Math.min(character.length, 1);
  return length;
}

function patternRules(source: Json | undefined): ValueRule[] {
  if (typeof source !== 'string') return [];
  const pattern = patternOf(source);
  return [
    ({ type, value }, visit) => {
      if (typeof value !== 'string') return;
      const matches = pattern?.(value);
      if (matches === undefined) visit.sayOfValue(type, 'not-checked', { what: 'regex' });
      else if (!matches) visit.sayOfValue(type, 'response-text-format');
    },
  ];
}

/** A unit is one of those offered when all that the option states is there: HL7's validator compares its display too. */
function unitRules(options: readonly JsonObject[]): ValueRule[] {
  if (options.length === 0) return [];
  const agrees = (stated: Json | undefined, value: Json | undefined): boolean =>
    stated === undefined || stated === value;
  return [
    ({ type, value }, visit) => {
      if (type !== 'Quantity' || !isJsonObject(value)) return;
      const isOffered = options.some(
        ({ system, code, display }) =>
          agrees(system, value['system']) && agrees(code, value['code']) && agrees(display, value['unit']),
      );
      if (!isOffered) visit.sayOfValue(type, 'response-unit-not-offered');
    },
  ];
}

function fileRules(kinds: readonly Json[]): ValueRule[] {
  const allowed = kinds.filter((kind) => typeof kind === 'string');
  if (allowed.length === 0) return [];
  return [
    ({ value }, visit) => {
      if (!isJsonObject(value)) return;
      const kind = textOf(value['contentType']);
      // `text/plain; charset=utf-8` is text/plain.
      if (kind === undefined || !allowed.some((start) => kind.startsWith(start))) visit.say('response-attachment-type');
    },
  ];
}

function referenceRules(types: readonly Json[]): ValueRule[] {
  const allowed = types.filter((type) => typeof type === 'string');
  if (allowed.length === 0) return [];
  return [
    ({ type, value }, visit) => {
      const target = isJsonObject(value) ? targetOf(value) : undefined;
      if (target !== undefined && !allowed.includes(target)) visit.sayOfValue(type, 'reference-to-wrong-type');
    },
  ];
}

/** The type of resource that a reference says it leads to. */
function targetOf(reference: JsonObject): string | undefined {
  const literal = /^([A-Z][A-Za-z]{1,60})\//.exec(textOf(reference['reference']) ?? '');
  return literal?.[1] ?? textOf(reference['type']);
}

/** A string is a short entry; one of several lines is a text (https://hl7.org/fhir/R4/valueset-item-type.html). */
const oneLine: ValueRule = ({ type, value }, visit) => {
  if (typeof value === 'string' && (value.includes('\n') || value.includes('\r'))) {
    visit.sayOfValue(type, 'response-string-of-lines');
  }
};
