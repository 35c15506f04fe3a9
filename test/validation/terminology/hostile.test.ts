import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import { catalogue } from '../../../src/outcome/catalogue.ts';
import { narrativeFaults } from '../../../src/validation/formats/narrative.ts';
import { numberChecks, textChecks } from '../../../src/validation/formats/primitives.ts';
import {
  codeFaults,
  codingFaults,
  conceptFaults,
  quantityFaults,
  type CodeBinding,
} from '../../../src/validation/terminology/check-codes.ts';
import { r4With } from './r4-terminology.ts';

const known = r4With();
const bindings: (CodeBinding | undefined)[] = [
  undefined,
  ...(['required', 'extensible', 'preferred', 'example'] as const).flatMap((strength) =>
    ['languages', 'observation-status', 'ucum-units', 'use-context', 'none'].map((name) => ({
      strength,
      set: known.set(`http://hl7.org/fhir/ValueSet/${name}`),
    })),
  ),
];
const systems = [
  'http://loinc.org',
  'http://snomed.info/sct',
  'http://unitsofmeasure.org',
  'urn:ietf:bcp:47',
  '__proto__',
];
const code = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('toString', '8480-6', 'mg/(', 'en-'));
const coding = fc.record(
  { system: fc.oneof(fc.constantFrom(...systems), fc.jsonValue()), code: fc.oneof(code, fc.jsonValue()) },
  { requiredKeys: [] },
);
const isKnownFault = (faults: readonly string[] | undefined): boolean =>
  faults === undefined || (faults.length > 0 && faults.every((fault) => Object.hasOwn(catalogue, fault)));

test('whatever a coded value holds, the answer is a list of faults', () => {
  fc.assert(
    fc.property(coding, fc.array(coding), code, fc.constantFrom(...bindings), (one, several, text, binding) => {
      const value = one as JsonObject;
      expect(isKnownFault(codingFaults(value, binding, known))).toBe(true);
      expect(isKnownFault(quantityFaults(value, binding, known))).toBe(true);
      expect(isKnownFault(conceptFaults({ coding: several } as JsonObject, binding, known))).toBe(true);
      if (binding !== undefined) expect(isKnownFault(codeFaults(text, binding, known))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('whatever a text or a number is, the answer is a list of faults', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'<>/&;="\' abdivp#-:.0129TZ+'.split('')) }),
  );
  fc.assert(
    fc.property(text, fc.double(), (value, number) => {
      for (const check of textChecks.values()) expect(isKnownFault(check(value))).toBe(true);
      for (const check of numberChecks.values()) expect(isKnownFault(check(number))).toBe(true);
      expect(isKnownFault(narrativeFaults(value))).toBe(true);
      expect(isKnownFault(narrativeFaults(`<div xmlns="http://www.w3.org/1999/xhtml">${value}</div>`))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('a long code takes no long time', () => {
  for (const part of ['m', 'a-', '{', '(', '[', '1', '22298006', 'x.', '|:', ' '])
    for (const system of [...systems, 'http://hl7.org/fhir/observation-status']) {
      const before = performance.now();
      const long = part.repeat(1_000_000 / part.length);
      for (const binding of bindings) codingFaults({ system, code: long }, binding, known);
      expect(performance.now() - before, `${system} ${part}`).toBeLessThan(2000);
    }
});
