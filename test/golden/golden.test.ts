import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { writeJson, type Json } from '../../src/json/json.ts';
import { severityOf } from '../../src/outcome/issue.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn } from '../laws/courses.ts';

/**
 * Golden pairs: a course that a person wrote, and its Bundle, checked once against the specification. A change of the
 * mapping shows as a difference here (`npx vitest run test/golden -u` writes the Bundles anew: read the difference).
 */

const root = new URL('../../', import.meta.url);
const file = (path: string): URL => new URL(path, root);

const pairs = [
  ...readdirSync(file('test/golden'))
    .filter((name) => name.endsWith('.course.json'))
    .map((name) => [`test/golden/${name}`, `test/golden/${name.replace('.course.', '.bundle.')}`] as const),
  ...readdirSync(file('profiles/examples')).map(
    (name) => [`profiles/examples/${name}/course.json`, `profiles/examples/${name}/bundle.json`] as const,
  ),
];

describe.each(pairs)('%s', (coursePath, bundlePath) => {
  const json: Json = jsonOf(readFileSync(file(coursePath), 'utf8'));
  const { value: course, issues } = acceptCourse(json, shippedDefinitions);
  if (course === undefined) throw new Error(`refused: ${writeJson(issues)}`);
  const text = bundleTextOf(course);

  it('is accepted whole', () => {
    expect(issues.filter((issue) => severityOf(issue) === 'error')).toEqual([]);
  });

  it('is written as its Bundle, byte for byte', async () => {
    await expect(`${writeJson(jsonOf(text), 1)}\n`).toMatchFileSnapshot(file(bundlePath).pathname);
  });

  it('comes back from it, digit for digit', () => {
    const found = find(receivedIn(bundleOfText(text)));
    expect(issuesOf(found)).toEqual([]);
    expect(found.courses.flatMap((one) => courseDifferences(course, one.course, { numbers: 'text' }))).toEqual([]);
    expect(found.courses.length).toBe(1);
  });
});
