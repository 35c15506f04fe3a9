import { expect, test } from 'vitest';
import { parseJson, type Json, type JsonNumber } from '../../../src/json/json.ts';
import { catalogue } from '../../../src/outcome/catalogue.ts';
import type { Faults } from '../../../src/validation/formats/fault.ts';
import { numberChecks, textChecks } from '../../../src/validation/formats/primitives.ts';
import judged from './judged-primitives.json' with { type: 'json' };

/** What HL7's validator calls a fault, and what we call it. Several of its names mean one fault. */
const ours: Record<string, readonly string[]> = {
  Primitive_NotEmpty: ['primitive-empty'],
  Primitive_WS: ['only-white-space'],
  String_WS_ALL: ['only-white-space'],
  String_WS: ['outer-white-space'],
  UNICODE_XML_BAD_CHARS: ['control-character'],
  UNICODE_BIDI_CONTROLS_CHARS_MATCH: ['direction-left-open'],
  SECURITY_STRING_CONTENT_WARNING: ['html-in-text'],
  MARKDOWN_HTML: ['html-in-markdown'],
  Code_WS: ['code-white-space'],
  ID_Valid: ['invalid-id'],
  URI_WS: ['uri-white-space'],
  OID_Valid: ['invalid-oid'],
  UUID_Valid: ['invalid-uuid'],
  URI_OID: ['uri-without-urn'],
  URI_UUID: ['uri-without-urn'],
  OID_Start: ['uri-without-urn'],
  UUID_Strat: ['uri-without-urn'],
  TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE: ['canonical-relative'],
  Date_Valid: ['invalid-date'],
  DateTime_Reasonable: ['year-unlikely'],
  DateTime_TZ: ['date-time-without-zone', 'invalid-date-time'],
  DateTime_Valid: ['invalid-date-time'],
  DateTime_Regex: ['invalid-instant'],
  Instant_Valid: ['invalid-instant'],
  Time_Valid: ['invalid-time-of-day'],
  Base64_Valid: ['invalid-base64'],
  BASE64_NO_WS_WARNING: ['base64-white-space'],
  Integer_Valid: ['invalid-integer'],
  Integer_LT0: ['value-too-small'],
  Integer_LT1: ['value-too-small'],
  Decimal_Valid: ['invalid-decimal'],
  Decimal_Range: ['decimal-too-long'],
  // The regular expression of the type, which it tries where no other rule has failed.
  Primitive_Regex_Type: ['uri-white-space', 'invalid-instant', 'invalid-integer'],
};

const check = (type: string, value: Json): Faults =>
  typeof value === 'string' ? textChecks.get(type)?.(value) : numberChecks.get(type)?.(value as JsonNumber);

test.each(judged)('%s %s is judged as HL7 does', (type = '', text = '', ...said) => {
  const read = parseJson(text);
  const faults = read.ok ? check(type, read.value) : undefined;
  const known = said.map((line) => line.slice(2)).flatMap((id) => ours[id] ?? [`unknown ${id}`]);
  // Of year 0, which it calls no instant, it also says that it is unlikely.
  const severities = new Set(said.map((line) => line[0]).filter((letter) => !/0000-/.test(text) || letter === 'e'));
  expect(new Set(faults?.map((fault) => catalogue[fault].severity[0]))).toEqual(severities);
  for (const fault of faults ?? []) expect(known).toContain(fault);
});

test('what is too long for a test report', () => {
  const string = textChecks.get('string');
  expect(string?.('a'.repeat(1048576))).toBeUndefined();
  expect(string?.('a'.repeat(1048577))).toEqual(['text-above-1-mb']);
  expect(textChecks.get('id')?.('a'.repeat(64))).toBeUndefined();
  expect(textChecks.get('id')?.('a'.repeat(65))).toEqual(['invalid-id']);
});

test('every check answers any text in time that grows with its length', () => {
  const hostile = ['<a ', ' ', '1.', '\u202e', '\u2066', '<', '=', 'urn:oid:1', '-', 'a  ', '<a\n', '\u2069\u2066'];
  for (const part of hostile)
    for (const [type, faults] of textChecks) {
      const before = performance.now();
      for (const text of [part.repeat(200_000 / part.length), `urn:oid:${part.repeat(100_000)}`]) faults(text);
      expect(performance.now() - before, `${type} ${part}`).toBeLessThan(500);
    }
});
