import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { TreatmentCourse } from './schema.ts';
import { courseShape, type Shape } from './shape.ts';

/** The lists and ids that lead from a course to a part: sessions 3, readings 20. */
export type PartWay = readonly (readonly [list: string, id: string])[];

/** A part of a course, whatever it is a part of. */
export interface Part {
  readonly way: PartWay;
  /** The same for the same way, and for no other. */
  readonly key: string;
}

/** Every part of a course, those within parts included, each after the one that it is within. */
export function partsOf(course: TreatmentCourse): readonly Part[] {
  const found: Part[] = [];
  walk(course as unknown as JsonObject, courseShape, [], '', found);
  return found;
}

/** The keys of all parts of a course. */
export const partKeys = (course: TreatmentCourse): ReadonlySet<string> =>
  new Set(partsOf(course).map(({ key }) => key));

/** The key of the part that a way leads to. */
export const partKey = (way: PartWay): string => way.reduce((key, [list, id]) => keyBelow(key, list, id), '');

/** Whether one key is of a part within the part of the other. */
export const isWithin = (key: string, above: string): boolean => key.startsWith(above);

// An id holds no control characters (FHIR's string), so that no two ways look alike, and none begins as another does.
const keyBelow = (above: string, list: string, id: string): string => `${above}${list}\u0000${id}\u0000`;

function walk(value: JsonObject, shape: Shape, way: PartWay, key: string, found: Part[]): void {
  for (const [name, of] of partLists(shape)) {
    const entries = value[name];
    if (!Array.isArray(entries)) continue;
    for (const entry of entries as readonly Json[]) {
      if (!isJsonObject(entry) || typeof entry['id'] !== 'string') continue;
      const part: Part = { way: [...way, [name, entry['id']]], key: keyBelow(key, name, entry['id']) };
      found.push(part);
      walk(entry, of, part.way, part.key, found);
    }
  }
}

type ListsOf = readonly (readonly [name: string, of: Shape])[];
const lists = new Map<Shape, ListsOf>();

/** The lists of parts that a shape has, by name, with the shape of their parts. */
export function partLists(shape: Shape): ListsOf {
  const known = lists.get(shape);
  if (known !== undefined) return known;
  const found: ListsOf =
    shape.kind !== 'object'
      ? []
      : [...shape.fields].flatMap(([name, of]) => (of.kind === 'list' && of.parts ? [[name, of.of] as const] : []));
  lists.set(shape, found);
  return found;
}
