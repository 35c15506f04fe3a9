import { expect, test } from 'vitest';
import { inChunks, rawIdentifierToken } from '../../src/exchange/search-values.ts';
import { escapeSearchValue, identifierToken } from '../../src/mapping/search-token.ts';

test('what means something in a search is escaped', () => {
  expect(escapeSearchValue(String.raw`a\b,c|d$e f#/`)).toBe(String.raw`a\\b\,c\|d\$e f#/`);
  expect(identifierToken({ system: 'urn:x', value: 'C,17/s/1' })).toBe(String.raw`urn:x|C\,17/s/1`);
});

test('a second way to ask, where escapes are not read (Helios)', () => {
  expect(rawIdentifierToken({ system: 'urn:x', value: 'a|b$,c' })).toBe(String.raw`urn:x|a|b$\,c`);
  expect(rawIdentifierToken({ system: 'urn:x', value: 'a,b' })).toBeUndefined();
});

test('one request takes 100 alternatives, and no more than its length allows', () => {
  const short = Array.from({ length: 250 }, (_, i) => `urn:x|${i}`);
  expect(inChunks(short).map((chunk) => chunk.split(',').length)).toEqual([100, 100, 50]);
  const long = Array.from({ length: 20 }, (_, i) => `urn:x|${'%20'.repeat(300)}${i}`);
  for (const chunk of inChunks(long)) expect(encodeURIComponent(chunk).length).toBeLessThan(8_000);
  expect(inChunks(long).join(',')).toBe(long.join(','));
  expect(inChunks(['x'.repeat(20_000)])).toHaveLength(1);
  expect(inChunks([])).toEqual([]);
});
