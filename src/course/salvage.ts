import type { Json } from '../json/json.ts';
import { prune, valueAt, type Path } from './prune.ts';
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
    const whole: Json = rest;
    rest = prune(
      whole,
      parsed.error.issues.flatMap((fault) => pathsOf(fault, whole)),
      'clean',
    );
  }
  return undefined;
}

type Fault = { readonly path: Path; readonly keys?: readonly string[] };

// A required field that is not there takes its owner along.
function pathsOf({ path, keys }: Fault, whole: Json): readonly Path[] {
  if (keys !== undefined) return keys.map((key) => [...path, key]);
  return [valueAt(whole, path) === undefined ? path.slice(0, -1) : path];
}
