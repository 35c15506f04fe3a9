import type { JsonNumber } from '../../json/json.ts';
import { base64Faults } from './base64.ts';
import { breaksCodeSpacing, characterFaults, hasOuterSpace, isAllSpace, isBlank } from './characters.ts';
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
/** For types that are rare, or that have no usual form. */
const never = /^(?!)/;
const longestId = 64;

/**
 * What most values look like, by type: characters that show, and nothing that any rule could mind. One pattern costs a
 * fraction of the rules one by one. None has a choice that would make it try a text twice.
 */
const plain = {
  // All of Unicode but white space, control characters and what changes the direction of writing.
  text: /^[!-;=-~\u00a1-\u061b\u061d-\u167f\u2010-\u2027\u2030-\u205e\u20a0-\u2fff\u3001-\uffff](?:[ -;=-~\u00a1-\u061b\u061d-\u167f\u2010-\u2027\u2030-\u205e\u20a0-\u2fff\u3001-\uffff]*[!-;=-~\u00a1-\u061b\u061d-\u167f\u2010-\u2027\u2030-\u205e\u20a0-\u2fff\u3001-\uffff])?$/,
  id: /^[A-Za-z0-9.-]+$/,
  code: /^[!-;=-~]+(?: [!-;=-~]+)*$/,
  uri: /^(?:https?:\/\/[!-;=-~]*|urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
  date: /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/,
  moment:
    /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)$/,
};

/** The rules of the type, then those for any text. White space alone is only warned of, whatever the type. */
function textCheck(usual: RegExp, ofType: TextCheck, ofText: TextCheck = htmlFaults): TextCheck {
  return (value) => {
    if (usual.test(value) && value.length <= mostCharacters) return undefined;
    if (value === '') return ['primitive-empty'];
    if (isBlank(value)) return isAllSpace(value) ? ['only-white-space'] : undefined;
    const faults = [...(ofType(value) ?? []), ...characterFaults(value), ...(ofText(value) ?? [])];
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

const isId = (value: string): boolean => plain.id.test(value) && value.length <= longestId;
const strangeId = textCheck(never, () => ['invalid-id']);
const idCheck: TextCheck = (value) => (isId(value) ? undefined : strangeId(value));

/** By the name of the type, for the types that JSON writes as a text. */
export const textChecks: ReadonlyMap<string, TextCheck> = new Map<string, TextCheck>([
  ['string', textCheck(plain.text, stringFaults)],
  ['markdown', textCheck(plain.text, () => undefined, markupFaults)],
  ['code', textCheck(plain.code, (value) => only('code-white-space', breaksCodeSpacing(value)))],
  ['id', idCheck],
  ['uri', textCheck(plain.uri, (value) => uriFaults(value, 'uri'))],
  ['url', textCheck(plain.uri, (value) => uriFaults(value, 'url'))],
  ['canonical', textCheck(plain.uri, (value) => uriFaults(value, 'canonical'))],
  ['oid', textCheck(never, (value) => uriFaults(value, 'oid'))],
  ['uuid', textCheck(never, (value) => uriFaults(value, 'uuid'))],
  ['date', textCheck(plain.date, dateFaults)],
  ['dateTime', textCheck(plain.moment, dateTimeFaults)],
  ['instant', textCheck(plain.moment, instantFaults)],
  ['time', textCheck(never, timeFaults)],
  ['base64Binary', textCheck(never, base64Faults)],
]);

/** By the name of the type, for the types that JSON writes as a number. */
export const numberChecks: ReadonlyMap<string, NumberCheck> = new Map<string, NumberCheck>([
  ['integer', integerFaults],
  ['unsignedInt', unsignedIntFaults],
  ['positiveInt', positiveIntFaults],
  ['decimal', decimalFaults],
]);
