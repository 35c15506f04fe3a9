import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { canonicalValue } from './canonical.ts';
import type { CourseKey } from './identity.ts';
import { coursePiece, type Piece } from './partial-pieces.ts';
import type { Corrected } from './schema.ts';

/**
 * What a partial submission says of a course (course format, rule 7): only that. A field of the course that is absent
 * is untouched, and one that is null is cleared; a part that is absent is untouched.
 */
export interface PartialCourse {
  readonly key: CourseKey;
  /** As it was sent: what places refer to. */
  readonly sent: JsonObject;
  /** The course's own fields but those of its key; null clears. */
  readonly fields: ReadonlyMap<string, Json>;
  readonly lists: PartialLists;
}

/** Lists of parts, by their names. */
export type PartialLists = ReadonlyMap<string, readonly PartialPart[]>;

/** A part that a partial names: to say it, to take it back, or only on the way to the parts within. */
export interface PartialPart {
  readonly id: string;
  /** Its index in the list as it was sent. */
  readonly index: number;
  /** All that it says of itself, its id included. Absent where the part is a path, or is taken back. */
  readonly own?: JsonObject;
  readonly retracted?: Corrected;
  readonly lists: PartialLists;
}

/** A partial from JSON that `readPartial` has found good. */
export function partialOf(sent: JsonObject): PartialCourse {
  const { schemaVersion: _, system, id, ...fields } = ownFields(sent, coursePiece);
  const stated = Object.entries(fields).flatMap(([name, value]): [string, Json][] => {
    if (value === null) return [[name, value]];
    const canonical = canonicalValue({ [name]: value }, coursePiece.shape, undefined);
    const field = canonical === undefined ? undefined : (canonical as JsonObject)[name];
    return field === undefined ? [] : [[name, field]];
  });
  const key = { system, id } as unknown as CourseKey;
  return { key, sent, fields: new Map(stated), lists: listsOf(sent, coursePiece) };
}

function listsOf(value: JsonObject, { lists }: Piece): PartialLists {
  const found = new Map<string, readonly PartialPart[]>();
  for (const [name, piece] of lists) {
    const entries = value[name];
    if (Array.isArray(entries)) {
      found.set(
        name,
        (entries as readonly JsonObject[]).map((entry, index) => partOf(entry, index, piece)),
      );
    }
  }
  return found;
}

function partOf(entry: JsonObject, index: number, piece: Piece): PartialPart {
  const named = { id: entry['id'] as string, index };
  const { retracted } = entry;
  if (retracted !== undefined) return { ...named, retracted: retracted as unknown as Corrected, lists: new Map() };
  const lists = listsOf(entry, piece);
  if (isPath(entry, piece)) return { ...named, lists };
  const own = canonicalValue(ownFields(entry, piece), piece.shape, undefined);
  return { ...named, own: own as JsonObject, lists };
}

/** Whether a part only leads to parts within: it says nothing but its id and lists of parts. */
export function isPath(entry: JsonObject, { lists }: Piece): boolean {
  return lists.size > 0 && Object.keys(entry).every((name) => name === 'id' || lists.has(name));
}

/** What an object says of itself: its fields but the lists of parts. */
export function ownFields(value: JsonObject, { lists }: Piece): Record<string, Json> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !lists.has(name)));
}

/** Every part that a partial names, at any depth, with what leads to it. */
export function* namedParts(
  lists: PartialLists,
  way: readonly (readonly [string, string])[] = [],
  path: readonly PropertyKey[] = [],
): Generator<{
  readonly part: PartialPart;
  readonly way: readonly (readonly [string, string])[];
  readonly path: readonly PropertyKey[];
}> {
  for (const [name, parts] of lists) {
    for (const part of parts) {
      const found = { part, way: [...way, [name, part.id] as const], path: [...path, name, part.index] };
      yield found;
      yield* namedParts(part.lists, found.way, found.path);
    }
  }
}

/** Whether JSON is an object of a list of parts that takes the part back. */
export const isRetraction = (entry: Json): entry is JsonObject =>
  isJsonObject(entry) && Object.hasOwn(entry, 'retracted');
