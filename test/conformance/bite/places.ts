import { fixedIn, inSnapshot, type StructureDefinition } from './constraints.ts';

/** Where in a resource an element of a StructureDefinition stands. */

export type Json = { [name: string]: unknown };

/** A value, by what holds it: an object under a name, or a list under an index. */
export interface Place {
  readonly holder: Json | unknown[];
  readonly key: string | number;
}

export const valueAt = ({ holder, key }: Place): unknown => (holder as Json)[key];

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place of the element below the root, which is the resource or an extension. */
export function placesOf(definition: StructureDefinition, id: string, root: Json): Place[] {
  let places: Place[] = [{ holder: { root }, key: 'root' }];
  let walked = '';
  for (const step of id.split('.')) {
    if (walked === '') {
      walked = step;
      continue;
    }
    walked = `${walked}.${step}`;
    const [name = '', slice] = step.split(':');
    const at = walked;
    places = places
      .flatMap((place) => below(place, name))
      .filter((place) => slice === undefined || isInSlice(definition, at, valueAt(place)));
  }
  return places;
}

function below(place: Place, name: string): Place[] {
  const holder = holderOf(place, name);
  if (holder === undefined) return [];
  return namesOf(holder, name).flatMap((key): Place[] => {
    const value = holder[key];
    return Array.isArray(value)
      ? value.map((_, index) => ({ holder: value as unknown[], key: index }))
      : [{ holder, key }];
  });
}

/** What holds the children of a value: extensions of a primitive stand beside it. */
export function holderOf(place: Place, name: string): Json | undefined {
  const value = valueAt(place);
  if (isObject(value)) return value;
  if (name !== 'extension' || Array.isArray(place.holder)) return undefined;
  const beside = place.holder[`_${place.key}`];
  return isObject(beside) ? beside : undefined;
}

/** The names under which an element stands: `value[x]` as `valueQuantity`. */
export function namesOf(holder: Json, name: string): string[] {
  if (!name.endsWith('[x]')) return name in holder ? [name] : [];
  const stem = name.slice(0, -3);
  return Object.keys(holder).filter((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)));
}

/** Whether a value is what a slice means: an extension by its url, else by what its elements are fixed to. */
export function isInSlice(definition: StructureDefinition, id: string, value: unknown): boolean {
  if (!isObject(value)) return false;
  const url = inSnapshot(definition, id)?.type?.[0]?.profile?.[0] ?? fixedIn(inSnapshot(definition, `${id}.url`));
  if (typeof url === 'string') return value['url'] === url;
  return ['code', 'system'].every((name) => {
    const asked = fixedIn(inSnapshot(definition, `${id}.${name}`));
    return asked === undefined || contains(value[name], asked);
  });
}

/** Whether a value has everything that a pattern has. */
export function contains(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((one) => value.some((other) => contains(other, one)));
  }
  if (!isObject(pattern)) return value === pattern;
  return isObject(value) && Object.entries(pattern).every(([name, one]) => contains(value[name], one));
}
