/** A FHIR element while it is being written or read: plain JSON that can still change. */
export type Elements = { [name: string]: unknown };

export const isElements = (value: unknown): value is Elements =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The list under a name, created where it is not there. */
export function listIn(parent: Elements, name: string): unknown[] {
  const known = parent[name];
  if (Array.isArray(known)) return known as unknown[];
  const list: unknown[] = [];
  parent[name] = list;
  return list;
}

/** The entries of the list under a name that are elements: the list itself where all of them are, as they should be. */
export function elementsIn(parent: Elements | undefined, name: string): readonly Elements[] {
  const list = parent?.[name];
  if (!Array.isArray(list)) return none;
  return list.every(isElements) ? list : list.filter(isElements);
}

const none: readonly Elements[] = [];

/** The element under a name, where there is one. */
export function elementIn(parent: Elements | undefined, name: string): Elements | undefined {
  const value = parent?.[name];
  return isElements(value) ? value : undefined;
}

export function textIn(parent: Elements | undefined, name: string): string | undefined {
  const value = parent?.[name];
  return typeof value === 'string' ? value : undefined;
}
