import { expect } from 'vitest';
import { courseDifferences } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { courseShape, type Shape } from '../../src/course/shape.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { isJsonObject, writeJson, type Json } from '../../src/json/json.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { bundleOfText, bundleTextOf, find, issuesOf, jsonOf, receivedIn, strangers, strippedBy } from './courses.ts';

/** A course goes in as text and comes back, digit for digit, from its Bundle in every state that a reader may get it. */
export function expectRoundTrip(course: TreatmentCourse, random: () => number): void {
  const accepted = acceptCourse(jsonOf(writeJson(course)), shippedDefinitions).value;
  if (accepted === undefined) throw new Error('a generated course was refused');
  const text = bundleTextOf(accepted);
  expect(bundleTextOf(shuffledParts(accepted, random)), 'the same bytes').toBe(text);

  const bundle = bundleOfText(text);
  expectFound(accepted, bundle, 0);
  const stripped = strippedBy(bundle).entry ?? [];
  const mixed = [...stripped, ...strangers.map((resource) => ({ resource }))].toSorted(() => random() - 0.5);
  expectFound(accepted, { ...bundle, type: 'searchset', entry: mixed }, strangers.length);
}

function expectFound(course: TreatmentCourse, bundle: unknown, strangerCount: number): void {
  const found = find(receivedIn(bundle));
  expect(found.courses.length).toBe(1);
  expect(issuesOf(found).filter(({ code }) => code !== 'stranger')).toEqual([]);
  expect(found.strangers.length).toBe(strangerCount);
  const [back] = found.courses;
  if (back === undefined) return;
  expect(courseDifferences(course, back.course, { numbers: 'text' })).toEqual([]);
  // What comes back is written in canonical order, so that two pulls of one course are the same text.
  expect(writeJson(back.course)).toBe(writeJson(course));
}

/** The same course with its parts and answers in another order: equal, so that its Bundle must be the same bytes. */
const shuffledParts = (course: TreatmentCourse, random: () => number): TreatmentCourse =>
  shuffled(course as unknown as Json, courseShape, random) as unknown as TreatmentCourse;

function shuffled(value: Json, shape: Shape, random: () => number): Json {
  if (shape.kind === 'list' && Array.isArray(value)) {
    const entries = (value as readonly Json[]).map((entry) => shuffled(entry, shape.of, random));
    return shape.key === undefined ? entries : entries.toSorted(() => random() - 0.5);
  }
  if (shape.kind !== 'object' || !isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const of = shape.fields.get(name);
      return [name, of === undefined ? field : shuffled(field, of, random)];
    }),
  );
}

/** A seeded stream of numbers in [0, 1), so that a failure can be run again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
