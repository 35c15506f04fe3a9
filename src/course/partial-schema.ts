import { coursePiece, type Piece } from './partial-pieces.ts';
import { courseJsonSchema } from './schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema (2020-12) of a partial: made of the course's own. */
export function partialJsonSchema(): Schema {
  const { $schema, properties } = courseJsonSchema() as { $schema: string; properties: Record<string, Schema> };
  const { corrected = {} } = properties;
  const fields = Object.entries(properties).map(([name, field]): [string, Schema] => {
    const piece = coursePiece.lists.get(name);
    if (piece !== undefined) return [name, partsSchema(field, piece, corrected)];
    return [name, coursePiece.optional.has(name) ? { anyOf: [field, { type: 'null' }] } : field];
  });
  return {
    $schema,
    $id: 'https://w3id.org/coursebridge/schema/PartialTreatmentCourse',
    title: 'PartialTreatmentCourse',
    type: 'object',
    properties: Object.fromEntries(fields),
    required: ['schemaVersion', 'system', 'id'],
    additionalProperties: false,
  };
}

/** A list whose parts are said, led through where they have lists of their own, or taken back. */
function partsSchema(list: Schema, piece: Piece, corrected: Schema): Schema {
  const whole = list['items'] as Schema & { properties: Record<string, Schema> };
  const within = Object.fromEntries(
    [...piece.lists].map(([name, of]) => [name, partsSchema(whole.properties[name] ?? {}, of, corrected)]),
  );
  const { id = {} } = whole.properties;
  const said = { ...whole, properties: { ...whole.properties, ...within } };
  const path = objectSchema({ id, ...within }, ['id']);
  const takenBack = objectSchema({ id, retracted: corrected }, ['id', 'retracted']);
  return { type: 'array', items: { anyOf: [said, ...(piece.lists.size > 0 ? [path] : []), takenBack] } };
}

const objectSchema = (properties: Record<string, Schema>, required: readonly string[]): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
