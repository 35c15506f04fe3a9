import { expect, test } from 'vitest';
import { heldResources, keptResources, receiptJson, type HeldResource } from '../../src/exchange/receipt.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { course, resourcesOf } from './courses.ts';

const rowsOf = (of: typeof course): HeldResource[] =>
  resourcesOf(of).map(({ resource, uuid, identifier, at }) => ({
    uuid,
    type: resource.resourceType,
    identifier: identifier.value,
    at,
    state: 'held',
    serverId: uuid,
    version: '1',
    hash: 'abcdefghijklmnop',
    since: 12,
  }));

const [first, second, third, ...rest] = rowsOf(course);
if (first === undefined || second === undefined || third === undefined) throw new Error('a course has more than that');
const { serverId: _id, version: _version, hash: _hash, ...never } = second;
const rows: readonly HeldResource[] = [
  { ...first, serverId: 'given there', state: 'retracted' },
  { ...never, state: 'not-deliverable' },
  { ...third, state: 'unknown', since: 13 },
  ...rest,
];

const reread = (value: unknown): ReturnType<typeof keptResources> => {
  const parsed = parseJson(writeJson(value));
  if (!parsed.ok) throw new Error('not JSON');
  return keptResources(parsed.value);
};

test('what is kept is read back', () => {
  const kept = { resources: rows, patient: 'a' };
  expect(reread(receiptJson(course.system, kept))).toEqual(kept);
  expect(heldResources(receiptJson(course.system, kept))).toEqual(rows);
  expect(reread(receiptJson(course.system, { resources: [] }))).toEqual({ resources: [] });
});

test('what is no receipt holds nothing', () => {
  for (const json of [undefined, null, 7, 'text', [], {}, { rows: [] }]) expect(heldResources(json)).toEqual([]);
});

test('the receipt of a full course is small', () => {
  const large = synthesize('portugal', { seed: 1, index: 0, size: 'full' });
  const resources = rowsOf(large);
  expect(writeJson(receiptJson(large.system, { resources })).length / resources.length).toBeLessThan(90);
});
