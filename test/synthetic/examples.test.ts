import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalCourse } from '../../src/course/canonical.ts';
import { readCourse } from '../../src/course/read-course.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';

function exampleOf(programme: string): TreatmentCourse {
  const text = readFileSync(new URL(`../../profiles/examples/${programme}/course.json`, import.meta.url), 'utf8');
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`Not JSON, at line ${parsed.fault.line}.`);
  const { value, issues } = readCourse(parsed.value);
  expect(issues).toEqual([]);
  if (value === undefined) throw new Error('Refused.');
  return value;
}

describe.each(['norway', 'portugal'])('the example of %s', (programme) => {
  const course = exampleOf(programme);
  const text = writeJson(course);

  test('is in the canonical order, and says that it is synthetic', () => {
    expect(text).toBe(writeJson(canonicalCourse(course)));
    expect(course.sourceSystem).toBe('synthetic');
    expect(course.site?.name).toMatch(/^Synthetic/);
    expect(course.programme?.key).toBe(programme);
  });

  test('states no dose per weight, as its programme does not either', () => {
    expect(text).not.toContain('mg/kg');
  });
});
