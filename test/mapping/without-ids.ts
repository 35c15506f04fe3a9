import { canonicalCourse } from '../../src/course/canonical.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { isJsonNumber, isJsonObject, numberValue, writeJson, type Json, type JsonObject } from '../../src/json/json.ts';

/**
 * A course without the ids of its parts, for comparing it with one whose parts have other ids: a link says what it
 * leads to, lists of parts stand in the order of what they say, and numbers count by value.
 */
export function withoutIds(given: TreatmentCourse): string {
  const course = canonicalCourse(given);
  const parts = new Map<string, JsonObject>();
  collect(course as unknown as Json, parts);
  const { id, ...rest } = course;
  return writeJson({ id, ...(said(rest as unknown as Json, parts, true) as JsonObject) });
}

// The parts that a link can name, by the name of the link without its role.
const linked: Readonly<Record<string, string>> = { sessions: 'session', assessments: 'assessment' };

function collect(course: Json, parts: Map<string, JsonObject>): void {
  if (!isJsonObject(course)) return;
  for (const [list, kind] of Object.entries(linked)) {
    const entries = course[list];
    if (!Array.isArray(entries)) continue;
    for (const one of (entries as readonly Json[]).filter(isJsonObject)) {
      if (typeof one['id'] === 'string') parts.set(`${kind} ${one['id']}`, one);
    }
  }
}

function said(value: Json, parts: ReadonlyMap<string, JsonObject>, links: boolean): Json {
  if (isJsonNumber(value)) return numberValue(value);
  if (Array.isArray(value)) {
    const list = (value as readonly Json[]).map((one) => said(one, parts, links));
    const isOfParts = (value as readonly Json[]).every((one) => isJsonObject(one) && isPart(one));
    return isOfParts ? list.map((one) => writeJson(one)).toSorted() : list;
  }
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).flatMap(([name, one]): [string, Json][] => {
    if (name === 'id' && isPart(value)) return [];
    const kind = /session(?=Id$)|assessment(?=Id$)/i.exec(name)?.[0].toLowerCase();
    if (kind === undefined || typeof one !== 'string') return [[name, said(one, parts, links)]];
    const target = parts.get(`${kind} ${one}`);
    return [[name, links && target !== undefined ? said(target, parts, false) : 'some']];
  });
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A Ref and an identifier have ids too, which are no parts': phases and medication keep theirs, in a form. */
const isPart = (one: JsonObject): boolean =>
  'id' in one &&
  !('system' in one) &&
  !('name' in one) &&
  !('key' in one && !('criteria' in one)) &&
  Object.keys(one).length > 1;
