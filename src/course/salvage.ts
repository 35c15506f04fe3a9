import { isJsonObject, type Json } from '../json/json.ts';
import { treatmentCourse, type TreatmentCourse } from './schema.ts';

/**
 * The course that is left when every value that no course can hold is taken out, and with it whatever cannot be
 * without it (a quantity without its unit). Undefined where that is the course itself. For what comes back from a
 * server: a value that somebody spoiled must not cost the rest.
 */
export function salvage(json: Json): TreatmentCourse | undefined {
  let rest: Json | undefined = json;
  while (rest !== undefined) {
    const parsed = treatmentCourse.safeParse(rest);
    if (parsed.success) return rest as unknown as TreatmentCourse;
    // The last first, so that an index is still right when its turn comes.
    const paths = parsed.error.issues.flatMap(pathsOf).toSorted((a, b) => (placeKey(a) < placeKey(b) ? 1 : -1));
    for (const path of paths) rest = without(rest, path);
  }
  return undefined;
}

type Path = readonly PropertyKey[];
type Fault = { readonly code: string; readonly path: Path; readonly keys?: readonly string[] };

const pathsOf = ({ path, keys }: Fault): readonly Path[] =>
  keys === undefined ? [path] : keys.map((key) => [...path, key]);

// As text in which a later entry of a list, and what is inside a thing, sort after it.
const placeKey = (path: Path): string => path.map((step) => String(step).padStart(12, '0')).join('.');

function without(value: Json | undefined, path: Path): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    const entries = value as readonly Json[];
    return entries.flatMap((entry, index) => (index === key ? (without(entry, rest) ?? []) : [entry]));
  }
  if (!isJsonObject(value)) return value;
  const { [String(key)]: inner, ...others } = value;
  // A required field that is not there takes its owner along.
  if (inner === undefined) return undefined;
  const left = without(inner, rest);
  return left === undefined ? others : { ...value, [key]: left };
}
