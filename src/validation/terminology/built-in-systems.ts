import { countries2, countries3, currencies, languages2 } from './iso-codes.ts';
import type { KnownSystem } from './terminology.ts';
import { isUcum } from './ucum.ts';

/** Code systems that no CodeSystem lists: a grammar, or a list of ISO's. */
const builtIn: ReadonlyMap<string, KnownSystem> = new Map<string, KnownSystem>([
  ['http://unitsofmeasure.org', { has: isUcum, complete: true }],
  // HL7's validator takes any text for a MIME type, and nobody has a list of all.
  ['urn:ietf:bcp:13', { has: () => true, complete: true }],
  ['urn:ietf:bcp:47', { has: isLanguageTag, complete: true }],
  ['urn:iso:std:iso:3166', listed(() => `${countries2} ${countries3}`)],
  ['urn:iso:std:iso:4217', listed(() => currencies)],
]);

export const builtInSystem = (url: string): KnownSystem | undefined => builtIn.get(url);

function listed(codes: () => string): KnownSystem {
  let all: ReadonlySet<string> | undefined;
  return { has: (code) => (all ??= new Set(codes().split(' '))).has(code), complete: true };
}

// RFC 5646: language, script, region, variants, extensions, private use; each part at most eight characters.
const tag =
  /^(?:([a-z]{2,3})(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$/i;
const privateTag = /^(?:x(?:-[a-z0-9]{1,8})+|i-[a-z]{2,8}|sgn-[a-z]{2}-[a-z]{2})$/i;
let languages: ReadonlySet<string> | undefined;

/** Whether this is a tag of BCP 47, with a language that ISO 639 has where it names it by two letters. */
export function isLanguageTag(code: string): boolean {
  if (code.length > 100) return false;
  const parts = tag.exec(code);
  if (parts === null) return privateTag.test(code);
  const [, language] = parts;
  if (language?.length !== 2) return true;
  return (languages ??= new Set(languages2.split(' '))).has(language.toLowerCase());
}
