import type { Resource } from '@medplum/fhirtypes';
import type { CourseKey, Identifier } from '../course/identity.ts';
import { root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { findCourses } from '../mapping/bundle-to-course.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import type { Issue } from '../outcome/issue.ts';
import { completeCourse, searchSummaries, type CourseResources } from './course-resources.ts';
import { failureIssues } from './issues.ts';
import type { Failure, FhirServer } from './ports.ts';
import { findSummaries, type CourseSummaries, type Selection } from './summaries.ts';
import { targetOf } from './target.ts';

export type { Selection } from './summaries.ts';

/** A course as the target has it, or why it could not be pulled. An issue of severity error says that it is not whole. */
export type PulledCourse =
  | {
      readonly kind: 'found';
      readonly course: TreatmentCourse;
      readonly issues: readonly Issue[];
      /** How many of the target's resources are the course's, and how many it refers to that are not there. */
      readonly resourceCount: number;
      readonly missingCount: number;
    }
  | { readonly kind: 'failed'; readonly course?: Identifier; readonly issues: readonly Issue[] };

/**
 * Pulls courses from a target, one after the other, from what the target holds alone. One that fails does not hold up
 * the next, unless the target went away.
 */
export async function* pullCourses(
  server: FhirServer,
  selection: Selection,
  definitions: Definitions,
): AsyncGenerator<PulledCourse> {
  const capable = await targetOf(server).capabilities();
  if (capable.kind !== 'accepted') {
    yield { kind: 'failed', issues: failureIssues(capable) };
    return;
  }
  const found = await findSummaries(server, selection);
  if (found.kind === 'failed') {
    yield found;
    return;
  }
  for (const one of found.courses) {
    const key = courseKeyOf({ ...one.summaries[0] });
    const course = key === undefined ? {} : { course: { system: key.system, value: key.id } };
    if (one.summaries.length > 1) {
      yield { kind: 'failed', ...course, issues: [duplicateSummaries(one)] };
      continue;
    }
    const answer = await resourcesOf(server, one);
    if ('kind' in answer) {
      yield { kind: 'failed', ...course, issues: failureIssues(answer) };
      if (answer.kind !== 'refused') return;
    } else {
      const rebuilt = rebuild(key, answer, definitions);
      yield rebuilt.kind === 'failed' ? { ...rebuilt, ...course } : rebuilt;
    }
  }
}

const duplicateSummaries = ({ summaries }: CourseSummaries): Issue => ({
  code: 'duplicate-on-target',
  at: root,
  facts: { found: summaries.length },
});

async function resourcesOf(
  server: FhirServer,
  { summaries: [summary], begun }: CourseSummaries,
): Promise<CourseResources | Failure> {
  let included = begun;
  if (included === undefined) {
    const answer = await searchSummaries(server, [['_id', summary.id ?? '']]);
    // Includes only save requests.
    if (answer.kind === 'accepted') included = answer.body;
    else if (answer.kind !== 'refused' || answer.reason !== 'status') return answer;
  }
  const answer = await completeCourse(server, summary, included ?? []);
  return answer.kind === 'accepted' ? answer.body : answer;
}

function rebuild(
  key: CourseKey | undefined,
  { resources, missing }: CourseResources,
  definitions: Definitions,
): PulledCourse {
  const received = resources.map((resource) => ({ resource, at: placeOf(resource) }));
  const { courses, issues, strangers } = findCourses(received, definitions);
  const found = courses.find(({ course }) => course.system === key?.system && course.id === key.id);
  const lost = missing.map((one): Issue => ({ code: 'missing-resource', at: placeNamed(one) }));
  if (found === undefined) return { kind: 'failed', issues: [...issues, ...strangers, ...lost] };
  return {
    kind: 'found',
    course: found.course,
    // What came with the course and is not its own is said too: it refers to the course, or the course to it.
    issues: [...found.issues, ...strangers, ...lost],
    resourceCount: found.resourceCount,
    missingCount: missing.length,
  };
}

const placeOf = ({ resourceType, id }: Resource): string => placeNamed(`${resourceType}/${id ?? ''}`);

/** `Type/id`; an id that is neither a UUID nor a number is somebody's own text, and stays out of our messages. */
export function placeNamed(name: string): string {
  return /\/(?:[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}|\d+)$/.test(name) ? name : name.replace(/\/.*$/, '');
}
