import type { TreatmentCourse } from '../../src/course/schema.ts';
import { writeJson } from '../../src/json/json.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import { change, partCount, timeOf, type Partial } from './changes.ts';
import { markedCourse, type Population } from './marked-course.ts';

/** A version of a course: all of it, and how it was submitted. */
export interface CourseVersion {
  readonly index: number;
  /** From 1 on. */
  readonly number: number;
  readonly course: TreatmentCourse;
  readonly kind: 'snapshot' | 'partial';
  /** What is sent. */
  readonly text: string;
}

/** A course of a population, version by version; each follows from the one before, the same every time it is asked. */
export function* versionsOf(population: Population, index: number): Generator<CourseVersion, never> {
  const random = randomOf(`${population.seed}/${index}/versions`);
  let course: TreatmentCourse = { ...markedCourse(population, index), ...orderOf(index, 1) };
  yield { index, number: 1, course, kind: 'snapshot', text: jsonText(course) };
  // Two of fifteen parts are less than what a version may take back without being asked.
  let removals = partCount(course) >= 15 ? 2 : 0;
  for (let number = 2; ; number += 1) {
    const parts = partCount(course);
    const next = change(course, number * 10 + (index % 10), removals > 0, random);
    if (partCount(next.course) < parts) removals -= 1;
    course = { ...next.course, ...orderOf(index, number) };
    const partial = next.parts !== undefined && random.chance(0.5) ? next.parts : undefined;
    yield {
      index,
      number,
      course,
      kind: partial === undefined ? 'snapshot' : 'partial',
      text: jsonText(partial === undefined ? course : partialOf(course, partial, index, number)),
    };
  }
}

/** The first versions of a course, up to a number. */
export const versionsUpTo = (population: Population, index: number, number: number): CourseVersion[] =>
  versionsOf(population, index).take(number).toArray();

/** Most sources count their versions, some say when they recorded them. */
const orderOf = (index: number, number: number): { readonly version: number } | { readonly recordedAt: string } =>
  index % 7 === 6 ? { recordedAt: timeOf(number) } : { version: number };

function partialOf(
  { schemaVersion, system, id }: TreatmentCourse,
  parts: Partial,
  index: number,
  number: number,
): object {
  return { schemaVersion, system, id, ...orderOf(index, number), ...parts };
}

const jsonText = (value: object): string => writeJson(value);
