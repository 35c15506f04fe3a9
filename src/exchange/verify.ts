import { courseDifferences, type Difference } from '../course/equal.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import type { FhirServer } from './ports.ts';
import { pullCourses } from './pull.ts';

/** Whether a target holds a course as it is. */
export type Verification =
  | {
      readonly kind: 'equal' | 'different';
      readonly differences: readonly Difference[];
      /** What the target holds beside or against the course, at the element. */
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'failed'; readonly issues: readonly Issue[] };

/** Pulls the course back and compares it, numbers by value: servers may drop trailing zeros. */
export async function verifyCourse(
  course: TreatmentCourse,
  server: FhirServer,
  definitions: Definitions,
): Promise<Verification> {
  for await (const pulled of pullCourses(
    server,
    { course: { system: course.system, value: course.id } },
    definitions,
  )) {
    return pulled.kind === 'failed' ? pulled : comparePulled(course, pulled);
  }
  return { kind: 'failed', issues: [] };
}

/** Compares a course with what was pulled of it. */
export function comparePulled(
  course: TreatmentCourse,
  pulled: { readonly course: TreatmentCourse; readonly issues: readonly Issue[] },
): Verification {
  const differences = courseDifferences(course, pulled.course, { numbers: 'value' });
  const different = differences.length > 0 || pulled.issues.some(isDifference);
  return { kind: different ? 'different' : 'equal', differences, issues: pulled.issues };
}

/** Somebody changed or removed what we wrote, even where the course does not say it (a total, a display). */
function isDifference(issue: Issue): boolean {
  return severityOf(issue) === 'error' || issue.code === 'changed-element' || issue.code === 'missing-element';
}
