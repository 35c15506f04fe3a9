import { z } from 'zod';
import { partLists } from './parts.ts';
import { treatmentCourse } from './schema.ts';
import { courseShape, type Shape } from './shape.ts';

/** A course, or a part, cut in two: what it says of itself, and the parts that it has. */
export interface Piece {
  readonly shape: Shape;
  /** The schema without the lists of parts. */
  readonly own: z.ZodType;
  readonly lists: ReadonlyMap<string, Piece>;
  /** The fields that need not be there. */
  readonly optional: ReadonlySet<string>;
}

type ObjectSchema = z.ZodObject<Record<string, z.ZodType>>;

/** What every partial says. */
const needed = ['schemaVersion', 'system', 'id'];

/** The course as a partial may say it: every field but those that name it may be absent. */
export const coursePiece: Piece = (() => {
  const whole = treatmentCourse as unknown as ObjectSchema;
  const { fields, ...piece } = pieceOf(whole, courseShape);
  const loose = Object.entries(fields).map(([name, field]) => [name, needed.includes(name) ? field : field.optional()]);
  return { ...piece, own: z.strictObject(Object.fromEntries(loose) as Record<string, z.ZodType>) };
})();

function pieceOf(schema: ObjectSchema, shape: Shape): Piece & { readonly fields: Record<string, z.ZodType> } {
  const lists = new Map(
    partLists(shape).map(([name, of]) => [name, pieceOf(elementOf(schema.shape[name]), of)] as const),
  );
  const named = Object.entries(schema.shape).filter(([name]) => !lists.has(name));
  const fields = Object.fromEntries(named);
  const optional = new Set(named.filter(([, field]) => field instanceof z.ZodOptional).map(([name]) => name));
  return { shape, own: z.strictObject(fields), lists, optional, fields };
}

function elementOf(list: z.ZodType | undefined): ObjectSchema {
  const plain = list instanceof z.ZodOptional ? list.unwrap() : list;
  if (!(plain instanceof z.ZodArray)) throw new Error('a list of parts is an array');
  return plain.element as ObjectSchema;
}
