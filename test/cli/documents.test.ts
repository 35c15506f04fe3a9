import { describe, expect, test } from 'vitest';
import { documentsIn } from '../../src/cli/documents.ts';
import { writeJson } from '../../src/json/json.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** What is read, as text: `line: value`, or `line: code@line:column`. */
async function read(input: string | Buffer, size = 7): Promise<string[]> {
  const found: string[] = [];
  for await (const { line, value, issues } of documentsIn(pieces(Buffer.from(input), size))) {
    const [issue] = issues;
    const place = [issue?.facts?.['line'], issue?.facts?.['column']].filter((fact) => fact !== undefined).join(':');
    found.push(`${line}: ${value === undefined ? `${issue?.code}@${place}` : writeJson(value)}`);
  }
  return found;
}

describe('told by content', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['blank lines', '\n \n\r\n', []],
    ['one value on a line', '{"a":1}', ['1: {"a":1}']],
    ['one value on a line with its end', '{"a":1}\n', ['1: {"a":1}']],
    ['one value, pretty printed', '{\n  "a": [\n    1.50\n  ]\n}\n', ['1: {"a":[1.50]}']],
    ['one value after blank lines', '\n\n{\n"a":1}', ['3: {"a":1}']],
    ['a value a line', '{"a":1}\n{"a":2}\n', ['1: {"a":1}', '2: {"a":2}']],
    [
      'a value a line, blank lines between, Windows line ends',
      '{"a":1}\r\n\r\n{"a":2}\r\n',
      ['1: {"a":1}', '3: {"a":2}'],
    ],
    ['no line end at the end', '{"a":1}\n{"a":2}', ['1: {"a":1}', '2: {"a":2}']],
    ['a value that opens with its first entry on the next line', '{"a":[\n{"b":1}\n]}', ['1: {"a":[{"b":1}]}']],
    ['a byte order mark', '\uFEFF{"a":1}\n', ['1: {"a":1}']],
    ['a bad line between good ones', '{"a":1}\n{"a":\n{"a":3}', ['1: {"a":1}', '2: malformed-json@2:6', '3: {"a":3}']],
    ['a bad first line', '{"a"1}\n{"a":2}', ['1: malformed-json@1:5', '2: {"a":2}']],
    ['a first line that was cut', '{"a":1\n{"a":2}\n{"a":3}', ['1: malformed-json@1:7', '2: {"a":2}', '3: {"a":3}']],
    [
      'a first line that was cut where an object may follow',
      '{"a":\n{"a":2}\n{"a":3}',
      ['1: malformed-json@1:6', '2: {"a":2}', '3: {"a":3}'],
    ],
    ['a fault inside a pretty printed value', '{\n  "a": 1,\n  "b": x\n}\n', ['1: malformed-json@3:8']],
    ['a name twice', '{\n"a": 1,\n"a": 2}', ['1: duplicate-field@3:1']],
    ['a text that is no JSON at all', 'hello\n', ['1: malformed-json@1:1']],
  ])('%s', async (_, input, expected) => {
    for (const size of [1, 7, 1000]) expect(await read(input, size)).toEqual(expected);
  });
});

test('bytes that are no UTF-8 spoil their line alone', async () => {
  const input = Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n{"a":"å"}')]);
  expect(await read(input, 3)).toEqual(['1: {"a":1}', '2: malformed-json@2', '3: {"a":"å"}']);
});

test('lines are handed on before the input has ended', async () => {
  const seen: number[] = [];
  async function* slow(): AsyncGenerator<Buffer> {
    yield Buffer.from('{"a":1}\n');
    expect(seen).toEqual([1]);
    yield Buffer.from('{"a":2}\n');
  }
  for await (const { line } of documentsIn(slow())) seen.push(line);
  expect(seen).toEqual([1, 2]);
});

describe('what is too large is said, and never held', () => {
  const readAtMost = async (most: number, input: string, size: number): Promise<string[]> => {
    const found: string[] = [];
    for await (const { line, value, issues } of documentsIn(pieces(Buffer.from(input), size), most))
      found.push(`${line}: ${value === undefined ? issues[0]?.code : writeJson(value)}`);
    return found;
  };

  test.each<[string, string, string[]]>([
    ['a line of that size', '{"a":"1234"}\n{"a":"12345"}', ['1: {"a":"1234"}', '2: input-too-large']],
    ['a long first line', '{"a":"12345"}\n{"a":1}', ['1: input-too-large', '2: {"a":1}']],
    [
      'a long line between others',
      '{"a":1}\n{"a":"12345"}\n\n{"a":2}',
      ['1: {"a":1}', '2: input-too-large', '4: {"a":2}'],
    ],
    ['a value over lines of that size', '{"a":\n"234"}', ['1: {"a":"234"}']],
    ['a larger one', '\n{"a":\n"12345",\n"b":1}\n', ['2: input-too-large']],
    ['blank lines', `${'\n'.repeat(40)}{"a":\n1}`, ['41: {"a":1}']],
    ['one long blank line', `${' '.repeat(40)}\n{"a":1}`, ['1: input-too-large', '2: {"a":1}']],
  ])('%s', async (_, input, expected) => {
    for (const size of [1, 7, 1000]) expect(await readAtMost(12, input, size)).toEqual(expected);
  });
});

test('what is nested beyond reason is said so', async () => {
  expect(await read(`{"a":1}\n${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toEqual([
    '1: {"a":1}',
    '2: json-too-deep@2:1001',
  ]);
});
