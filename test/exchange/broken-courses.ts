import type { TreatmentCourse } from '../../src/course/schema.ts';
import { course } from './courses.ts';

/**
 * What our own reading of courses refuses, as a store may hold it that another release has filled: the mapping writes of
 * it resources that are no good FHIR. No course that is accepted is known to become one.
 */
export interface BrokenCourse {
  readonly what: string;
  readonly course: TreatmentCourse;
  /** The part of the course that is broken, and the element that it becomes. */
  readonly at: string;
  readonly element: string;
}

/** Stands in what is broken: never to be repeated. */
export const marker = 'ZQMARKER';

const session = 'TreatmentCourse.sessions[0]';

/** Each of its own, so that many go to one server. */
export const brokenCourses = (id: string): readonly BrokenCourse[] => [
  {
    what: 'a status that is none',
    course: broken(`${id}-status`, (part) => ({ ...part, status: marker })),
    at: `${session}.administrations[0]`,
    element: 'MedicationAdministration.status',
  },
  {
    what: 'an empty text',
    course: broken(`${id}-note`, (part) => ({ ...part, note: '' })),
    at: `${session}.administrations[0]`,
    element: 'MedicationAdministration.note[0].text',
  },
  {
    what: 'a month that no year has',
    course: broken(`${id}-month`, (part) => ({ ...part, start: '2026-13-05T09:30:00+01:00' })),
    at: `${session}.administrations[0]`,
    element: 'MedicationAdministration.effectiveDateTime',
  },
];

/** The course under another id, its first dose changed. */
function broken(id: string, change: (part: object) => object): TreatmentCourse {
  const [first, ...others] = course.sessions ?? [];
  const [dose] = first?.administrations ?? [];
  if (first === undefined || dose === undefined) throw new Error('the course has no dose');
  return { ...course, id, sessions: [{ ...first, administrations: [change(dose) as typeof dose] }, ...others] };
}

/** As servers name an element of many types: `effectiveDateTime` for `effective.ofType(dateTime)`. */
export const asServersSay = (element: string): string =>
  element.replaceAll(/\.ofType\((\w)(\w*)\)/g, (_, first: string, rest: string) => first.toUpperCase() + rest);
