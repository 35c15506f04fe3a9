import { dataAbsentReasonUrl, ownExtension } from './canonicals.ts';
import { readSummary } from './course-summary.ts';
import { elementsIn, type Elements } from './elements.ts';
import { string, time } from './leaves.ts';
import type { MappedResource, ReceivedResource } from './mapped.ts';
import type { CourseMembers } from './recognise.ts';

/**
 * A part that was taken back stays on a target as a resource in error: FHIR keeps what was once acted on
 * (https://hl7.org/fhir/R4/lifecycle.html). Nothing of the course refers to it any more, and no reader takes it for a
 * part of the course.
 */

/** Why a part was taken back. A local `at` needs the course's time zone. */
export interface Retraction {
  readonly at?: string;
  readonly reason?: string;
  readonly zone?: string;
}

const url = ownExtension('retracted');

/** The resource of a part that was taken back, as the last version that had the part wrote it, now in error. */
export function retracted(mapped: MappedResource, why: Retraction): MappedResource {
  const resource = mapped.resource as unknown as Elements;
  const extension = [...elementsIn(resource, 'extension').filter((one) => one['url'] !== url), extensionOf(why)];
  // FHIR's order: a resource's extensions stand before its own elements.
  const { resourceType, extension: _former, ...elements } = resource;
  return {
    ...mapped,
    resource: {
      resourceType,
      extension,
      ...elements,
      status: 'entered-in-error',
    } as unknown as MappedResource['resource'],
  };
}

function extensionOf({ at, reason, zone }: Retraction): Elements {
  const when: Elements = { url: 'at' };
  // An extension holds a value or extensions (invariant ext-1), so that a time that nobody said has to say so.
  if (at === undefined) when['_valueDateTime'] = { extension: [{ url: dataAbsentReasonUrl, valueCode: 'unknown' }] };
  else time.put(when, 'valueDateTime', at, { zone });
  if (reason === undefined) return { url, extension: [when] };
  const because: Elements = { url: 'reason' };
  string.put(because, 'valueString', reason, { zone });
  return { url, extension: [when, because] };
}

const isInError = (resource: Elements): boolean => resource['status'] === 'entered-in-error';

/** Whether a resource says of itself that it was a part of its course and is none any more. */
export function isRetracted(resource: Elements): boolean {
  return isInError(resource) && elementsIn(resource, 'extension').some((one) => one['url'] === url);
}

/**
 * Whether a course as a whole is in error, by its summary: then what is in error is still what the course says. Where
 * nobody knows it counts as one, so that nothing is left out without a word.
 */
export function isCourseInError(summary: Elements | undefined): boolean {
  return summary === undefined || isInError(summary) || readSummary(summary)['status'] === 'enteredInError';
}

/**
 * Whether a resource is no part of its course any more: it was taken back, or it is in error and its course is not,
 * whoever said so. Where the course still refers to it, it is missed there.
 */
export const isLeftOut = (resource: Elements, courseInError: boolean): boolean =>
  isInError(resource) && (!courseInError || isRetracted(resource));

/** Courses as they stand, and what of them does not any more. */
export interface Standing {
  readonly courses: readonly CourseMembers[];
  readonly gone: ReadonlySet<ReceivedResource>;
}

export function standing(named: readonly CourseMembers[]): Standing {
  const gone = new Set<ReceivedResource>();
  const courses = named.map((course) => {
    // Nothing is in error, nearly always.
    if (!course.members.some(({ elements }) => isInError(elements))) return course;
    const summary = course.members.find(({ kind }) => kind === 'course-summary');
    const courseInError = isCourseInError(summary?.elements);
    const members = course.members.filter(({ elements }) => !isLeftOut(elements, courseInError));
    const kept = new Set(members);
    for (const one of course.members) if (!kept.has(one)) gone.add(one.received);
    return { ...course, members };
  });
  return { courses: courses.filter(({ members }) => members.length > 0), gone };
}
