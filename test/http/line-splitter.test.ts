import { array, assert, constantFrom, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../../src/http/line-splitter.ts';

const linesOf = (splitter: LineSplitter, chunks: readonly Buffer[]): (string | undefined)[] =>
  [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()].map(({ bytes }) => bytes?.toString());

test('wherever a text is cut into chunks, its lines are the same', () => {
  const piece = constantFrom('a', 'ä', '\n', '\r\n', '{}', ' ');
  assert(
    property(array(piece), array(nat(40)), (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(''));
      const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
      const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
      const expected = bytes.toString().split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(linesOf(new LineSplitter(1000), chunks)).toEqual(expected);
    }),
  );
});

test('lines are numbered from one, blank ones too', () => {
  const splitter = new LineSplitter(10);
  const lines = [...splitter.push(Buffer.from('a\n\nb\nc')), ...splitter.end()];
  expect(lines.map(({ line, size }) => [line, size])).toEqual([
    [1, 1],
    [2, 0],
    [3, 1],
    [4, 1],
  ]);
});

test('a line that is too long is named and not held, and the next is read', () => {
  const splitter = new LineSplitter(5);
  expect(splitter.push(Buffer.from('123'))).toEqual([]);
  expect(splitter.held).toBe(3);
  expect(splitter.push(Buffer.from('456'))).toEqual([]);
  expect(splitter.held).toBe(0);
  const lines = splitter.push(Buffer.from('7\n12345\n'));
  expect(lines.map(({ line, bytes }) => [line, bytes?.toString()])).toEqual([
    [1, undefined],
    [2, '12345'],
  ]);
});
