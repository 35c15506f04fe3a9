import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { courseJsonSchema } from '../../src/course/schema.ts';
import { fieldPlaces } from '../../src/mapping/maps.ts';

/** The logical model has exactly the fields of the course format, required and repeating as there. */

interface Element {
  readonly path: string;
  readonly min?: number;
  readonly max?: string;
}

interface Schema {
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const file = new URL('../../profiles/structuredefinitions/TreatmentCourse.json', import.meta.url);
const model = JSON.parse(readFileSync(file, 'utf8')) as { differential: { element: readonly Element[] } };

/** The paths of the model that a schema asks for, each with its cardinality. */
function* pathsOf(schema: Schema, above: string): Generator<string> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const path = `${above}.${name}`;
    const one = field.items ?? field;
    const required = field.items === undefined && (schema.required ?? []).includes(name);
    // Every FHIR element can have an id: the model asks for it, and says no more.
    yield name === 'id' ? `${path} 1..` : `${path} ${required ? 1 : 0}..${field.items === undefined ? '1' : '*'}`;
    if (one.properties !== undefined && !isValue(one)) yield* pathsOf(one, path);
  }
}

/** A quantity, a code or a person is one element. */
function isValue({ properties = {} }: Schema): boolean {
  const names = Object.keys(properties).filter((name) => name !== 'key' && name !== 'text');
  return ['unit,value', 'code,display,system', 'id,name,system'].includes(names.toSorted().join());
}

test('the logical model has the fields of the course format', () => {
  const modelled = model.differential.element.slice(1).map(({ path, min, max }) => `${path} ${min}..${max ?? ''}`);
  expect(modelled.toSorted()).toEqual([...pathsOf(courseJsonSchema() as Schema, 'TreatmentCourse')].toSorted());
});

test('every field that the mapping writes stands in the model', () => {
  const paths = new Set(model.differential.element.map(({ path }) => path));
  const missing = fieldPlaces
    .map(({ field }) => `TreatmentCourse.${field}`)
    // A value and its unit are one Quantity.
    .filter((path) => !paths.has(path) && !paths.has(path.slice(0, path.lastIndexOf('.'))));
  expect(missing).toEqual([]);
});
