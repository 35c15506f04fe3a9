import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { TreatmentCourse } from './schema.ts';
import { courseShape, type Shape } from './shape.ts';
import { earliest } from './time.ts';

/**
 * The course in its one canonical form: fields in the order of the schema, parts sorted by time and then id (course
 * format, rule 6), empty lists and objects left out where they are absence. Nothing else changes.
 */
export function canonicalCourse(course: TreatmentCourse): TreatmentCourse {
  const canonical = canonicalValue(course as unknown as Json, courseShape, course.timeZone);
  return canonical as unknown as TreatmentCourse;
}

/** A value of this shape in its canonical form; undefined where it is absence. */
export function canonicalValue(value: Json, shape: Shape, zone: string | undefined): Json | undefined {
  if (shape.kind === 'list' && Array.isArray(value)) return canonicalList(value as readonly Json[], shape, zone);
  if (shape.kind !== 'object' || !isJsonObject(value) || isCanonical(value, shape, zone)) return value;
  const fields: Record<string, Json> = {};
  let empty = true;
  for (const [name, of] of shape.fields) {
    const given = value[name];
    if (given === undefined) continue;
    const canonical = of.kind === 'leaf' ? given : canonicalValue(given, of, zone);
    if (canonical === undefined) continue;
    fields[name] = canonical;
    empty = false;
  }
  return empty ? undefined : fields;
}

function canonicalList(
  value: readonly Json[],
  shape: Shape & { kind: 'list' },
  zone: string | undefined,
): Json | undefined {
  const entries: Json[] = [];
  for (const entry of value) {
    const canonical = canonicalValue(entry, shape.of, zone);
    if (canonical !== undefined) entries.push(canonical);
  }
  if (entries.length === 0) return shape.required ? entries : undefined;
  return shape.parts ? sortParts(entries, zone) : entries;
}

/** Whether a value is what `canonicalValue` would make of it: most courses are, and need no copy. */
function isCanonical(value: Json, shape: Shape, zone: string | undefined): boolean {
  if (shape.kind === 'list') return !Array.isArray(value) || isCanonicalList(value as readonly Json[], shape, zone);
  if (shape.kind === 'leaf' || !isJsonObject(value)) return true;
  let last = -1;
  // eslint-disable-next-line guard-for-in -- what came as JSON has no names but its own
  for (const name in value) {
    const given = value[name];
    const of = shape.fields.get(name);
    const rank = shape.ranks.get(name);
    if (given === undefined || of === undefined || rank === undefined || rank < last) return false;
    if (!isCanonical(given, of, zone)) return false;
    last = rank;
  }
  return last >= 0;
}

function isCanonicalList(
  list: readonly Json[],
  { of, parts, required }: Shape & { kind: 'list' },
  zone: string | undefined,
): boolean {
  let last: PartKey | undefined;
  for (const entry of list) {
    if (!isCanonical(entry, of, zone)) return false;
    if (!parts) continue;
    const key = keyOf(entry, zone);
    if (last !== undefined && compareKeys(last, key) > 0) return false;
    last = key;
  }
  return required || list.length > 0;
}

/** Sorts parts by time, then id. A part's time is the first present of at, start, from, onset; absent ones come last. */
export function sortParts<T extends Json>(parts: readonly T[], zone: string | undefined): readonly T[] {
  if (parts.length < 2) return parts;
  const keyed = parts.map((part) => ({ part, ...keyOf(part, zone) }));
  return keyed.toSorted(compareKeys).map(({ part }) => part);
}

interface PartKey {
  readonly instant: number;
  readonly id: string;
}

const keyOf = (part: Json, zone: string | undefined): PartKey => ({ instant: instantOf(part, zone), id: idOf(part) });

const compareKeys = (a: PartKey, b: PartKey): number =>
  a.instant - b.instant || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

// A time far after every other stands for "no time": infinity would make the difference of two not a number.
const never = 8.64e15;

function instantOf(part: Json, zone: string | undefined): number {
  if (!isJsonObject(part)) return never;
  const time = part['at'] ?? part['start'] ?? part['from'] ?? part['onset'];
  return typeof time === 'string' ? earliest(time, zone) : never;
}

function idOf(part: Json): string {
  const id: unknown = (part as JsonObject)['id'];
  return typeof id === 'string' ? id : '';
}
