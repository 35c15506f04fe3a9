import type { Elements } from './elements.ts';
import { elementOf } from './elements.ts';

/** Something in a definition that would be passed over, or read wrong, without a word. */
export interface DefinitionFault {
  /** FHIRPath from the root of the resource, with indexes. */
  readonly at: string;
  /** A sentence that says what is expected, and never what is there. */
  readonly says: string;
}

/** An element and its FHIRPath. */
export interface Located {
  readonly element: Elements;
  readonly at: string;
}

/** The entries of the list under a name. Their places count every entry, also those that are no elements. */
export function locatedIn({ element, at }: Located, name: string): readonly Located[] {
  const list = element[name];
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown, index) => ({ element: elementOf(entry), at: `${at}.${name}[${index}]` }));
}

/** The extensions of an element that have the url. */
export const locatedExtensions = (parent: Located, url: string): readonly Located[] =>
  locatedIn(parent, 'extension').filter(({ element }) => element['url'] === url);

/** That the values under these names, where there are any, are lists of elements, as the readers take them for. */
export function listFaults({ element, at }: Located, names: readonly string[]): readonly DefinitionFault[] {
  const isList = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.every((entry: unknown) => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
  return names
    .filter((name) => element[name] !== undefined && !isList(element[name]))
    .map((name) => ({ at: `${at}.${name}`, says: 'A list of elements is expected.' }));
}

/** The fault, unless all is well. */
export const faultUnless = (well: boolean, at: string, says: string): readonly DefinitionFault[] =>
  well ? [] : [{ at, says }];
