import { isJsonNumber, numberText } from './json.ts';

/**
 * JSON as the bytes that go out. `JSON.stringify` makes a text, which then has to be encoded; and most of what we write
 * is the same few hundred objects over and over. Their bytes are made once (`shared`), the rest goes straight into a
 * buffer: together that takes half the time.
 */

const made = new WeakMap<object, Uint8Array>();

/** A value that is written many times over: its bytes are made now, and it is frozen, so that they stay true. */
export function shared<T extends object>(value: T): T {
  if (!made.has(value)) made.set(frozen(value), jsonBytes(value));
  return value;
}

function frozen(value: object): object {
  if (Object.isFrozen(value)) return value;
  for (const inner of Object.values(value) as unknown[]) if (typeof inner === 'object' && inner !== null) frozen(inner);
  return Object.freeze(value);
}

const firstLength = 1 << 16;
const keptLength = 1 << 22;
let bytes = Buffer.allocUnsafe(firstLength);
let end = 0;

/** The bytes of what `JSON.stringify` makes of plain data: objects, lists, texts, numbers of their own digits. */
export function jsonBytes(value: unknown): Uint8Array {
  end = 0;
  put(value);
  const written = Buffer.from(bytes.subarray(0, end));
  // One very long value must not hold its room for ever.
  if (bytes.length > keptLength) bytes = Buffer.allocUnsafe(firstLength);
  return written;
}

function put(value: unknown): void {
  if (typeof value === 'string') putString(value);
  else if (typeof value === 'object' && value !== null) putObject(value);
  else if (typeof value === 'boolean' || Number.isFinite(value)) putAscii(String(value));
  else putAscii('null');
}

function putObject(value: object): void {
  const known = made.get(value);
  if (known !== undefined) putBytes(known);
  else if (Array.isArray(value)) putList(value);
  else if (isJsonNumber(value)) putAscii(numberText(value));
  else putFields(value as Readonly<Record<string, unknown>>);
}

function putList(list: readonly unknown[]): void {
  putCode(leftBracket);
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) putCode(comma);
    put(list[index]);
  }
  putCode(rightBracket);
}

function putFields(fields: Readonly<Record<string, unknown>>): void {
  putCode(leftBrace);
  let isFirst = true;
  // eslint-disable-next-line guard-for-in -- plain data has no names but its own
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    if (!isFirst) putCode(comma);
    isFirst = false;
    putString(name);
    putCode(colon);
    put(value);
  }
  putCode(rightBrace);
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const leftBracket = 0x5b;
const backslash = 0x5c;
const rightBracket = 0x5d;
const leftBrace = 0x7b;
const rightBrace = 0x7d;

/** A text, character by character as long as they are printable ASCII, which most are to the end. */
function putString(text: string): void {
  makeRoom(text.length + 2);
  const into = bytes;
  let at = end;
  into[at] = quote;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === quote || code === backslash) return putEscaped(text);
    at += 1;
    into[at] = code;
  }
  into[at + 1] = quote;
  end = at + 2;
}

function putEscaped(text: string): void {
  const json = JSON.stringify(text);
  // A character is three bytes of UTF-8 at most.
  makeRoom(json.length * 3);
  end += bytes.write(json, end, 'utf8');
}

function putAscii(text: string): void {
  makeRoom(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[end + index] = text.charCodeAt(index);
  end += text.length;
}

function putBytes(known: Uint8Array): void {
  makeRoom(known.length);
  bytes.set(known, end);
  end += known.length;
}

function putCode(code: number): void {
  makeRoom(1);
  bytes[end] = code;
  end += 1;
}

function makeRoom(count: number): void {
  if (end + count <= bytes.length) return;
  const wider = Buffer.allocUnsafe(Math.max(bytes.length * 2, end + count));
  bytes.copy(wider, 0, 0, end);
  bytes = wider;
}
