import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import { catalogue } from '../../../src/outcome/catalogue.ts';
import type { ValueFault } from '../../../src/validation/formats/fault.ts';
import {
  codeFaults,
  codingFaults,
  conceptFaults,
  quantityFaults,
  type CodeBinding,
} from '../../../src/validation/terminology/check-codes.ts';
import judged from './judged-codes.json' with { type: 'json' };
import { r4With } from './r4-terminology.ts';

const known = r4With();

interface Judged {
  /** Of the value of an extension, which is also judged by the base definition. */
  readonly inExtension: boolean;
  readonly type: string;
  readonly strength: CodeBinding['strength'] | undefined;
  readonly set: string;
  readonly value: string | JsonObject;
  /** The first letters of the severities that HL7's validator gave. */
  readonly said: string;
}

const rows = (judged as [string, string, string, string, string | JsonObject, string][]).map(
  ([how, type, strength, set, value, said]): Judged => ({
    inExtension: how === 'ext',
    type,
    strength: strength === '' ? undefined : (strength as CodeBinding['strength']),
    set,
    value,
    said,
  }),
);

function check(type: string, value: string | JsonObject, binding: CodeBinding | undefined): readonly ValueFault[] {
  if (typeof value === 'string') return (binding && codeFaults(value, binding, known)) ?? [];
  if (type === 'Coding') return codingFaults(value, binding, known) ?? [];
  if (type === 'Quantity') return quantityFaults(value, binding, known) ?? [];
  return conceptFaults(value, binding, known) ?? [];
}

function faultsOf({ inExtension, type, strength, set, value }: Judged): readonly ValueFault[] {
  const binding = strength === undefined ? undefined : { strength, set: known.set(set) };
  return [...check(type, value, binding), ...(inExtension ? check(type, value, undefined) : [])];
}

const isError = (faults: readonly ValueFault[]): boolean =>
  faults.some((fault) => catalogue[fault].severity === 'error');

/** Where we differ from it on purpose, and why. */
const reasons: readonly [why: string, holds: (row: Judged, faults: readonly ValueFault[]) => boolean][] = [
  ['it does not see check digits', (_, faults) => faults.includes('code-check-digit')],
  ['it refuses all of a filter of SNOMED CT', ({ set }) => set.endsWith('/body-site')],
  [
    'it takes a preferred list of languages for all that there are',
    ({ value }) => /nb-NO|fr-CA/.test(JSON.stringify(value)),
  ],
  ['it takes currencies in lower case, but not in Money', ({ value }) => JSON.stringify(value).includes('"eur"')],
  ['it lists the states of the USA', ({ value }) => JSON.stringify(value).includes('usps')],
  ['an empty code is reported as an empty value', ({ value }) => JSON.stringify(value).includes('"code":""')],
];

test.each(rows)('$type $strength $set $value: $said', (row) => {
  const faults = faultsOf(row);
  const why = reasons.filter(([, holds]) => holds(row, faults));
  if (why.length === 0) expect(isError(faults), faults.join()).toBe(row.said.includes('e'));
});

test('every reason to differ is needed', () => {
  for (const [why, holds] of reasons) {
    const differing = rows.filter((row) => isError(faultsOf(row)) !== row.said.includes('e'));
    expect(
      differing.some((row) => holds(row, faultsOf(row))),
      why,
    ).toBe(true);
  }
});

test('no fault of a code without a binding but what its system says', () => {
  expect(conceptFaults({ text: 'anything' }, undefined, known)).toBeUndefined();
  expect(conceptFaults({ coding: 'no list' }, undefined, known)).toBeUndefined();
  expect(quantityFaults({ value: 1, unit: 'mg' }, undefined, known)).toBeUndefined();
  expect(quantityFaults({ system: 'http://unitsofmeasure.org', code: '{score}' }, undefined, known)).toEqual([
    'ucum-annotation',
  ]);
});
