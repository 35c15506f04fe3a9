import { writeJson } from '../json/json.ts';
import { namedParts, type PartialCourse } from './partial.ts';
import { isWithin, partKey } from './parts.ts';

/**
 * What a partial says, one thing at a time, each as text: fields of the course, what parts say of themselves, and what
 * is taken back. Parts are named by their keys.
 */
export interface Statements {
  readonly fields: ReadonlyMap<string, string>;
  readonly parts: ReadonlyMap<string, string>;
  readonly retracted: ReadonlyMap<string, string>;
}

export function statementsOf({ fields, lists }: PartialCourse): Statements {
  const parts = new Map<string, string>();
  const retracted = new Map<string, string>();
  for (const { part, way } of namedParts(lists)) {
    if (part.own !== undefined) parts.set(partKey(way), writeJson(part.own));
    if (part.retracted !== undefined) retracted.set(partKey(way), writeJson(part.retracted));
  }
  return { fields: new Map([...fields].map(([name, value]) => [name, writeJson(value)])), parts, retracted };
}

/** The same text for what says the same, whatever it was written like. */
export function statementsText({ fields, parts, retracted }: Statements): string {
  const sorted = (said: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
    [...said].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return writeJson([sorted(fields), sorted(parts), sorted(retracted)]);
}

// What orders submissions: two of the same version may still tell its time in different words.
const orderFields = new Set(['version', 'recordedAt']);

/** Whether two say different things of one field or part. */
export function contradict(a: Statements, b: Statements): boolean {
  const differs = (name: string, text: string, others: ReadonlyMap<string, string>): boolean =>
    others.has(name) && others.get(name) !== text;
  return (
    [...a.fields].some(([name, text]) => !orderFields.has(name) && differs(name, text, b.fields)) ||
    [...a.parts].some(([key, text]) => differs(key, text, b.parts)) ||
    takesBackPartOf(a, b) ||
    takesBackPartOf(b, a)
  );
}

const takesBackPartOf = ({ retracted }: Statements, { parts }: Statements): boolean =>
  [...retracted.keys()].some((above) => [...parts.keys()].some((key) => isWithin(key, above)));

/** Whether newer ones say all of it, so that it changes nothing whatever the course was before. */
export function isCovered({ fields, parts, retracted }: Statements, newer: readonly Statements[]): boolean {
  const takenBack = (key: string): boolean =>
    newer.some((one) => [...one.retracted.keys()].some((above) => isWithin(key, above)));
  return (
    [...fields.keys()].every((name) => newer.some((one) => one.fields.has(name))) &&
    [...parts.keys()].every((key) => newer.some((one) => one.parts.has(key)) || takenBack(key)) &&
    // A part that comes back is not as it was: its links and what was within it are gone.
    [...retracted.keys()].every(takenBack)
  );
}
