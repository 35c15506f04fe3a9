import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { coursePiece, type Piece } from './partial-pieces.ts';
import type { PartialCourse, PartialLists } from './partial.ts';
import { placeOf } from './path.ts';

/**
 * Where what stands at a place of the merged course stands in the partial, found by the ids of parts. Undefined where
 * it does not come from the partial.
 */
export function placeInPartial(at: string, merged: JsonObject, partial: PartialCourse): string | undefined {
  const path = pathIn(at);
  const [name] = path;
  if (typeof name !== 'string') return undefined;
  if (!coursePiece.lists.has(name)) return partial.sent[name] === undefined ? undefined : at;
  const found = pathInParts(path, merged, partial.lists, coursePiece);
  return found === undefined ? undefined : placeOf(found);
}

function pathInParts(
  [name, index, ...rest]: readonly PropertyKey[],
  owner: JsonObject,
  lists: PartialLists,
  { lists: pieces }: Piece,
): PropertyKey[] | undefined {
  const piece = pieces.get(String(name));
  const entries = owner[String(name)];
  if (piece === undefined || typeof index !== 'number' || !Array.isArray(entries)) return undefined;
  const entry = (entries as readonly Json[])[index];
  if (entry === undefined || !isJsonObject(entry)) return undefined;
  const part = lists.get(String(name))?.find(({ id }) => id === entry['id']);
  if (part === undefined) return undefined;
  const here = [String(name), part.index];
  const [next] = rest;
  if (next !== undefined && piece.lists.has(String(next))) {
    const below = pathInParts(rest, entry, part.lists, piece);
    return below === undefined ? undefined : [...here, ...below];
  }
  // Of a part that the partial only leads through it says nothing, unless nobody else does.
  const says = part.own !== undefined || Object.keys(entry).every((one) => one === 'id' || piece.lists.has(one));
  return says ? [...here, ...rest] : undefined;
}

/** The keys and indexes of a place. */
function pathIn(at: string): PropertyKey[] {
  return [...at.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}
