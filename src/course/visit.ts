import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { courseShape, type Shape } from './shape.ts';

/** The keys and indexes to what a visitor is shown, good until it returns: `placeOf` makes a place of them. */
export type Way = readonly PropertyKey[];

/** What a visitor of a course is shown. */
export interface Visitor {
  time(text: string, way: Way): void;
  /** An object that may hold a Code: its system. */
  code(system: string, way: Way): void;
  /** An object of which exactly one alternative may be given: whether it is, whole. */
  alternatives(good: boolean, way: Way): void;
  /** A list of parts: their ids, undefined where one has none. */
  parts(ids: readonly (string | undefined)[], way: Way): void;
}

/** Walks a course, or what is left of one, along the format. */
export function visitCourse(course: unknown, visitor: Visitor): void {
  walkCourse?.(course as Json, visitor, []);
}

/** Shows a visitor a value and what is in it; the way to it is as it was afterwards. */
type Walk = (value: Json, visitor: Visitor, way: PropertyKey[]) => void;

/** The walk of a shape; undefined where nothing in it is ever shown, so that most of a course need not be looked at. */
function walkOf(shape: Shape): Walk | undefined {
  if (shape.kind === 'leaf') return shape.type === 'time' ? walkTime : undefined;
  return shape.kind === 'list' ? walkOfList(shape) : walkOfObject(shape);
}

const walkTime: Walk = (value, visitor, way) => {
  if (typeof value === 'string') visitor.time(value, way);
};

function walkOfList({ of, parts }: Shape & { kind: 'list' }): Walk | undefined {
  const walk = walkOf(of);
  if (walk === undefined && !parts) return undefined;
  return (value, visitor, way) => {
    if (!Array.isArray(value)) return;
    const entries = value as readonly Json[];
    if (parts) visitor.parts(entries.map(idOf), way);
    if (walk === undefined) return;
    for (let index = 0; index < entries.length; index += 1) walkOn(walk, entries[index], visitor, way, index);
  };
}

function walkOfObject({ fields, alternatives, required }: Shape & { kind: 'object' }): Walk | undefined {
  const mayBeCode = fields.has('system') && fields.has('code');
  const walks = [...fields].flatMap(([name, of]) => {
    const walk = walkOf(of);
    return walk === undefined ? [] : [{ name, walk }];
  });
  if (!mayBeCode && alternatives === undefined && walks.length === 0) return undefined;
  return (value, visitor, way) => {
    if (!isJsonObject(value)) return;
    if (mayBeCode && typeof value['system'] === 'string') visitor.code(value['system'], way);
    // An empty object is absence, so only a required one owes an alternative.
    if (alternatives !== undefined && (required || Object.keys(value).length > 0)) {
      visitor.alternatives(isOneAlternative(value, alternatives), way);
    }
    for (const { name, walk } of walks) walkOn(walk, value[name], visitor, way, name);
  };
}

function walkOn(walk: Walk, value: Json | undefined, visitor: Visitor, way: PropertyKey[], key: PropertyKey): void {
  if (value === undefined) return;
  way.push(key);
  walk(value, visitor, way);
  way.pop();
}

const idOf = (part: Json | undefined): string | undefined => {
  const id = part !== undefined && isJsonObject(part) ? part['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
};

// A field that its shape refused is still given: it has an issue of its own.
function isOneAlternative(json: JsonObject, alternatives: readonly (readonly string[])[]): boolean {
  const given = alternatives.filter((names) => names.some((name) => Object.hasOwn(json, name)));
  const [only, second] = given;
  if (only === undefined || second !== undefined) return false;
  return only.every((name) => name === 'display' || Object.hasOwn(json, name));
}

const walkCourse = walkOf(courseShape);
