import { expect, it } from 'vitest';
import { courseShape, type Shape } from '../../src/course/shape.ts';
import { maps, notMappedYet } from '../../src/mapping/maps.ts';

/** The leaves of the format below a shape, as dotted names; a list of parts adds its name and no index. */
function* fieldsOf(shape: Shape, path: readonly string[]): Generator<string> {
  if (shape.kind === 'leaf') yield path.join('.');
  else if (shape.kind === 'list') yield* fieldsOf(shape.of, path);
  else for (const [name, field] of shape.fields) yield* fieldsOf(field, [...path, name]);
}

const mapped = new Set(
  maps.flatMap(({ part, rows, besides }) => {
    const names = [...rows.flatMap(({ field }) => field.split(', ')), ...besides];
    return names.map((name) => (part === '' ? name : `${part}.${name}`));
  }),
);

const isMapped = (field: string): boolean => {
  const steps = field.split('.');
  return steps.some((_, index) => mapped.has(steps.slice(0, index + 1).join('.')));
};

const left = [
  ...notMappedYet.course,
  ...notMappedYet.session.map((name) => `sessions.${name}`),
  ...notMappedYet.assessment.map((name) => `assessments.${name}`),
];

it('every field of the format has a row, or is said not to be mapped yet', () => {
  const fields = [...fieldsOf(courseShape, [])];
  expect(fields.length).toBeGreaterThan(200);
  const lost = fields.filter((field) => !isMapped(field) && !left.some((name) => `${field}.`.startsWith(`${name}.`)));
  expect(lost).toEqual([]);
});

it('no field is both', () => {
  expect(left.filter(isMapped)).toEqual([]);
});
