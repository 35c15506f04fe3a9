/**
 * JSON whose numbers keep the digits they were written with.
 *
 * `JSON.parse` turns 0.50 into 0.5, and a clinic that wrote 0.50 mg/kg meant two digits. A number whose text
 * JavaScript would print differently is therefore held as the raw number that `JSON.stringify` writes back verbatim.
 */

import { deepest, firstFault, type JsonFault } from './scan.ts';

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
  parse(text: string): Json;
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
    const mark = mayLoseDigits.test(text) ? unusedMark(text) : undefined;
    const holder: Holder = [nativeJson.parse(mark === undefined ? text : withMarkedNumbers(text, mark))];
    const names = settle(holder, mark, 0);
    // The parser keeps the last of two equal names without a word. Counting is cheap; a difference is looked for.
    const fault = names === namesIn(text) ? undefined : firstFault(text);
    return fault === undefined ? { ok: true, value: holder[0] as Json } : { ok: false, fault };
  } catch {
    return { ok: false, fault: firstFault(text) ?? { kind: 'malformed', line: 1, column: 1 } };
  }
}

// A digit run that JavaScript may print differently: a trailing zero after the point, an exponent, a minus zero,
// 16 characters and more. A match inside a string costs time, never correctness.
const mayLoseDigits = /\d\.\d*0(?!\d)|\d[eE]|-0(?![.\d])|\d[\d.]{15}|\.0{6}/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A private-use character that the text does not have, neither as it is nor escaped. */
function unusedMark(text: string): string {
  for (let code = 0xe000; code < 0xf8ff; code += 1) {
    const candidate = String.fromCharCode(code);
    if (!text.includes(candidate) && !new RegExp(`\\\\u${code.toString(16)}`, 'i').test(text)) return candidate;
  }
  throw new SyntaxError('a text of private-use characters');
}

/**
 * The text with every number that would lose digits written as a marked string, which the parser leaves alone. Asking a
 * reviver for the source of each number takes three times as long.
 */
function withMarkedNumbers(text: string, mark: string): string {
  const pieces: string[] = [];
  let from = 0;
  stringOrNumber.lastIndex = 0;
  for (let found = stringOrNumber.exec(text); found !== null; found = stringOrNumber.exec(text)) {
    const [token] = found;
    if (token.startsWith('"') || isPlain(token) || !isNumberToken(token)) continue;
    pieces.push(text.slice(from, found.index), `"${mark}${token}"`);
    from = found.index + token.length;
  }
  return pieces.join('') + text.slice(from);
}

const isPlain = (token: string): boolean => String(Number(token)) === token;

// 01 is no JSON number: left as it is, the parser refuses it.
const isNumberToken = (token: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token);

type Holder = Record<string, unknown> | unknown[];

/** Turns marked strings into raw numbers, in place, and counts the names of all objects. */
function settle(holder: Holder, mark: string | undefined, depth: number): number {
  if (depth > deepest) throw new SyntaxError('nested too deeply');
  const fields = holder as Record<string, unknown>;
  const names = Object.keys(fields);
  let count = Array.isArray(holder) ? 0 : names.length;
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'object' && value !== null) count += settle(value as Holder, mark, depth + 1);
    else if (mark !== undefined && typeof value === 'string' && value.startsWith(mark)) {
      fields[name] = nativeJson.rawJSON(value.slice(mark.length));
    }
  }
  return count;
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

/** Writes JSON text, every number with its own digits. `indent` is a number of spaces. */
export function writeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent);
}
