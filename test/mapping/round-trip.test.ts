import { expect, it } from 'vitest';
import { writeJson } from '../../src/json/json.ts';
import { bundleOfText, bundleTextOf, courses, find, receivedIn } from '../laws/courses.ts';
import { expectRoundTrip, seeded } from '../laws/round-trip.ts';

it('100 generated courses come back digit for digit: as written, and stripped, shuffled, among strangers', () => {
  const random = seeded(7);
  let count = 0;
  for (const course of courses(20)) {
    expectRoundTrip(course, random);
    count += 1;
  }
  expect(count).toBe(100);
}, 60_000);

it('full courses do too', () => {
  const random = seeded(8);
  for (const course of courses(2, 'full')) expectRoundTrip(course, random);
}, 30_000);

it('courses of two sites with one id are two courses, and no resource is exchanged', () => {
  const [course] = courses(1);
  if (course === undefined) throw new Error('no course');
  const other = { ...course, system: 'https://other.example.org/courses', patient: { ...course.patient, id: 'other' } };
  const entries = [course, other].flatMap((one) => bundleOfText(bundleTextOf(one)).entry);
  const found = find(receivedIn({ resourceType: 'Bundle', type: 'collection', entry: entries }));
  expect(found.courses.map((one) => writeJson(one.course))).toEqual([writeJson(course), writeJson(other)]);
  expect(found.courses.flatMap((one) => one.issues)).toEqual([]);
  expect(new Set(entries.map(({ fullUrl }) => fullUrl)).size).toBe(entries.length);
});
