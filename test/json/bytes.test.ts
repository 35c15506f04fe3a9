import { anything, array, assert, dictionary, jsonValue, oneof, property, string, stringMatching } from 'fast-check';
import { expect, it } from 'vitest';
import { jsonBytes, shared } from '../../src/json/bytes.ts';
import { jsonNumber, writeJson } from '../../src/json/json.ts';

const textOf = (value: unknown): string => Buffer.from(jsonBytes(value)).toString('utf8');

const anyText = oneof(string({ unit: 'binary' }), string({ unit: 'binary-ascii' }));
const anyNumber = stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?$/).map(jsonNumber);

it('are those of the text, whatever the value', () => {
  assert(
    property(jsonValue(), dictionary(anyText, oneof(anyText, array(anyNumber))), (value, texts) => {
      const both = [value, texts];
      expect(textOf(both)).toBe(writeJson(both));
    }),
    { numRuns: 1000 },
  );
});

it('leave out what is undefined, and write null where a list has it', () => {
  const value = { a: undefined, b: [undefined, null, Number.NaN, true, 1e21, -0], c: {}, d: [] };
  expect(textOf(value)).toBe(writeJson(value));
});

it('are those of a long text too', () => {
  const value = { a: ['x'.repeat(100_000), 'é'.repeat(100_000), '\ud800', '"\\\u0001'] };
  expect(textOf(value)).toBe(writeJson(value));
});

it('of a value that is shared are the same, and it cannot change any more', () => {
  assert(
    property(anything({ withNullPrototype: false }).filter(isPlain), (value) => {
      const written = writeJson({ value });
      const one = shared({ value });
      expect(textOf([one, one])).toBe(`[${written},${written}]`);
      expect(Object.isFrozen(one)).toBe(true);
    }),
  );
  const one = shared({ inner: { list: [1] } });
  expect(() => one.inner.list.push(2)).toThrow(TypeError);
});

/** What JSON can hold: the rest is no data. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isPlain);
  return ['string', 'boolean', 'number'].includes(typeof value) || value === null;
}
