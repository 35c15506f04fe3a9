import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { linkedId, links, withoutLink, type Link } from './partial-links.ts';
import { coursePiece, type Piece } from './partial-pieces.ts';
import { namedParts, type PartialCourse, type PartialLists, type PartialPart } from './partial.ts';
import type { PartWay } from './parts.ts';
import { entry, field, placeOf, root } from './path.ts';
import type { TreatmentCourse } from './schema.ts';
import { isLocalText, readLocal } from './time.ts';

/** A course after a partial: it has the shape of a course only where the partial fits it. */
export interface Merged {
  readonly course: JsonObject;
  /** What a retraction brings about, and faults of when it was; at the place of the retraction in the partial. */
  readonly issues: readonly Issue[];
  /** The parts that the partial names as taken back, and that the course had. */
  readonly retracted: readonly PartWay[];
}

/**
 * The course as it is once a partial is applied: a part that is given replaces what the course said of it, and its
 * lists of parts merge by id. What rests on a part that is taken back is taken back along; a link to it that need not
 * be there is cleared.
 */
export function mergePartial(course: TreatmentCourse | JsonObject, partial: PartialCourse): Merged {
  const before = course as JsonObject;
  const merged: Record<string, Json> = { ...before };
  for (const [name, value] of partial.fields) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  const retracted: PartWay[] = [];
  mergeLists(merged, partial.lists, coursePiece, [], retracted);
  const follows = retracted.length === 0 ? [] : clearLinks(merged, before, partial);
  return { course: merged, issues: [...follows, ...retractionTimes(partial, merged)], retracted };
}

/** Merges lists of parts into their owner, in place. */
function mergeLists(
  owner: Record<string, Json>,
  given: PartialLists,
  piece: Piece,
  way: PartWay,
  retracted: PartWay[],
): void {
  for (const [name, parts] of given) {
    const of = piece.lists.get(name);
    if (of === undefined) continue;
    const merged = mergeParts(listIn(owner, name), parts, of, name, way, retracted);
    if (merged.length === 0) delete owner[name];
    else owner[name] = merged;
  }
}

function mergeParts(
  known: readonly JsonObject[],
  given: readonly PartialPart[],
  piece: Piece,
  name: string,
  above: PartWay,
  retracted: PartWay[],
): readonly JsonObject[] {
  const merged = new Map(known.map((part) => [part['id'], part]));
  for (const part of given) {
    const before = merged.get(part.id);
    const way = [...above, [name, part.id] as const];
    if (part.retracted !== undefined) {
      if (merged.delete(part.id)) retracted.push(way);
      continue;
    }
    const after = mergePart(before, part, piece, way, retracted);
    if (after !== undefined) merged.set(part.id, after);
  }
  return [...merged.values()];
}

function mergePart(
  before: JsonObject | undefined,
  part: PartialPart,
  piece: Piece,
  way: PartWay,
  retracted: PartWay[],
): JsonObject | undefined {
  const after: Record<string, Json> = { ...(part.own ?? before ?? { id: part.id }) };
  if (part.own !== undefined && before !== undefined) {
    for (const name of piece.lists.keys()) if (before[name] !== undefined) after[name] = before[name];
  }
  mergeLists(after, part.lists, piece, way, retracted);
  // A path to a part that nobody has, for the sake of what nobody has either, leads nowhere.
  const leadsNowhere = part.own === undefined && before === undefined && Object.keys(after).length === 1;
  return leadsNowhere ? undefined : after;
}

/** Clears the links to parts that are taken back, in place, and takes back the parts that are nothing without them. */
function clearLinks(merged: Record<string, Json>, before: JsonObject, partial: PartialCourse): Issue[] {
  return links.flatMap((link) => {
    const gone = new Map(
      partial.lists.get(link.to)?.flatMap((part) => (part.retracted === undefined ? [] : [[part.id, part.index]])),
    );
    if (gone.size === 0) return [];
    const issues: Issue[] = [];
    const left = listIn(merged, link.list).flatMap((part) => {
      const cause = gone.get(linkedId(part, link) ?? '');
      if (cause === undefined) return [part];
      issues.push(consequence(link, placeOf([link.to, cause]), part, before));
      return link.required ? [] : [withoutLink(part, link.field)];
    });
    if (issues.length === 0) return [];
    if (left.length === 0) delete merged[link.list];
    else merged[link.list] = left;
    return issues;
  });
}

/** Said where the partial takes the part back; `part` is the place in the course as it was before. */
function consequence(link: Link, at: string, part: JsonObject, before: JsonObject): Issue {
  const index = listIn(before, link.list).findIndex(({ id }) => id === part['id']);
  const place = entry(field(root, link.list), index);
  return link.required
    ? { code: 'retracted-along', at, facts: { part: place } }
    : { code: 'link-cleared', at, facts: { link: link.field.reduce(field, place) } };
}

/** When parts were taken back, in the zone of the course: the times of everything else are checked with the course. */
function retractionTimes({ lists }: PartialCourse, { timeZone }: JsonObject): Issue[] {
  const zone = typeof timeZone === 'string' ? timeZone : undefined;
  return [...namedParts(lists)].flatMap(({ part: { retracted }, path }): Issue[] => {
    if (retracted === undefined || !isLocalText(retracted.at)) return [];
    const at = placeOf([...path, 'retracted', 'at']);
    if (zone === undefined) return [{ code: 'time-without-zone', at }];
    return readLocal(retracted.at, zone).occurs === 'never' ? [{ code: 'nonexistent-local-time', at }] : [];
  });
}

function listIn(owner: JsonObject, name: string): readonly JsonObject[] {
  const list = owner[name];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}
