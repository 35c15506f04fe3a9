import standardCodings from '../../profiles/terminology/standard-codings.json' with { type: 'json' };
import { keywords, type KeywordList } from '../course/keywords.ts';
import { shared } from '../json/bytes.ts';

/** The canonical base of everything that we publish. */
export const base = 'https://w3id.org/coursebridge';

/** A code of a code system. */
export type Coding = { readonly system: string; readonly code: string; readonly display?: string };

/** The url of the CodeSystem that a list is published as: a keyword list, or one of our own lists of codes. */
export const codeSystem = (list: string): string => `${base}/CodeSystem/${list}`;

/**
 * A keyword of a list, or a code of ours, as codings: the verified standard ones first, our own last. The lists are made
 * once and shared, so they are frozen. A code that the list does not have gets our own coding alone.
 * Source of the standard codings: profiles/terminology/standard-codings.json, the one place where a site replaces them.
 */
export function keywordCodings(list: string, keyword: string): readonly Coding[] {
  return known.get(list)?.get(keyword) ?? [{ system: codeSystem(list), code: keyword }];
}

const standard: Readonly<Record<string, Readonly<Record<string, readonly Coding[]>>>> = standardCodings;

const codesOf = (list: string): readonly string[] =>
  Object.keys(keywords).includes(list) ? keywords[list as KeywordList] : Object.keys(standard[list] ?? {});

const known: ReadonlyMap<string, ReadonlyMap<string, readonly Coding[]>> = new Map(
  [...Object.keys(keywords), ...Object.keys(standard)].map((list) => [
    list,
    new Map(codesOf(list).map((code) => [code, codings(list, code)])),
  ]),
);

function codings(list: string, code: string): readonly Coding[] {
  const own: Coding = { system: codeSystem(list), code };
  return shared([...(standard[list]?.[code] ?? []), own]);
}
