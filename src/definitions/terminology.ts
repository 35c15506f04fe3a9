import snomedCodings from '../../profiles/terminology/snomed-codings.json' with { type: 'json' };
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
 * Source of the standard codings: profiles/terminology, where those of SNOMED CT have a file of their own, so that a site
 * without its licence empties one file.
 */
export function keywordCodings(list: string, keyword: string): readonly Coding[] {
  return known.get(list)?.get(keyword) ?? [{ system: codeSystem(list), code: keyword }];
}

type StandardCodings = Readonly<Record<string, Readonly<Record<string, readonly Coding[]>>>>;

/** By list and keyword; those of SNOMED CT come first. */
const sources: readonly StandardCodings[] = [snomedCodings, standardCodings];

const standardOf = (list: string, code: string): readonly Coding[] =>
  sources.flatMap((source) => source[list]?.[code] ?? []);

const standardLists = sources.flatMap((source) => Object.keys(source));

const codesOf = (list: string): readonly string[] =>
  Object.keys(keywords).includes(list)
    ? keywords[list as KeywordList]
    : sources.flatMap((source) => Object.keys(source[list] ?? {}));

const known: ReadonlyMap<string, ReadonlyMap<string, readonly Coding[]>> = new Map(
  [...Object.keys(keywords), ...standardLists].map((list) => [
    list,
    new Map(codesOf(list).map((code) => [code, codings(list, code)])),
  ]),
);

function codings(list: string, code: string): readonly Coding[] {
  const own: Coding = { system: codeSystem(list), code };
  return shared([...standardOf(list, code), own]);
}
