import { z } from 'zod';
import type { $ZodType, $ZodTypes } from 'zod/v4/core';
import { time } from './fields.ts';
import { treatmentCourse } from './schema.ts';

/**
 * The course format as a tree of plain nodes, read from the schema once: what walks a course (canonical order,
 * comparison, the table of fields) needs no second list of its fields.
 */
export type Shape =
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, Shape>;
      /** The place of each field in the order of the schema. */
      readonly ranks: ReadonlyMap<string, number>;
      /** Groups of fields of which exactly one is given, where the format says so. */
      readonly alternatives?: readonly (readonly string[])[];
      readonly required: boolean;
    }
  | {
      readonly kind: 'list';
      readonly of: Shape;
      /** Whether the list is content even where it is empty: a part is nothing without it. */
      readonly required: boolean;
      /** Whether the entries are parts: they have an id of their own. */
      readonly parts: boolean;
      /** The field that tells entries apart whatever their order. Without one their order is content. */
      readonly key: 'id' | 'linkId' | undefined;
    }
  | { readonly kind: 'leaf'; readonly type: 'number' | 'time' | 'text' | 'boolean' };

function shapeOf(schema: $ZodType, required = true): Shape {
  const def = (schema as $ZodTypes)._zod.def;
  switch (def.type) {
    case 'optional':
      return shapeOf(def.innerType, false);
    case 'object': {
      const alternatives = alternativesOf(schema);
      return {
        kind: 'object',
        fields: new Map(Object.entries(def.shape).map(([name, field]) => [name, shapeOf(field)])),
        ranks: new Map(Object.keys(def.shape).map((name, rank) => [name, rank])),
        ...(alternatives !== undefined && { alternatives }),
        required,
      };
    }
    case 'array': {
      const of = shapeOf(def.element);
      const has = (name: string): boolean => of.kind === 'object' && of.fields.has(name);
      const parts = has('id') && has('corrected');
      // The order of an assessment's items is its instrument's (course format, rule 6), whichever they came in.
      return { kind: 'list', of, required, parts, key: parts ? 'id' : has('linkId') ? 'linkId' : undefined };
    }
    case 'boolean':
      return { kind: 'leaf', type: 'boolean' };
    case 'custom':
      return { kind: 'leaf', type: 'number' };
    default:
      return { kind: 'leaf', type: isTime(schema) ? 'time' : 'text' };
  }
}

// Every time of the format is this one schema.
const isTime = (schema: $ZodType): boolean => schema === time;

// The JSON Schema says it as oneOf; a code's display belongs to the code.
function alternativesOf(schema: $ZodType): readonly (readonly string[])[] | undefined {
  const groups = z.globalRegistry.get(schema)?.['oneOf'] as readonly { required: readonly string[] }[] | undefined;
  return groups?.map(({ required }) => (required.includes('system') ? [...required, 'display'] : required));
}

/** The shape of a whole course. */
export const courseShape: Shape = shapeOf(treatmentCourse);

/** The leaves of the format below a shape, as dotted names; a list adds its name and no index. */
export function* fieldsOf(shape: Shape, path: readonly string[]): Generator<string> {
  if (shape.kind === 'leaf') yield path.join('.');
  else if (shape.kind === 'list') yield* fieldsOf(shape.of, path);
  else for (const [name, field] of shape.fields) yield* fieldsOf(field, [...path, name]);
}
