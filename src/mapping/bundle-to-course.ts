import type { Resource } from '@medplum/fhirtypes';
import { root } from '../course/path.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Issue } from '../outcome/issue.ts';
import { mapCourse } from './course-to-bundle.ts';
import type { FoundCourse, FoundCourses, ReceivedResource } from './mapped.ts';
import { gather, type Gathered } from './gather.ts';
import { distinct, referenceIndex } from './received.ts';
import { recognise, type Recognised } from './recognise.ts';
import { residueOf } from './residue.ts';
import { standing } from './retraction.ts';
import { isUnnamed, withoutNames } from './unnamed.ts';

/**
 * Rebuilds the courses that a set of resources holds, in any order, strangers among them, server ids and references
 * replaced. Membership and links are read from references alone; an identifier gives nothing but a part's own id.
 */
export function findCourses(received: readonly ReceivedResource[], definitions: Definitions): FoundCourses {
  const { once, contradicting } = distinct(received);
  const { courses: named, strangers } = recognise(once, definitions);
  const { courses, gone } = standing(named);
  // A reference to what is no part of its course any more finds nothing.
  const resolve = referenceIndex(gone.size === 0 ? once : once.filter((one) => !gone.has(one)));
  const found: FoundCourse[] = [];
  const issues = contradicting.map(({ at }): Issue => ({ code: 'duplicate-resource', at }));
  for (const course of courses) {
    const gathered = gather(course, resolve);
    if (gathered.course === undefined) issues.push(...gathered.issues, ...leftOver(course.members, new Set()));
    else found.push(foundCourse(course.members, gathered, gathered.course, definitions, resolve));
  }
  return { courses: found, strangers: strangers.map(({ at }) => ({ code: 'stranger', at })), issues };
}

/** The course, and everything received that is not what the course would write. */
function foundCourse(
  members: readonly Recognised[],
  { claims, issues }: Gathered,
  course: FoundCourse['course'],
  definitions: Definitions,
  resolve: (reference: string) => ReceivedResource | undefined,
): FoundCourse {
  const written = mapCourse(course, definitions);
  const uuidOf = new Map<ReceivedResource, string>();
  for (const { identifier, uuid } of written.resources) {
    const received = claims.get(identifier.value);
    if (received !== undefined) uuidOf.set(received, `urn:uuid:${uuid}`);
  }
  const keyOf = (reference: string): string | undefined => {
    const target = resolve(reference);
    return target === undefined ? undefined : uuidOf.get(target);
  };
  const unnamed = [...uuidOf.keys()].filter(isUnnamed).length;
  const nameless: Issue[] = unnamed === 0 ? [] : [{ code: 'identifiers-missing', at: root, facts: { count: unnamed } }];
  // The name of a part is in the identifiers of all that is below it.
  const comparable = unnamed === 0 ? (resource: Resource): Resource => resource : withoutNames;
  const residue = written.resources.flatMap(({ resource, identifier, at }): Issue[] => {
    const received = claims.get(identifier.value);
    if (received === undefined) return [{ code: 'missing-resource', at }];
    return residueOf(comparable(resource), comparable(received.resource), received.at, keyOf);
  });
  // What was read as something that the course does not write is as good as not read.
  const unclaimed = leftOver(members, new Set(uuidOf.keys()));
  return {
    course: written.course,
    issues: [...issues, ...nameless, ...residue, ...unclaimed],
    resourceCount: uuidOf.size,
  };
}

/** The resources that name the course and that nothing in it refers to, or that are nothing we know. */
function leftOver(members: readonly Recognised[], claimed: ReadonlySet<ReceivedResource>): Issue[] {
  return members
    .filter(({ received }) => !claimed.has(received))
    .map(({ received, kind }) => ({
      code: kind === undefined ? 'unclaimed-element' : 'unclaimed-resource',
      at: received.at,
    }));
}
