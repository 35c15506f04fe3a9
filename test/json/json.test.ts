import { array, assert, jsonValue, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonNumber, numberText, numberValue, parseJson, writeJson } from '../../src/json/json.ts';

const read = (text: string): unknown => {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : parsed.fault;
};

describe('numbers', () => {
  it.each(['0.50', '71.5', '1e3', '-0', '0', '1.0', '12345678901234567890', '0.1', '100', '1E-7', '0.0000001'])(
    '%s keeps its digits',
    (digits) => {
      expect(writeJson(read(`{"value":${digits}}`))).toBe(`{"value":${digits}}`);
      expect(numberText(jsonNumber(digits))).toBe(digits);
      expect(numberValue(jsonNumber(digits))).toBe(Number(digits));
    },
  );

  it('keep them beside names that are numbers, which JavaScript puts first', () => {
    expect(writeJson(read('{"b":1.0,"11":[2.50],"2":{"c":0.10}}'))).toBe('{"2":{"c":0.10},"11":[2.50],"b":1.0}');
  });

  it('keep them wherever they stand', () => {
    assert(
      property(array(stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,2})?$/)), (numbers) => {
        const text = `{"list":[${numbers.join(',')}],"text":"0.50 and 1e3"}`;
        expect(writeJson(read(text))).toBe(text);
      }),
    );
  });
});

it('a number alone keeps its digits too', () => {
  assert(
    property(stringMatching(/^-?(0|[1-9]\d{0,16})(\.\d{1,17})?$/), (digits) => {
      expect(writeJson(read(`{"value":${digits}}`))).toBe(`{"value":${digits}}`);
    }),
    { numRuns: 5000 },
  );
});

describe('a text', () => {
  it('is no number, whatever it looks like', () => {
    expect(read(String.raw`["\ue0005",1.0,"\\",2.0]`)).toEqual(['\ue0005', jsonNumber('1.0'), '\\', jsonNumber('2.0')]);
  });

  it('of any characters beside numbers with digits of their own is read as it is', () => {
    assert(
      property(array(string({ unit: 'binary' })), (texts) => {
        const text = JSON.stringify([...texts, 1]).replace(/1]$/, '0.10]');
        expect(writeJson(read(text))).toBe(text);
      }),
    );
  });

  it('with a name of any kind is read as it is', () => {
    const text = '{"__proto__":{"a":1.0},"constructor":2.50,"":0.0}';
    expect(writeJson(read(text))).toBe(text);
  });
});

it('a text nested beyond reason is refused', () => {
  expect(read(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toEqual({ kind: 'too-deep', line: 1, column: 1001 });
  expect(read(`${'['.repeat(900)}1.0${']'.repeat(900)}`)).toBeDefined();
});

describe('a text that is not JSON', () => {
  it.each([
    ['{"a":b}', 1, 6],
    ['{"a":1,\n "b":}', 2, 6],
    ['[1,2', 1, 5],
    ['', 1, 1],
    ['{"a":1}x', 1, 8],
    ['{"a":1,}', 1, 8],
    ['{"a":01}', 1, 7],
    ['"\t"', 1, 1],
  ])('%j is refused at line %i, column %i', (text, line, column) => {
    expect(read(text)).toEqual({ kind: 'malformed', line, column });
  });
});

describe('a name that an object has twice', () => {
  it.each([
    ['{"a":1,"a":2}', 8],
    [String.raw`{"a":{"b":1,"c":2,"\u0062":3}}`, 19],
    ['[{"x":1},{"y":1,"z":{"":1,"":2}}]', 27],
  ])('%j is refused at column %i', (text, column) => {
    expect(read(text)).toEqual({ kind: 'duplicate-key', line: 1, column });
  });

  it('is not seen where there is none', () => {
    assert(
      property(jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(writeJson(read(text))).toBe(text);
      }),
    );
  });
});
