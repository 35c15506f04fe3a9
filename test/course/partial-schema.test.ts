import { expect, it } from 'vitest';
import { z } from 'zod';
import { partialJsonSchema } from '../../src/course/partial-schema.ts';
import { readPartial } from '../../src/course/read-partial.ts';
import { writeJson } from '../../src/json/json.ts';
import { everything, saying } from './partials.ts';

// zod reads no oneOf that says only what is required; what they say is the course's own schema's, and tried there.
const text = JSON.stringify(partialJsonSchema(), (name, value: unknown) => (name === 'oneOf' ? undefined : value));
const schema = z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
// Our own numbers keep their digits; a JSON Schema knows plain ones.
const plain = (fields: object): unknown => JSON.parse(writeJson(saying(fields)));
const retracted = { at: '2026-04-01', reason: 'Of somebody else' };
const [s1] = everything.sessions ?? [];

it.each([
  ['nothing', {}],
  ['every field of the course', everything],
  ['a field that is cleared', { setting: null, consent: null }],
  ['a part that is taken back', { interviews: [{ id: 'i1', retracted }] }],
  [
    'a path, and a part within that is taken back',
    { sessions: [{ id: 's1', readings: [{ id: 'gone', retracted }, ...(s1?.readings ?? [])] }] },
  ],
])('%s is a partial', (_, fields) => {
  expect(schema.safeParse(plain(fields)).error?.issues).toBeUndefined();
  expect(readPartial(saying(fields)).value).toBeDefined();
});

it.each([
  ['a status that is cleared', { status: null }],
  ['a list that is cleared', { sessions: null }],
  ['a field that nobody knows', { programe: {} }],
  ['a session that is more than a path', { sessions: [{ id: 's1', note: 'x' }] }],
  ['a retraction with content', { interviews: [{ id: 'i1', retracted, improvement: 'none' }] }],
  ['a reading without its unit', { sessions: [{ id: 's1', readings: [{ id: 'r1', heartRate: { value: 70 } }] }] }],
])('%s is none', (_, fields) => {
  expect(schema.safeParse(plain(fields)).success).toBe(false);
  expect(readPartial(saying(fields)).value).toBeUndefined();
});
