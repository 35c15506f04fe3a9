import type { JsonNumber } from '../../json/json.ts';
import { base64Faults } from './base64.ts';
import { breaksCodeSpacing, characterFaults, hasOuterSpace, isAllSpace, isBlank, isPlain } from './characters.ts';
import type { Faults, ValueFault } from './fault.ts';
import { hasMarkup, looksLikeHtml } from './html.ts';
import { dateFaults, dateTimeFaults, instantFaults, timeFaults } from './moments.ts';
import { decimalFaults, integerFaults, positiveIntFaults, unsignedIntFaults } from './numbers.ts';
import { uriFaults } from './uris.ts';

/**
 * What is wrong with a value of a primitive type of R4, with the severities of HL7's validator. A boolean has no rule
 * beyond its JSON type, and xhtml is in `narrative.ts`.
 */

export type TextCheck = (value: string) => Faults;
export type NumberCheck = (value: JsonNumber) => Faults;

const mostCharacters = 1048576;
const wellFormedId = /^[A-Za-z0-9.-]{1,64}$/;

/** The rules of the type, then those for any text. White space alone is only warned of, whatever the type. */
function textCheck(ofType: TextCheck, ofText: TextCheck = htmlFaults): TextCheck {
  return (value) => {
    const own = ofType(value);
    if (own === undefined && isPlain(value)) return undefined;
    if (value === '') return ['primitive-empty'];
    if (isBlank(value)) return isAllSpace(value) ? ['only-white-space'] : undefined;
    const faults = [...(own ?? []), ...characterFaults(value), ...(ofText(value) ?? [])];
    return faults.length === 0 ? undefined : faults;
  };
}

const only = (fault: ValueFault, fails: boolean): Faults => (fails ? [fault] : undefined);
const htmlFaults: TextCheck = (value) => only('html-in-text', looksLikeHtml(value));
const markupFaults: TextCheck = (value) => only('html-in-markdown', hasMarkup(value));

function stringFaults(value: string): Faults {
  if (value.length > mostCharacters) return ['text-above-1-mb'];
  if (!hasOuterSpace(value)) return undefined;
  return [isAllSpace(value) ? 'only-white-space' : 'outer-white-space'];
}

/** By the name of the type, for the types that JSON writes as a text. */
export const textChecks: ReadonlyMap<string, TextCheck> = new Map<string, TextCheck>([
  ['string', textCheck(stringFaults)],
  ['markdown', textCheck(() => undefined, markupFaults)],
  ['code', textCheck((value) => only('code-white-space', breaksCodeSpacing(value)))],
  ['id', textCheck((value) => only('invalid-id', !wellFormedId.test(value)))],
  ['uri', textCheck((value) => uriFaults(value, 'uri'))],
  ['url', textCheck((value) => uriFaults(value, 'url'))],
  ['canonical', textCheck((value) => uriFaults(value, 'canonical'))],
  ['oid', textCheck((value) => uriFaults(value, 'oid'))],
  ['uuid', textCheck((value) => uriFaults(value, 'uuid'))],
  ['date', textCheck(dateFaults)],
  ['dateTime', textCheck(dateTimeFaults)],
  ['instant', textCheck(instantFaults)],
  ['time', textCheck(timeFaults)],
  ['base64Binary', textCheck(base64Faults)],
]);

/** By the name of the type, for the types that JSON writes as a number. */
export const numberChecks: ReadonlyMap<string, NumberCheck> = new Map<string, NumberCheck>([
  ['integer', integerFaults],
  ['unsignedInt', unsignedIntFaults],
  ['positiveInt', positiveIntFaults],
  ['decimal', decimalFaults],
]);
