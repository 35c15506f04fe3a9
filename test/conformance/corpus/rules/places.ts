import { isJsonNumber, isJsonObject, type Json, type JsonNumber, type JsonObject } from '../../../../src/json/json.ts';
import type { Change } from '../cases.ts';

/** A value within a resource. */
export interface Place {
  /** JSON pointer, as changes have it. */
  readonly at: string;
  /** The property it stands under; of an item, that of its list. */
  readonly name: string;
  readonly value: Json;
  /** What holds it. */
  readonly holder: JsonObject | readonly Json[];
}

/** A way to break (or only to change) a resource: what can be done where; undefined where the rule has no hold. */
export interface Rule {
  readonly name: string;
  readonly of: (place: Place, resource: JsonObject) => Change | undefined | readonly Change[];
}

/** Every value below the root, with the root itself first (at ''). */
export function placesIn(resource: JsonObject): Place[] {
  const places: Place[] = [{ at: '', name: '', value: resource, holder: resource }];
  collect(resource, '', '', places);
  return places;
}

function collect(value: Json, at: string, name: string, into: Place[]): void {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    for (const [index, item] of list.entries()) add(item, `${at}/${index}`, name, list, into);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) add(item, `${at}/${escaped(key)}`, key, value, into);
  }
}

function add(value: Json, at: string, name: string, holder: Place['holder'], into: Place[]): void {
  into.push({ at, name, value, holder });
  collect(value, at, name, into);
}

export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

export const isText = (value: Json): value is string => typeof value === 'string';
export const isNumber = (value: Json): value is JsonNumber => isJsonNumber(value);
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json): value is JsonObject => isJsonObject(value);

export const setTo = (at: string, value: Json): Change => ({ set: { [at]: value } });
export const without = (...drop: readonly string[]): Change => ({ drop });

/** The last step of a pointer, and what is before it. */
export const above = (at: string): string => at.slice(0, at.lastIndexOf('/'));
