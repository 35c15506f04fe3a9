import { breaks } from './invariants.ts';
import { isObject, namesOf, valueAt, type Json, type Place } from './places.ts';
import { ofType, strangeExtension } from './samples.ts';

/** What is done to a resource to break one constraint. Each says whether there was something to change. */

export function recode(value: unknown, code: string): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value['coding'])) return value['coding'].map((one) => recode(one, code)).includes(true);
  if (value['code'] === code) return false;
  value['code'] = code;
  delete value['display'];
  if ('unit' in value) value['unit'] = code;
  return true;
}

export function put({ holder, key }: Place, value: unknown): boolean {
  if (value === undefined) return false;
  (holder as Json)[key] = structuredClone(value);
  return true;
}

export function otherCode(value: unknown): unknown {
  if (typeof value === 'string') return 'other';
  if (!isObject(value)) return undefined;
  if ('value' in value) return { ...value, unit: 'kPa', code: 'kPa' };
  return 'coding' in value || 'text' in value ? ofType['CodeableConcept'] : ofType['Coding'];
}

/** Leaves `spare` of them. */
export function remove(places: readonly Place[], spare: number, fromStart: boolean): boolean {
  const gone = fromStart ? places.slice(0, places.length - spare) : places.slice(spare);
  for (const { holder, key } of gone.toReversed()) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      delete holder[key];
      delete holder[`_${key}`];
    }
  }
  return gone.length > 0;
}

/** As many more of the first, where that stands. */
export function repeat(places: readonly Place[], more: number): boolean {
  const [first] = places;
  if (first === undefined || !Array.isArray(first.holder)) return false;
  for (let i = 0; i < more; i += 1) first.holder.push(structuredClone(valueAt(first)));
  return true;
}

export function appendTimes(holders: readonly Json[], name: string, value: unknown, times: number): boolean {
  const having = holders.filter((holder) => Array.isArray(holder[name]));
  for (let i = 0; i < times; i += 1) append(having, name, value);
  return having.length > 0;
}

export function replace(holders: readonly Json[], names: readonly string[], by: Json): boolean {
  const having = holders.filter((holder) => names.some((name) => name in holder));
  for (const holder of having) {
    for (const name of names) delete holder[name];
    Object.assign(holder, structuredClone(by));
  }
  return having.length > 0;
}

/** Says why there is no value, in place of the value. */
export function excuse(holders: readonly Json[]): boolean {
  const by = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }] };
  return holders
    .map((holder) => replace([holder], namesOf(holder, 'value[x]'), { dataAbsentReason: by }))
    .includes(true);
}

/** Contains resources, each of which FHIR wants somebody to refer to. */
export function contain(holders: readonly Json[], count: number, sample: unknown): boolean {
  const ids = Array.from({ length: count }, (_, index) => `other-${index}`);
  return replace(
    holders.map((holder) => Object.assign(holder, { contained: [] })),
    ['contained'],
    {
      contained: ids.map((id) => ({ ...(sample as Json), id })),
      supportingInformation: ids.map((id) => ({ reference: `#${id}` })),
    },
  );
}

export function add(holders: readonly Json[], name: string, value: unknown): boolean {
  for (const holder of holders) holder[name] = structuredClone(value);
  return holders.length > 0;
}

export function append(holders: readonly Json[], name: string, value: unknown): boolean {
  for (const holder of holders) {
    const known = holder[name];
    holder[name] = [...(Array.isArray(known) ? (known as unknown[]) : []), structuredClone(value)];
  }
  return holders.length > 0;
}

export function retype(holders: readonly Json[], name: string, type: string, sample: unknown): boolean {
  const having = holders.filter((holder) => namesOf(holder, name).length > 0);
  for (const holder of having) {
    for (const key of namesOf(holder, name)) {
      delete holder[key];
      delete holder[`_${key}`];
    }
    holder[`${name.slice(0, -3)}${type.charAt(0).toUpperCase()}${type.slice(1)}`] = structuredClone(sample);
  }
  return having.length > 0;
}

export function refer(place: Place, target: string): boolean {
  const value = valueAt(place);
  const { extension } = isObject(value) ? value : {};
  return put(place, { ...(extension !== undefined && { extension }), reference: `${target}/other` });
}

export function swapForExtensions(holders: readonly Json[]): boolean {
  const having = holders.filter((holder) => namesOf(holder, 'value[x]').length > 0 && 'url' in holder);
  for (const holder of having) {
    for (const key of Object.keys(holder)) if (/^_?value/.test(key)) delete holder[key];
    holder['extension'] = [strangeExtension()];
  }
  return having.length > 0;
}

export function swapForValue(holders: readonly Json[]): boolean {
  for (const holder of holders) {
    delete holder['extension'];
    holder['valueString'] = 'other';
  }
  return holders.length > 0;
}

export function breakAt(place: Place, key: string): boolean {
  const value = valueAt(place);
  const change = breaks[key];
  if (change === undefined || !isObject(value)) return false;
  change(value);
  return true;
}

/** Without what holds nothing any more: FHIR has no empty elements. */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => one !== undefined);
  if (!isObject(value)) return value;
  const left = Object.entries(value)
    .map(([name, one]) => [name, pruned(one)] as const)
    .filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
