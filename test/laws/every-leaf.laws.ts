import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sameCourse } from '../../src/course/equal.ts';
import { isJsonNumber, jsonNumber, numberText, writeJson } from '../../src/json/json.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { bundleOfText, bundleTextOf, courses, find, issuesOf, jsonOf, programmes, receivedIn } from './courses.ts';
import { seeded } from './round-trip.ts';

/**
 * No element carries a serialised course: whichever number, time, code, text or boolean of a Bundle changes, either
 * the course that is read changes, or the change is reported at that resource.
 */

type Holder = Record<string, unknown>;

interface Leaf {
  readonly holder: Holder;
  readonly name: string;
  readonly path: string;
}

function* leavesOf(value: unknown, path: string): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    if (typeof inner === 'object' && inner !== null && !isJsonNumber(inner)) yield* leavesOf(inner, at);
    else yield { holder: value as Holder, name, path: at };
  }
}

function altered(value: unknown): unknown {
  if (isJsonNumber(value)) return jsonNumber(`${numberText(value)}1`.replace(/^0(?=\d)/, ''));
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  // A moment or a date stays one: the seconds, or the last digit, change.
  if (/^\d{4}(-\d\d)*(T|$)/.test(text))
    return text.replace(/(\d)(?=(\D\d\d:\d\d|Z)?$)/, (digit) => String((Number(digit) + 1) % 10));
  return `${text}x`;
}

function expectSeen(course: TreatmentCourse, choose: () => boolean): number {
  const bundle = bundleOfText(bundleTextOf(course));
  let tried = 0;
  bundle.entry.forEach(({ resource }, index) => {
    const at = `Bundle.entry[${index}].resource`;
    for (const { holder, name, path } of leavesOf(resource, at)) {
      // A resource's id is the server's: it says where a resource is, and nothing of the course.
      if (path === `${at}.id` || !choose()) continue;
      const before = holder[name];
      holder[name] = altered(before);
      const found = find(receivedIn(bundle));
      const [only] = found.courses;
      const same =
        found.courses.length === 1 && only !== undefined && sameCourse(course, only.course, { numbers: 'text' });
      const reported = issuesOf(found).some((issue) => issue.at.startsWith(at));
      if (same && !reported) expect.fail(`a change at ${path} was not seen: ${writeJson(before)}`);
      holder[name] = before;
      tried += 1;
    }
  });
  return tried;
}

it('is seen, in every leaf of a few courses', () => {
  let tried = 0;
  for (const course of courses(1)) tried += expectSeen(course, () => true);
  expect(tried).toBeGreaterThan(3000);
}, 600_000);

it('is seen, in a tenth of the leaves of the examples', () => {
  const random = seeded(4);
  let tried = 0;
  for (const course of examples()) tried += expectSeen(course, () => random() < 0.1);
  expect(tried).toBeGreaterThan(1500);
}, 600_000);

it('is seen, in some leaves of 500 courses of each programme', () => {
  const random = seeded(3);
  let tried = 0;
  for (const course of courses(500, 'small', 2)) tried += expectSeen(course, () => random() < 0.004);
  expect(tried).toBeGreaterThan(5000);
}, 900_000);

function* examples(): Generator<TreatmentCourse> {
  for (const programme of programmes) {
    const file = new URL(`../../profiles/examples/${programme}/course.json`, import.meta.url);
    yield jsonOf(readFileSync(file, 'utf8')) as unknown as TreatmentCourse;
  }
}
