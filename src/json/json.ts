/**
 * JSON whose numbers keep the digits they were written with.
 *
 * `JSON.parse` turns 0.50 into 0.5, and a clinic that wrote 0.50 mg/kg meant two digits. A number whose text
 * JavaScript would print differently is therefore held as the raw number that `JSON.stringify` writes back verbatim.
 */

import { firstFault, type JsonFault } from './scan.ts';

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

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** The part of the "JSON.parse source text access" proposal that Node 24 has and TypeScript's library does not type. */
const nativeJson = JSON as unknown as {
  parse(text: string, reviver?: Reviver): Json;
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

// A digit run that JavaScript may print differently: a trailing zero after the point, an exponent, a minus zero,
// 16 digits and more. A match inside a string costs time, never correctness.
const mayLoseDigits = /\d\.\d*0(?!\d)|\d[eE]|-0(?![.\d])|\d{16}|\d\.\d{15}|\.0{6}/;

/**
 * Reads JSON text. A text that is not JSON, or that has a name twice in one object, is a value that says where, never
 * what was there.
 */
export function parseJson(text: string): ParsedJson {
  let value: Json;
  try {
    value = mayLoseDigits.test(text) ? nativeJson.parse(text, keepDigits) : nativeJson.parse(text);
  } catch {
    return { ok: false, fault: firstFault(text) ?? { kind: 'malformed', line: 1, column: 1 } };
  }
  // The parser keeps the last of two equal names without a word. Counting is cheap; only a difference is looked for.
  const fault = namesIn(text) === keysOf(value) ? undefined : firstFault(text);
  return fault === undefined ? { ok: true, value } : { ok: false, fault };
}

// A quote inside a string is always escaped, so an unescaped one before a colon ends a name. A name that ends in a
// backslash is miscounted, which costs the search for a fault that is not there, and nothing else.
const nameEnd = /[^\\]"\s*:|""\s*:/g;

function namesIn(text: string): number {
  let count = 0;
  nameEnd.lastIndex = 0;
  while (nameEnd.test(text)) count += 1;
  return count;
}

function keysOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return (value as readonly Json[]).reduce<number>((sum, entry) => sum + keysOf(entry), 0);
  if (nativeJson.isRawJSON(value)) return 0;
  return Object.values(value).reduce<number>((sum, inner: Json) => sum + 1 + keysOf(inner), 0);
}

/** Writes JSON text, every number with its own digits. `indent` is a number of spaces. */
export function writeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent);
}

function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  return String(value) === context.source ? value : nativeJson.rawJSON(context.source);
}
