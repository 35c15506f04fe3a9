import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import type { Read } from '../outcome/issue.ts';
import { documentsIn } from './documents.ts';
import type { Input } from './inputs.ts';

/** A course of an input, or why it is none, and where it stands: `FILE:LINE`. */
export interface CourseRead extends Read<TreatmentCourse> {
  readonly place: string;
}

/** The courses of the inputs, in their order. */
export async function* coursesIn(inputs: readonly Input[], definitions: Definitions): AsyncGenerator<CourseRead> {
  for (const { name, chunks } of inputs) {
    for await (const { line, value, issues } of documentsIn(chunks())) {
      const place = `${name}:${line}`;
      yield value === undefined ? { place, value, issues } : { place, ...acceptCourse(value, definitions) };
    }
  }
}
