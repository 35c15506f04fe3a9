import { partKeys } from '../course/parts.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { root } from '../course/path.ts';
import type { Issue } from '../outcome/issue.ts';

/** What a version may take back unasked. */
export interface RetractionLimits {
  /** This many parts at most, those within parts counted. */
  readonly parts: number;
  /** This share of what the target holds at most, of 1. */
  readonly share: number;
}

/** The keys of the parts that are no longer valid after a version: all of them where the course is entered in error. */
export function goneParts(before: TreatmentCourse, after: TreatmentCourse): ReadonlySet<string> {
  if (before.status === 'enteredInError') return new Set();
  const held = partKeys(before);
  return after.status === 'enteredInError' ? held : held.difference(partKeys(after));
}

/** Whether taking back these parts is more than may be done unasked, of what any of the targets may hold. */
export function wouldRetract(
  gone: ReadonlySet<string>,
  sent: readonly TreatmentCourse[],
  limits: RetractionLimits,
): Issue | undefined {
  for (const course of sent) {
    if (course.status === 'enteredInError') continue;
    const held = partKeys(course);
    const counted = gone.intersection(held).size;
    if (counted > limits.parts || counted > limits.share * held.size) {
      return { code: 'would-retract', at: root, facts: { counted, of: held.size } };
    }
  }
  return undefined;
}
