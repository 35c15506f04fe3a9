import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fitsCourse } from '../../src/course/fits.ts';
import { treatmentCourse } from '../../src/course/schema.ts';
import { isJsonNumber, jsonNumber, parseJson } from '../../src/json/json.ts';

const text = readFileSync(new URL('../golden/maximal.course.json', import.meta.url), 'utf8');
const { value: course } = parseJson(text) as { value: unknown };

type Holder = Record<string, unknown>;

/** Every value of the course that has another field than those before it. */
function placesIn(whole: unknown): readonly (readonly [Holder, string])[] {
  const places = new Map<string, readonly [Holder, string]>();
  const collect = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || isJsonNumber(value)) return;
    for (const name of Object.keys(value)) {
      const field = Array.isArray(value) ? `${path}[]` : `${path}.${name}`;
      if (!places.has(field)) places.set(field, [value as Holder, name]);
      collect((value as Holder)[name], field);
    }
  };
  collect(whole, '');
  return [...places.values()];
}

/** What may stand where something else should: of every JSON type, and texts and numbers that some fields take. */
const strays = [
  undefined,
  null,
  true,
  {},
  [],
  [{}],
  2,
  -1.5,
  1e21,
  jsonNumber('2.0'),
  jsonNumber('1.2345678901234567890'),
  ' ',
  'x',
  'a\u0001',
  'x'.repeat(20_000),
  'mg',
  'urn:x',
  '2026-01-05',
  '2026-02-30',
  '2026-01-05T09:30',
  '2026-01-05T09:30Z',
];

test('says of a course with anything anywhere what the schema says', () => {
  expect(fitsCourse(course)).toBe(true);
  let fitting = 0;
  let tried = 0;
  for (const [holder, name] of [...placesIn(course), [course as Holder, 'stray'] as const]) {
    const before = holder[name];
    for (const stray of strays) {
      holder[name] = stray;
      const fits = fitsCourse(course);
      if (fits !== treatmentCourse.safeParse(course).success) expect.fail(`${name}: ${JSON.stringify(stray)}`);
      tried += 1;
      if (fits) fitting += 1;
    }
    if (before === undefined) delete holder[name];
    else holder[name] = before;
  }
  expect(fitting).toBeGreaterThan(100);
  expect(tried - fitting).toBeGreaterThan(1000);
}, 30_000);
