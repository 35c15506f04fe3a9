import { describe, expect, it } from 'vitest';
import { looksLikeNationalIdentityNumber } from '../../src/course/national-identity-number.ts';

// All made up: published test numbers, or dates with invented digits.
describe('looks like a national identity number', () => {
  it.each([
    ['Norway', '13116900216'],
    ['Norway, mistyped', '01017012345'],
    ['Norway, in two parts', '010170 12345'],
    ['Norway, inside an id', 'C-13116900216/1'],
    ['China', '11010519491231002X'],
    ['the United States', '123-45-6789'],
    ['Portugal', '123456789'],
    ['Sweden', '19811218-9876'],
    ['Finland', '131052-308T'],
  ])('%s', (_country, text) => expect(looksLikeNationalIdentityNumber(text)).toBe(true));
});

describe('does not', () => {
  it.each([
    'C-17',
    '3',
    '20250318-1931',
    '250318-1931',
    '20260105093000',
    '2026-01-05T09:30:00+01:00',
    '0ea4f02a-07f3-568a-bc08-249106c87f23',
    '98765432109',
    '1767600000000',
    'NO-2025-07',
  ])('%s', (text) => expect(looksLikeNationalIdentityNumber(text)).toBe(false));
});
