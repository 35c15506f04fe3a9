import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../src/json/json.ts';
import { objects } from '../../../src/validation/terminology/code-system.ts';
import { r4With } from './r4-terminology.ts';

const folder = (name: string): JsonObject[] => {
  const place = new URL(`../../../profiles/${name}/`, import.meta.url);
  return readdirSync(place).map((file) => JSON.parse(readFileSync(new URL(file, place), 'utf8')) as JsonObject);
};
const valueSets = folder('valuesets');
const known = r4With(...folder('codesystems'), ...valueSets);

/** Every code that the set lists. */
function listed(set: JsonObject): [system: string, code: string][] {
  const compose = set['compose'];
  return objects(isJsonObject(compose) ? compose['include'] : undefined).flatMap((rule) =>
    objects(rule['concept']).map((concept): [string, string] => [rule['system'] as string, concept['code'] as string]),
  );
}

test.each(valueSets.map((set) => [set['url'] as string, set] as const))('%s has what it lists', (url, resource) => {
  const set = known.set(url);
  for (const [system, code] of listed(resource)) expect(set?.has(system, code), code).toBe('in');
  expect(set?.has('https://example.org/none', 'none')).toBe('out');
});

test('every code that our sets list of a system that is known is in it', () => {
  for (const [system, code] of valueSets.flatMap(listed)) {
    const codes = known.system(system);
    if (codes !== undefined) expect(codes.has(code), `${system} ${code}`).toBe(true);
  }
});
