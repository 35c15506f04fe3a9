import { expect, it } from 'vitest';
import { courseShape, fieldsOf } from '../../src/course/shape.ts';
import { fieldPlaces, maps } from '../../src/mapping/maps.ts';

const fields = [...fieldsOf(courseShape, [])];
const places = new Set(fieldPlaces.map(({ field }) => field));

/** A field has a place of its own, or its object has one (a quantity, a code, a person). */
const placeOf = (field: string): string | undefined => {
  const steps = field.split('.');
  return steps.map((_, index) => steps.slice(0, index + 1).join('.')).find((name) => places.has(name));
};

it('every field of the format has a place in FHIR', () => {
  expect(fields.length).toBeGreaterThan(300);
  expect(fields.filter((field) => placeOf(field) === undefined)).toEqual([]);
});

it('every place is one of a field of the format', () => {
  const known = new Set(fields.map(placeOf));
  expect([...places].filter((field) => !known.has(field))).toEqual([]);
});

it('no two resources are told apart by nothing', () => {
  const names = maps.map(({ type, name, part }) => `${type} ${name} ${part}`);
  expect(new Set(names).size).toBe(names.length);
});
