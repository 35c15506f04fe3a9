import { z } from 'zod';
import { isJsonNumber, numberText, numberValue, type JsonNumber } from '../json/json.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import { keywords, type KeywordList } from './keywords.ts';
import { isDateText, isTimeText, patterns } from './time.ts';

/** The fault that a leaf reports when its value is not acceptable; the message of a zod issue is our issue code. */
const fault = (code: IssueCode): { error: string } => ({ error: code });

// FHIR's string: Unicode without control characters other than tab, newline and carriage return
// (https://hl7.org/fhir/R4/datatypes.html#string), and not white space alone. A lone surrogate cannot be written as UTF-8.
// eslint-disable-next-line no-control-regex -- naming the characters that FHIR forbids is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const isFhirText = (text: string): boolean => text.trim() !== '' && !forbidden.test(text) && text.isWellFormed();

/** Free text: 1 to `max` characters that a FHIR string can hold. */
export const text = (max = 10_000): z.ZodString =>
  z.string().refine(isFhirText, fault('invalid-text')).max(max, fault('text-too-long')).meta({ minLength: 1 });

/** A part's own id, or a link to one: 1 to 300 characters, the source's own. */
export const partId = text(300);

// FHIR's own patterns of an OID and a UUID (https://hl7.org/fhir/R4/datatypes.html#oid).
const absoluteUri = /^(?:[a-z][a-z0-9+.-]*:\/\/[^\s]+|urn:(?!oid:|uuid:)[^\s]+)$/;
const oid = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;
const uuid = /^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const isAbsoluteUri = (value: string): boolean => [absoluteUri, oid, uuid].some((pattern) => pattern.test(value));

/** An absolute URI without white space: `scheme://…` or `urn:…` (FHIR's uri, as identifier systems need it). */
export const uri = z
  .string()
  .max(2000, fault('text-too-long'))
  .refine((value) => isAbsoluteUri(value) && isFhirText(value), fault('invalid-uri'))
  .meta({ format: 'uri' });

/** A code of some system: no white space but single spaces inside (FHIR's code). */
const codeText = z
  .string()
  .max(300, fault('text-too-long'))
  .refine((value) => /^[^\s]+( [^\s]+)*$/.test(value) && isFhirText(value), fault('invalid-text'));

/** A keyword of one of the closed lists. */
export const keyword = <L extends KeywordList>(list: L) => z.enum(keywords[list]);

/** An instrument: one of our keys, or the canonical URL of a Questionnaire (without a version: that has its own field). */
export const instrument = z
  .string()
  .refine(
    (value) =>
      keywords.instrument.some((key) => key === value) ||
      (/^[a-z][a-z0-9+.-]*:[^\s|]+$/i.test(value) && isFhirText(value)),
    fault('unknown-instrument'),
  )
  .meta({ anyOf: [{ enum: keywords.instrument }, { format: 'uri' }] });

/** A FHIR dateTime, or a local time (see time.ts): the text is kept. Whether the zone has it is checked with the course. */
export const time = z.string().refine(isTimeText, fault('invalid-time')).meta({ pattern: patterns.time });

/** A FHIR date: a year, a month or a day. */
export const date = z.string().refine(isDateText, fault('invalid-date')).meta({ pattern: patterns.date });

export const yes = z.boolean();

/** A whole number between `min` and `max`; 2.0 is not one. */
export const integer = (min = 0, max = 1_000_000) =>
  z
    .custom<number>(isJsonNumber, fault('wrong-type'))
    .refine((value) => typeof value === 'number' && Number.isSafeInteger(value), fault('not-an-integer'))
    .refine((value) => numberValue(value) >= min && numberValue(value) <= max, fault('out-of-range'))
    .meta({ type: 'integer', minimum: min, maximum: max });

/** A decimal that keeps its digits, between `min` and `max`. */
export const decimal = (min = -1_000_000_000, max = 1_000_000_000) =>
  z
    .custom<JsonNumber>(isJsonNumber, fault('wrong-type'))
    .refine((value) => isFhirDecimal(value), fault('invalid-number'))
    .refine((value) => numberValue(value) >= min && numberValue(value) <= max, fault('out-of-range'))
    .meta({ type: 'number', minimum: min, maximum: max });

// FHIR asks for 18 significant digits at least; a number with more, or one that a double cannot reach, is not safe on
// every server (https://hl7.org/fhir/R4/datatypes.html#decimal).
function isFhirDecimal(value: JsonNumber): boolean {
  // JavaScript prints no number with more than 17 significant digits, and great ones with zeros behind them.
  if (typeof value === 'number' && Math.abs(value) < 1e15) return true;
  const digits = numberText(value)
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const plain = numberValue(value);
  return digits.length <= 18 && Number.isFinite(plain) && (plain !== 0 || digits === '');
}

/** A quantity in one of the UCUM units given. */
export const quantity = (units: readonly [string, ...string[]], min = 0, max = 1_000_000) =>
  z.strictObject({ value: decimal(min, max), unit: z.enum(units, fault('unknown-unit')) });

/** A code of a system that is not ours; it travels alone. */
export const code = z.strictObject({ system: uri, code: codeText, display: text().optional() });

/** A person or a place; at least one of the three is given. */
export const ref = z
  .strictObject({ system: uri.optional(), id: text(300).optional(), name: text(1000).optional() })
  .meta({ minProperties: 1 });

const optionalCode = () => ({ system: uri.optional(), code: codeText.optional(), display: text().optional() });

const oneOf = (...alternatives: readonly string[][]) => ({
  oneOf: alternatives.map((required) => ({ required })),
});

/** A Code, or the keyword of a list. */
export const codeOrKey = (list: KeywordList) =>
  z.strictObject({ key: keyword(list).optional(), ...optionalCode() }).meta(oneOf(['key'], ['system', 'code']));

/** Why something was stopped or not done: a Code, a key of adverse-effect or end-reason, or a text. */
export const reason = z
  .strictObject({
    key: z.enum([...keywords['adverse-effect'], ...keywords['end-reason']]).optional(),
    text: text().optional(),
    ...optionalCode(),
  })
  .meta(oneOf(['key'], ['text'], ['system', 'code']));
