import { expect, test } from 'vitest';
import { isLoincCode, isSnomedCode } from '../../../src/validation/terminology/check-digits.ts';
import { r4Codes } from './r4-terminology.ts';

const codesOf = (system: string): string[] =>
  Object.values(r4Codes.sets)
    .flatMap((set) => (typeof set === 'string' ? [] : set))
    .filter(({ s, c }) => s === system && c !== undefined && c !== '')
    .flatMap(({ c = '' }) => c.split(' '));

test.each([
  ['LOINC', 'http://loinc.org', isLoincCode],
  ['SNOMED CT', 'http://snomed.info/sct', isSnomedCode],
])('every code of %s that R4 lists is right, and none with its last digit changed', (_, system, isRight) => {
  const codes = [...new Set(codesOf(system))];
  expect(codes.length).toBeGreaterThan(1000);
  expect(codes.filter((code) => !isRight(code))).toEqual([]);
  const changed = codes.map((code) => code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10));
  expect(changed.filter(isRight)).toEqual([]);
});

test.each(['8480-6', '44249-1', '59408-5', 'LA6568-5', 'LA15694-5', 'LP43571-6'])('%s is a code of LOINC', (code) => {
  expect(isLoincCode(code)).toBe(true);
});

test.each(['', '8480', '8480-7', '8840-6', 'abc', '8480-6 ', '-1', 'LA6568-4', '1234567890-1'])(
  '%s is none',
  (code) => {
    expect(isLoincCode(code)).toBe(false);
  },
);

test.each(['22298006', '999000011000001104', '22298006 |infarction|:116676008=72704001'])(
  '%s is a code of SNOMED CT',
  (code) => {
    expect(isSnomedCode(code)).toBe(true);
  },
);

// A description (…11) and a relationship (…20) are no concepts.
test.each(['', 'abc', '1', '22298007', '22289006', '02298006', '37436014', '101013'])('%s is none', (code) => {
  expect(isSnomedCode(code)).toBe(false);
});
