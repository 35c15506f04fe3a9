import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { entry, field, root } from './path.ts';
import type { Shape } from './shape.ts';

/** What a visitor of a course is shown; every place is a FHIRPath. */
export interface Visitor {
  time(text: string, at: string): void;
  /** An object that may hold a Code: its system. */
  code(system: string, at: string): void;
  /** An object of which exactly one alternative may be given: whether it is, whole. */
  alternatives(good: boolean, at: string): void;
  /** A list of parts: their ids, undefined where one has none. */
  parts(ids: readonly (string | undefined)[], at: string): void;
}

/** Walks a course, or what is left of one, along the format. */
export function visit(value: unknown, shape: Shape, visitor: Visitor, at: string = root): void {
  const json = value as Json | undefined;
  if (json === undefined) return;
  if (shape.kind === 'leaf') {
    if (shape.type === 'time' && typeof json === 'string') visitor.time(json, at);
  } else if (shape.kind === 'list') {
    if (!Array.isArray(json)) return;
    const entries = json as readonly Json[];
    if (shape.parts) visitor.parts(entries.map(idOf), at);
    entries.forEach((item, index) => visit(item, shape.of, visitor, entry(at, index)));
  } else if (isJsonObject(json)) {
    if (shape.fields.has('system') && shape.fields.has('code') && typeof json['system'] === 'string') {
      visitor.code(json['system'], at);
    }
    // An empty object is absence, so only a required one owes an alternative.
    if (shape.alternatives !== undefined && (shape.required || Object.keys(json).length > 0)) {
      visitor.alternatives(isOneAlternative(json, shape.alternatives), at);
    }
    for (const [name, of] of shape.fields) visit(json[name], of, visitor, field(at, name));
  }
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
