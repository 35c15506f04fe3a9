import type { $ZodIssue } from 'zod/v4/core';
import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import { refuses, severityOf, type Issue, type Read } from '../outcome/issue.ts';
import { partId } from './fields.ts';
import { linkedId, links } from './partial-links.ts';
import { coursePiece, type Piece } from './partial-pieces.ts';
import { isPath, isRetraction, ownFields, partialOf, type PartialCourse } from './partial.ts';
import { placeOf, root } from './path.ts';
import { prune, type Path } from './prune.ts';
import { issuesOf, withoutEmptyObjects } from './read-course.ts';
import { checkRules, type Draft } from './rules.ts';
import { corrected } from './schema-part.ts';
import { courseShape } from './shape.ts';

/** A partial as far as it could be read: whole where nothing refused it, and what is left of it for further checks. */
export interface ReadPartial extends Read<PartialCourse> {
  readonly draft: Draft | undefined;
}

/**
 * Reads unknown JSON as a partial: every fault that it has whatever the course is, at once, each at its path in the
 * partial. Whether it fits the course that it is of is told where the two meet.
 */
export function readPartial(json: Json): ReadPartial {
  if (!isJsonObject(json)) {
    return { value: undefined, draft: undefined, issues: [{ code: 'not-a-course', at: root }] };
  }
  const stated = withoutEmptyObjects(json, courseShape) as JsonObject;
  const reading = new Reading(stated);
  reading.readCourse();
  const draft = prune(stated, reading.hollow, 'hollow') as Draft | undefined;
  const issues = [...reading.issues, ...checkRules(draft).filter(isOfPartialAlone)];
  if (refuses(issues)) return { value: undefined, draft, issues };
  const partial = partialOf(stated);
  const contradictions = linksToRetracted(partial);
  return { value: refuses(contradictions) ? undefined : partial, draft, issues: [...issues, ...contradictions] };
}

// What a partial leaves out, the course may have: the target of a link, the zone of a time. Ids have been compared.
const ofTheCourse = new Set<IssueCode>(['dangling-link', 'time-without-zone', 'duplicate-id']);
const isOfPartialAlone = (issue: Issue): boolean => severityOf(issue) === 'error' && !ofTheCourse.has(issue.code);

const retraction = z.strictObject({ id: partId, retracted: corrected });
const pathAlone = z.strictObject({ id: partId });

/** Reads each piece by its own schema, and notes what is wrong and what is no part of the course. */
class Reading {
  readonly issues: Issue[] = [];
  /** The paths of what the rules between fields must not see. */
  readonly hollow: Path[] = [];
  readonly #whole: JsonObject;

  constructor(whole: JsonObject) {
    this.#whole = whole;
  }

  readCourse(): void {
    const own = ownFields(this.#whole, coursePiece);
    for (const [name, value] of Object.entries(own)) {
      if (value !== null) continue;
      delete own[name];
      this.#readNull(name);
    }
    this.#check(coursePiece.own, own, []);
    this.#readLists(this.#whole, coursePiece, []);
  }

  #readNull(name: string): void {
    this.hollow.push([name]);
    if (coursePiece.optional.has(name)) return;
    const known = courseShape.kind === 'object' && courseShape.fields.has(name);
    this.#report(known ? 'cannot-be-cleared' : 'unknown-field', [name]);
  }

  #readLists(value: JsonObject, { lists }: Piece, path: Path): void {
    for (const [name, piece] of lists) {
      const list = value[name];
      const at = [...path, name];
      if (list === undefined) continue;
      if (Array.isArray(list)) this.#readParts(list as readonly Json[], piece, at);
      else this.#refuse(list === null ? 'cannot-be-cleared' : 'wrong-type', at);
    }
  }

  #readParts(entries: readonly Json[], piece: Piece, path: Path): void {
    const seen = new Set<string>();
    entries.forEach((entry, index) => {
      const at = [...path, index];
      if (!isJsonObject(entry)) return this.#refuse('wrong-type', at);
      this.#readPart(entry, piece, at);
      const { id } = entry;
      if (typeof id !== 'string') return;
      if (seen.has(id)) this.#report('duplicate-id', [...at, 'id']);
      seen.add(id);
    });
  }

  #readPart(entry: JsonObject, piece: Piece, path: Path): void {
    if (isRetraction(entry)) {
      this.hollow.push(path);
      const { id, retracted, ...others } = entry;
      for (const name of Object.keys(others)) this.#report('retracted-with-content', [...path, name]);
      this.#check(retraction, { ...(id !== undefined && { id }), ...(retracted !== undefined && { retracted }) }, path);
      return;
    }
    this.#check(isPath(entry, piece) ? pathAlone : piece.own, ownFields(entry, piece), path);
    this.#readLists(entry, piece, path);
  }

  #check(schema: z.ZodType, value: Json, path: Path): void {
    for (const fault of schema.safeParse(value).error?.issues ?? []) {
      const placed = { ...fault, path: [...path, ...fault.path] } as $ZodIssue;
      this.issues.push(...issuesOf(placed, this.#whole));
      if (fault.code !== 'unrecognized_keys') this.hollow.push(placed.path);
    }
  }

  #refuse(code: IssueCode, path: Path): void {
    this.hollow.push(path);
    this.#report(code, path);
  }

  #report(code: IssueCode, path: Path): void {
    this.issues.push({ code, at: placeOf(path) });
  }
}

/** Parts that are said to rest on one that the same partial takes back. */
function linksToRetracted({ lists }: PartialCourse): Issue[] {
  return links.flatMap((link) => {
    const gone = new Set(lists.get(link.to)?.flatMap(({ id, retracted }) => (retracted === undefined ? [] : [id])));
    const parts = gone.size === 0 ? [] : (lists.get(link.list) ?? []);
    return parts.flatMap(({ own, index }): Issue[] =>
      own !== undefined && gone.has(linkedId(own, link) ?? '')
        ? [{ code: 'dangling-link', at: placeOf([link.list, index, ...link.field]) }]
        : [],
    );
  });
}
