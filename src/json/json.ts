/**
 * JSON whose numbers keep the digits they were written with.
 *
 * `JSON.parse` turns 0.50 into 0.5, and a clinic that wrote 0.50 mg/kg meant two digits. A number whose text
 * JavaScript would print differently is therefore held as the raw number that `JSON.stringify` writes back verbatim.
 */

import { deepest, firstFault, type JsonFault } from './scan.ts';
import { isDigit, survey } from './survey.ts';

/** A number with a text of its own, e.g. 0.50: what `JSON.rawJSON` makes and `JSON.stringify` writes back as it is. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** A JSON number. Plain where JavaScript prints it as it was written, raw where it does not. */
export type JsonNumber = number | RawNumber;

/** Any JSON value with its numbers' own text. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** What Node 24 has of the "JSON.parse source text access" proposal and TypeScript's library does not type. */
const nativeJson = JSON as unknown as {
  parse(text: string, reviver?: (name: string, value: Json, context: { source?: string }) => Json): Json;
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

/** The number that `text` (a JSON number token) writes, keeping its digits. */
export function jsonNumber(text: string): JsonNumber {
  const plain = Number(text);
  return String(plain) === text ? plain : nativeJson.rawJSON(text);
}

/** Whether `value` is a JSON number. */
export function isJsonNumber(value: unknown): value is JsonNumber {
  return typeof value === 'number' || nativeJson.isRawJSON(value);
}

/** The digits of a number as they were written. */
export function numberText(value: JsonNumber): string {
  return typeof value === 'number' ? String(value) : value.rawJSON;
}

/** A number's value, for arithmetic that tolerates floating point. */
export function numberValue(value: JsonNumber): number {
  return typeof value === 'number' ? value : Number(value.rawJSON);
}

/** Whether `value` is an object that is neither a list nor a number. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !nativeJson.isRawJSON(value);
}

export type ParsedJson =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly fault: JsonFault };

/**
 * Reads JSON text. A text that is not JSON, that has a name twice in one object, or that is nested beyond reason is a
 * value that says where, never what was there.
 */
export function parseJson(text: string): ParsedJson {
  try {
    const holder = [nativeJson.parse(text)];
    const { names, unlike } = survey(text);
    const restoring = new Restoring(unlike);
    restoring.walk(holder, 0);
    // The parser keeps the last of two equal names without a word. Counting is cheap; a difference is looked for.
    const fault = restoring.names === names ? undefined : firstFault(text);
    if (fault !== undefined) return { ok: false, fault };
    return { ok: true, value: restoring.inOrder ? (holder[0] as Json) : withSources(text) };
  } catch {
    return { ok: false, fault: firstFault(text) ?? { kind: 'malformed', line: 1, column: 1 } };
  }
}

/** The value with the digits of every number, whatever the order of names: three times as slow as counting numbers. */
const withSources = (text: string): Json =>
  nativeJson.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? jsonNumber(source) : value,
  );

type Holder = unknown[] | Record<string, unknown>;

/** Gives the numbers of a parsed value their digits back, in place, and counts its names. */
class Restoring {
  names = 0;
  /** Whether numbers were met as they stand in the text: names like 12 come before all others of an object. */
  inOrder = true;
  #numbers = 0;
  readonly #unlike: ReadonlyMap<number, string>;

  constructor(unlike: ReadonlyMap<number, string>) {
    this.#unlike = unlike;
  }

  walk(holder: Holder, depth: number): void {
    if (depth > deepest) throw new SyntaxError('nested too deeply');
    if (Array.isArray(holder)) {
      for (let index = 0; index < holder.length; index += 1) this.#restore(holder, index, depth);
      return;
    }
    // What the parser makes has no names but its own.
    // eslint-disable-next-line guard-for-in
    for (const name in holder) {
      this.names += 1;
      if (isDigit(name.charCodeAt(0))) this.inOrder = false;
      this.#restore(holder, name, depth);
    }
  }

  #restore(holder: Holder, at: string | number, depth: number): void {
    const fields = holder as Record<string | number, unknown>;
    const value = fields[at];
    if (typeof value === 'object' && value !== null) {
      this.walk(value as Holder, depth + 1);
    } else if (typeof value === 'number') {
      const digits = this.#unlike.get(this.#numbers);
      if (digits !== undefined) fields[at] = nativeJson.rawJSON(digits);
      this.#numbers += 1;
    }
  }
}

/** Writes JSON text, every number with its own digits. `indent` is a number of spaces. */
export function writeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent);
}
