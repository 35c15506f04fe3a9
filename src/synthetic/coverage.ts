import { courseJsonSchema, type TreatmentCourse } from '../course/schema.ts';
import { isJsonObject, type Json } from '../json/json.ts';

/** How often a field of the course format occurs in some courses. */
export interface FieldCount {
  /** The field, dotted through objects and lists: `sessions.weight.unit`. */
  readonly field: string;
  /** Whether it holds a value, and not fields of its own. */
  readonly leaf: boolean;
  readonly required: boolean;
  readonly present: number;
  /** How often the object that might have it is there without it. */
  readonly absent: number;
  /** The keywords or units that it may be, and how often it is each. */
  readonly keywords: ReadonlyMap<string, number>;
}

/** What of the course format some courses use. */
export interface Coverage {
  readonly fields: readonly FieldCount[];
  /** How many leaves and keywords the format has. */
  readonly total: number;
  /** Each leaf (`sessions.at`) and keyword (`status: planned`) that occurs in no course. */
  readonly missing: readonly string[];
}

/** Counts the leaves and keywords of the JSON Schema of the course format in the courses. */
export function coverageOf(courses: Iterable<TreatmentCourse>): Coverage {
  const root = nodeOf(courseJsonSchema());
  for (const course of courses) count(course as unknown as Json, root);
  const fields = [...countsIn(root, '')];
  const leaves = fields.filter(({ leaf }) => leaf);
  return {
    fields,
    total: leaves.reduce((sum, { keywords }) => sum + 1 + keywords.size, 0),
    missing: leaves.flatMap(({ field, present, keywords }) =>
      present === 0
        ? [field, ...[...keywords.keys()].map((keyword) => `${field}: ${keyword}`)]
        : [...keywords].flatMap(([keyword, times]) => (times === 0 ? [`${field}: ${keyword}`] : [])),
    ),
  };
}

/** As much of a JSON Schema as the one of the course format uses. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
}

interface Node {
  readonly fields: ReadonlyMap<string, Node>;
  readonly required: ReadonlySet<string>;
  readonly keywords: Map<string, number>;
  present: number;
  absent: number;
}

function nodeOf({ items, properties, required, ...schema }: JsonSchema): Node {
  // A list counts as what is in it.
  if (items !== undefined) return nodeOf(items);
  const keywords = [schema, ...(schema.anyOf ?? [])].flatMap((one) => one.enum ?? []);
  return {
    fields: new Map(Object.entries(properties ?? {}).map(([name, field]) => [name, nodeOf(field)])),
    required: new Set(required),
    keywords: new Map(keywords.map((keyword) => [keyword, 0])),
    present: 0,
    absent: 0,
  };
}

function count(value: Json, node: Node): void {
  if (Array.isArray(value)) {
    for (const entry of value as readonly Json[]) count(entry, node);
  } else if (isJsonObject(value)) {
    for (const [name, field] of node.fields) {
      const given = value[name];
      if (given === undefined) field.absent += 1;
      else {
        field.present += 1;
        count(given, field);
      }
    }
  } else if (typeof value === 'string') {
    const times = node.keywords.get(value);
    if (times !== undefined) node.keywords.set(value, times + 1);
  }
}

function* countsIn(parent: Node, at: string): Generator<FieldCount> {
  for (const [name, node] of parent.fields) {
    const field = at === '' ? name : `${at}.${name}`;
    const { present, absent, keywords } = node;
    yield { field, leaf: node.fields.size === 0, required: parent.required.has(name), present, absent, keywords };
    yield* countsIn(node, field);
  }
}
