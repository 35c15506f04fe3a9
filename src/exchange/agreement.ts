import { canonicalCourse } from '../course/canonical.ts';
import { mergePartial } from '../course/merge-partial.ts';
import type { PartialCourse } from '../course/partial.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { writeJson } from '../json/json.ts';

/** Whether a course already says all of a partial, but for what orders the two. */
export function saysAllOf(course: TreatmentCourse, partial: PartialCourse): boolean {
  const fields = new Map(partial.fields);
  fields.delete('version');
  fields.delete('recordedAt');
  const merged = mergePartial(course, { ...partial, fields }).course as unknown as TreatmentCourse;
  return writeJson(canonicalCourse(merged)) === writeJson(canonicalCourse(course));
}
