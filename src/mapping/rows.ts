import type { RawNumber } from '../json/json.ts';
import type { Elements } from './elements.ts';
import type { Leaf, LeafContext } from './leaves.ts';
import type { Place, RepeatedPlace } from './places.ts';

/**
 * The table kernel. A row says where one field of the course stands in a resource; a list of rows is read from top to
 * bottom as the mapping document, and run in both directions, so that the two cannot drift.
 */
export interface Row {
  /** The field, dotted where it is inside an object: `waste.amount`. */
  readonly field: string;
  /** Where it stands in the resource, as FHIRPath for people to read. */
  readonly element: string;
  /** The FHIR type that it stands there as. */
  readonly type: string;
  /** The rows of each entry, where the field is a list of objects. */
  readonly entries?: readonly Row[];
  write(part: Elements, resource: Elements, context: LeafContext): void;
  read(resource: Elements, part: Elements): void;
}

type Atom = string | number | boolean | RawNumber | readonly unknown[];

/** The dotted names of the fields of `T`, through objects but not through lists. */
export type FieldName<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends Atom ? K : K | `${K}.${FieldName<NonNullable<T[K]>>}`;
}[keyof T & string];

/** The type of the field `P` of `T`. */
export type FieldValue<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? FieldValue<NonNullable<T[Head]>, Rest>
    : never
  : P extends keyof T
    ? NonNullable<T[P]>
    : never;

type EntryOf<L> = L extends readonly (infer E)[] ? E : never;

/** What makes the rows of a table: one field each, with its place and its leaf. */
export interface RowsOf<T> {
  <P extends FieldName<T>>(field: P, place: Place, leaf: Leaf<FieldValue<T, P>>): Row;
  /** A list of values, each in a place of its own. */
  each<P extends FieldName<T>>(field: P, place: RepeatedPlace, leaf: Leaf<EntryOf<FieldValue<T, P>>>): Row;
  /** A list of objects, each in a place of its own with rows of its own. */
  list(field: FieldName<T>, place: RepeatedPlace, rows: readonly Row[]): Row;
}

/** Rows for the part `T`: `const row = rowsOf<Administration>(); row('route', element('dosage.route'), keyword('route'))`. */
export function rowsOf<T>(): RowsOf<T> {
  const one = (field: string, place: Place, leaf: Leaf<never>): Row => {
    const steps = field.split('.');
    const name = place.name(leaf.type);
    const valueIn = valueAt(steps);
    return {
      field,
      element: place.path,
      type: leaf.type,
      write: (part, resource, context) => {
        const value = valueIn(part);
        if (value !== undefined) leaf.put(place.open(resource), name, value as never, context);
      },
      read: (resource, part) => {
        const from = place.find(resource);
        const value = from === undefined ? undefined : leaf.take(from, name);
        if (value !== undefined) setAt(part, steps, value);
      },
    };
  };
  const each = (field: string, place: RepeatedPlace, leaf: Leaf<never>): Row =>
    listRow(
      { field, element: place.path, type: leaf.type },
      place,
      (value, into, context) => leaf.put(into, valueName(leaf), value as never, context),
      (from) => leaf.take(from, valueName(leaf)),
    );
  const list = (field: string, place: RepeatedPlace, rows: readonly Row[]): Row =>
    listRow(
      { field, element: place.path, type: 'BackboneElement', entries: rows },
      place,
      (value, into, context) => writeRows(rows, value as Elements, into, context),
      (from) => readRows(rows, from),
    );
  return Object.assign(one, { each, list }) as unknown as RowsOf<T>;
}

function listRow(
  about: Omit<Row, 'write' | 'read'>,
  place: RepeatedPlace,
  put: (value: unknown, into: Elements, context: LeafContext) => void,
  take: (from: Elements) => unknown,
): Row {
  const steps = about.field.split('.');
  const valuesIn = valueAt(steps);
  return {
    ...about,
    write: (part, resource, context) => {
      const values = valuesIn(part);
      if (Array.isArray(values)) for (const value of values) put(value, place.add(resource), context);
    },
    read: (resource, part) => {
      const values = place.all(resource).flatMap((from) => take(from) ?? []);
      if (values.length > 0) setAt(part, steps, values);
    },
  };
}

const valueName = (leaf: { readonly type: string }): string =>
  `value${leaf.type.charAt(0).toUpperCase()}${leaf.type.slice(1)}`;

/** Writes what the part says into the resource, row by row. */
export function writeRows(rows: readonly Row[], part: object, resource: Elements, context: LeafContext): void {
  for (const row of rows) row.write(part as Elements, resource, context);
}

/** Reads what the resource says into a part, row by row; what the rows do not find stays absent. */
export function readRows(rows: readonly Row[], resource: Elements): Elements {
  const part: Elements = {};
  for (const row of rows) row.read(resource, part);
  return part;
}

/** Compiled for one and two steps, which is all that the format has: most fields that a row asks for are absent. */
function valueAt(steps: readonly string[]): (part: Elements) => unknown {
  const [first = '', second, ...more] = steps;
  if (second === undefined) return (part) => part[first];
  const rest = more.length === 0 ? (value: Elements) => value[second] : valueAt([second, ...more]);
  return (part) => {
    const value = part[first];
    return value === undefined ? undefined : rest(value as Elements);
  };
}

function setAt(part: Elements, steps: readonly string[], value: unknown): void {
  let into = part;
  for (let i = 0; i < steps.length - 1; i += 1) {
    const step = steps[i] ?? '';
    into = (into[step] ??= {}) as Elements;
  }
  into[steps.at(-1) ?? ''] = value;
}
