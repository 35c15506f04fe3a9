import { courseDifferences } from '../course/equal.ts';
import { field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { courseShape, type Shape } from '../course/shape.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { isJsonObject, type Json } from '../json/json.ts';
import { findCourses } from '../mapping/bundle-to-course.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Coverage } from './coverage.ts';

/**
 * What of a course a target cannot hold, by course path. What it does hold is read as a pull would read it: exactly what
 * is missing then is lost, also what rests on a part that is not there (an outcome whose assessment is gone).
 */
export function lostFacts(
  course: TreatmentCourse,
  held: readonly MappedResource[],
  { identifiers }: Coverage,
  definitions: Definitions,
): Issue[] {
  const received = held.map(({ resource, uuid, at }) => ({ resource, at, fullUrl: `urn:uuid:${uuid}` }));
  const [read] = findCourses(received, definitions).courses;
  if (read === undefined) return [{ code: 'not-deliverable', at: root }];
  const lost = courseDifferences(course, read.course, { numbers: 'text' }).map(({ at }) => at);
  const ids = identifiers === 'lost' ? idsOf(read.course) : [];
  return [...new Set([...lost, ...ids])].map((at): Issue => ({ code: 'not-deliverable', at }));
}

/** The ids of parts, a path for each list of them: they travel in identifiers alone. */
function idsOf(course: TreatmentCourse): string[] {
  const paths = new Set<string>();
  collect(course as unknown as Json, courseShape, root, paths);
  return [...paths];
}

// Their ids are items of the course record.
const inRecord = new Set(['phases', 'concomitantMedications'].map((name) => field(root, name)));

function collect(value: Json | undefined, shape: Shape, at: string, paths: Set<string>): void {
  if (shape.kind === 'list' && Array.isArray(value)) {
    if (shape.parts && value.length > 0 && !inRecord.has(at)) paths.add(field(at, 'id'));
    for (const one of value as readonly Json[]) collect(one, shape.of, at, paths);
  } else if (shape.kind === 'object' && isJsonObject(value)) {
    for (const [name, of] of shape.fields) collect(value[name], of, field(at, name), paths);
  }
}
