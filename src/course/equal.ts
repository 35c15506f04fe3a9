import { isJsonNumber, isJsonObject, numberText, numberValue, type Json } from '../json/json.ts';
import { canonicalCourse } from './canonical.ts';
import { entry, field, root } from './path.ts';
import type { TreatmentCourse } from './schema.ts';
import { courseShape, type Shape } from './shape.ts';

/** A place where two courses differ: in the first course's numbering, or, for what only the second has, in its own. */
export interface Difference {
  readonly at: string;
  readonly kind: 'changed' | 'missing' | 'extra';
}

/**
 * Whether digits count. With ourselves they do (`text`: 0.50 is not 0.5); with servers, some of which drop trailing
 * zeros, they do not (`value`).
 */
export interface Comparison {
  readonly numbers: 'text' | 'value';
}

/**
 * Every place where two courses differ: the one definition of equality. Parts are compared id by id, whatever their
 * order, and so are the items of an assessment; other lists keep theirs; an empty list or object is absence.
 */
export function courseDifferences(a: TreatmentCourse, b: TreatmentCourse, { numbers }: Comparison): Difference[] {
  const found: Difference[] = [];
  const left = canonicalCourse(a) as unknown as Json;
  const right = canonicalCourse(b) as unknown as Json;
  compare(left, right, courseShape, root, numbers, found);
  return found;
}

/** Whether two courses are the same course. */
export function sameCourse(a: TreatmentCourse, b: TreatmentCourse, comparison: Comparison): boolean {
  return courseDifferences(a, b, comparison).length === 0;
}

function compare(
  a: Json | undefined,
  b: Json | undefined,
  shape: Shape,
  at: string,
  numbers: Comparison['numbers'],
  found: Difference[],
): void {
  if (a === undefined && b === undefined) return;
  if (b === undefined) {
    found.push({ at, kind: 'missing' });
  } else if (a === undefined) {
    found.push({ at, kind: 'extra' });
  } else if (shape.kind === 'leaf') {
    if (!sameLeaf(a, b, numbers)) found.push({ at, kind: 'changed' });
  } else if (shape.kind === 'list') {
    compareLists(asList(a), asList(b), shape, at, numbers, found);
  } else if (isJsonObject(a) && isJsonObject(b)) {
    for (const [name, of] of shape.fields) compare(a[name], b[name], of, field(at, name), numbers, found);
  }
}

function compareLists(
  a: readonly Json[],
  b: readonly Json[],
  shape: Shape & { kind: 'list' },
  at: string,
  numbers: Comparison['numbers'],
  found: Difference[],
): void {
  const { key } = shape;
  if (key === undefined) {
    for (let i = 0; i < Math.max(a.length, b.length); i += 1)
      compare(a[i], b[i], shape.of, entry(at, i), numbers, found);
    return;
  }
  const others = new Map(b.map((part, index) => [keyOf(part, key), { part, index }]));
  a.forEach((part, index) => {
    const id = keyOf(part, key);
    compare(part, others.get(id)?.part, shape.of, entry(at, index), numbers, found);
    others.delete(id);
  });
  for (const { index } of others.values()) found.push({ at: entry(at, index), kind: 'extra' });
}

const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

const keyOf = (part: Json, key: string): unknown => (isJsonObject(part) ? part[key] : undefined);

function sameLeaf(a: Json, b: Json, numbers: Comparison['numbers']): boolean {
  if (!isJsonNumber(a) || !isJsonNumber(b)) return a === b;
  return numbers === 'text' ? numberText(a) === numberText(b) : numberValue(a) === numberValue(b);
}
