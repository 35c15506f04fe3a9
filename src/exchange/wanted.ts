import type { Resource } from '@medplum/fhirtypes';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Claim } from '../mapping/claim.ts';
import { mapCourse } from '../mapping/course-to-bundle.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { retracted } from '../mapping/retraction.ts';
import { contentOf, type Content } from './content.ts';
import type { HeldResource } from './receipt.ts';

/** A resource as it is to stand on the target after the delivery. */
export interface Wanted {
  readonly mapped: MappedResource;
  readonly aim: 'held' | 'retracted' | 'deleted';
  /** The version of the course that says it. */
  readonly since: number;
  readonly content: Content;
}

/** What is asked of the world to find out what a version of a course changes. */
export interface Versions {
  readonly definitions: Definitions;
  readonly courseAt: (versionSeq: number) => Promise<TreatmentCourse | undefined>;
  readonly retractions: 'entered-in-error' | 'delete';
  /** Which profiles the resources claim; off where nobody says. */
  readonly claim?: Claim;
}

/** What versions are written as, by the UUIDs of their resources; each is mapped once. */
export type MappedVersions = (versionSeq: number) => Promise<ReadonlyMap<string, MappedResource> | undefined>;

export function mappedVersions({ definitions, courseAt }: Versions): MappedVersions {
  const known = new Map<number, ReadonlyMap<string, MappedResource> | undefined>();
  return async (seq) => {
    if (!known.has(seq)) {
      const course = await courseAt(seq);
      const resources = course && mapCourse(course, definitions).resources;
      known.set(seq, resources && new Map(resources.map((one) => [one.uuid, one])));
    }
    return known.get(seq);
  };
}

/** What a version of a course is written as; nothing where all of it is to be taken off the target. */
export function wantedOf(
  resources: readonly MappedResource[],
  since: number,
  course: TreatmentCourse,
  { retractions, claim }: Pick<Versions, 'retractions' | 'claim'>,
): Wanted[] {
  const aim = course.status === 'enteredInError' && retractions === 'delete' ? 'deleted' : 'held';
  const wanted = resources.map((mapped): Wanted => ({
    mapped,
    aim,
    since,
    content: contentOf(mapped.resource, claim),
  }));
  return aim === 'deleted' ? wanted.toReversed() : wanted;
}

/**
 * What the target may hold and the course does not say any more: to be in error, as the last version that had it wrote
 * it, or gone, what refers to others first.
 */
export async function wantedBack(
  rows: readonly HeldResource[],
  course: TreatmentCourse,
  versions: MappedVersions,
  { retractions, claim }: Pick<Versions, 'retractions' | 'claim'>,
): Promise<Wanted[]> {
  const wanted: Wanted[] = [];
  const why = {
    ...(course.recordedAt !== undefined && { at: course.recordedAt }),
    ...(course.timeZone !== undefined && { zone: course.timeZone }),
  };
  for (const row of rows) {
    const former = (await versions(row.since))?.get(row.uuid);
    if (retractions === 'delete') {
      const mapped = former ?? namedBy(row, course);
      wanted.push({ mapped, aim: 'deleted', since: row.since, content: nothing });
    } else if (former !== undefined) {
      const mapped = retracted(former, why);
      wanted.push({ mapped, aim: 'retracted', since: row.since, content: contentOf(mapped.resource, claim) });
    }
  }
  return retractions === 'delete' ? wanted.toReversed() : wanted;
}

const nothing: Content = { text: '', hash: '' };

/** A resource of which the receipt alone knows. */
const namedBy = ({ type, identifier, uuid, at }: HeldResource, { system }: TreatmentCourse): MappedResource => ({
  resource: { resourceType: type } as Resource,
  identifier: { system, value: identifier },
  uuid,
  at,
});
