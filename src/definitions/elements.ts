import { isJsonNumber, numberValue } from '../json/json.ts';

/** Reading the JSON of a definition, which may be a site's own and is not trusted to have the shape it should. */
export interface Elements {
  readonly [name: string]: unknown;
}

const isElements = (value: unknown): value is Elements =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an element, an empty one where it is none. */
export const elementOf = (value: unknown): Elements => (isElements(value) ? value : {});

/** The entries of the list under a name that are elements. */
export function elementsIn(parent: Elements, name: string): readonly Elements[] {
  const list = parent[name];
  return Array.isArray(list) ? list.filter(isElements) : [];
}

/** The text under a name. */
export function textIn(parent: Elements, name: string): string | undefined {
  const value = parent[name];
  return typeof value === 'string' ? value : undefined;
}

/** The number under a name, whatever its digits. */
export function numberIn(parent: Elements, name: string): number | undefined {
  const value = parent[name];
  return isJsonNumber(value) ? numberValue(value) : undefined;
}

/** The extensions of an element that have the url. */
export function extensions(parent: Elements, url: string): readonly Elements[] {
  return elementsIn(parent, 'extension').filter((one) => one['url'] === url);
}
