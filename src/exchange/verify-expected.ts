import { courseIdentifier, serverId, type CourseKey, type Identifier } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { mapCourse } from '../mapping/course-to-bundle.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { isOfThisMapping } from '../mapping/mapping-version.ts';
import { withoutReferences } from './content.ts';
import type { Coverage } from './coverage.ts';
import { heldResources, type HeldResource } from './receipt.ts';
import type { KeptReceipt } from './store.ts';

/** What a target should hold of one course. */
export interface Expected {
  readonly key: CourseKey;
  readonly patient: Identifier;
  /** Whether the course as a whole is in error: then so is all of it. */
  readonly inError: boolean;
  /** What the version that was delivered is written as, by this release. */
  readonly resources: readonly MappedResource[];
  /** What was taken back, and must be in error or gone. */
  readonly retracted: readonly Named[];
  /** What the target cannot hold, as the receipt says, by uuid. */
  readonly notDeliverable: ReadonlySet<string>;
  /** Whether the target was seen to drop identifiers: what has none there is no change of somebody's. */
  readonly dropsIdentifiers: boolean;
  /**
   * The ids under which the target answered, by uuid. They tell copies apart, and where to look for a resource whose
   * identifier is gone; what is there is read.
   */
  readonly serverIds: ReadonlyMap<string, string>;
  /**
   * Where the target need not have been told all of this yet, why, and what the receipt says of each resource: another
   * release wrote the course, or its newest version has not arrived.
   */
  readonly behind?: {
    readonly why: 'other-mapping' | 'earlier-version';
    readonly told: ReadonlyMap<string, HeldResource>;
  };
}

/** A resource that is named and not known. */
export interface Named {
  readonly type: MappedResource['resource']['resourceType'];
  readonly identifier: Identifier;
  readonly uuid: string;
  readonly at: string;
}

/** What should be there after a version was delivered as a receipt tells; `arrived` says whether that was all of it. */
export function expectedAfter(
  course: TreatmentCourse,
  { mapping, resources: json }: Pick<KeptReceipt, 'mapping' | 'resources'>,
  { arrived, coverage }: { readonly arrived: boolean; readonly coverage: Coverage },
  definitions: Definitions,
): Expected {
  const { course: canonical, resources } = mapCourse(course, definitions);
  const key = { system: canonical.system, id: canonical.id };
  const told = heldResources(json);
  const why = !isOfThisMapping(mapping) ? 'other-mapping' : arrived ? undefined : 'earlier-version';
  const notDeliverable = new Set(told.filter(({ state }) => state === 'not-deliverable').map(({ uuid }) => uuid));
  return {
    key,
    patient: { system: canonical.patient.system, value: canonical.patient.id },
    inError: canonical.status === 'enteredInError',
    // What the target cannot hold is not referred to there either.
    resources: notDeliverable.size === 0 ? resources : resources.map((one) => withoutReferences(one, notDeliverable)),
    retracted: told
      .filter(({ state }) => state === 'retracted' || state === 'deleted')
      .map(({ type, identifier, uuid, at }) => ({
        type: type as Named['type'],
        identifier: { system: key.system, value: identifier },
        uuid,
        at,
      })),
    notDeliverable,
    dropsIdentifiers: coverage.identifiers === 'lost',
    serverIds: new Map(told.flatMap(({ uuid, serverId: id }) => (id === undefined ? [] : [[uuid, id]]))),
    ...(why !== undefined && { behind: { why, told: new Map(told.map((one) => [one.uuid, one])) } }),
  };
}

/** The uuid of the course's patient, as the writer gives it. */
export const patientUuid = (key: CourseKey): string => serverId('Patient', courseIdentifier(key, 'patient'));
