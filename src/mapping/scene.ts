import { courseIdentifier, partIdentifier, serverId, type Identifier, type Step } from '../course/identity.ts';
import type { Corrected, Session, TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { shared } from '../json/bytes.ts';
import { episodeOfCareUrl, ownExtension } from './canonicals.ts';
import type { Elements } from './elements.ts';
import { string, time } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { extension } from './places.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';

/** What every resource of a course shares while the course is written. */
export interface Scene {
  readonly course: TreatmentCourse;
  readonly definitions: Definitions;
  readonly zone: string | undefined;
  readonly subject: Elements;
  /** The course itself, as a logical EpisodeOfCare: content, so that it survives where tags do not. */
  readonly episode: Elements;
  /** The extension that holds it where the type has no element for it. */
  readonly episodeExtension: Elements;
  readonly summary: string;
  /** What readings and supplements of a session are part of, kept here since every one of them asks. */
  readonly firstDoses: Map<Session, readonly Elements[] | undefined>;
}

export function sceneOf(course: TreatmentCourse, definitions: Definitions): Scene {
  const { system, id } = course.patient;
  const episode = shared({ type: 'EpisodeOfCare', identifier: { system: course.system, value: course.id } });
  return {
    course,
    definitions,
    zone: course.timeZone,
    subject: shared({ type: 'Patient', identifier: { system, value: id } }),
    episode,
    episodeExtension: shared({ url: episodeOfCareUrl, valueReference: episode }),
    summary: reference('Observation', courseIdentifier(course, 'summary')),
    firstDoses: new Map(),
  };
}

/** The types that a course is written as. */
export type OurType = 'Observation' | 'MedicationAdministration' | 'QuestionnaireResponse';

/** A reference to a resource of the same Bundle. */
export const reference = (type: OurType, identifier: Identifier): string => `urn:uuid:${serverId(type, identifier)}`;

/** The reference to the resource of a part's facet. */
export function partReference(scene: Scene, type: OurType, steps: readonly Step[], facet: string): string {
  return reference(type, partIdentifier(scene.course, steps, facet));
}

/** That a part was corrected: on every resource of the part. */
export const correctedRows: readonly Row[] = (() => {
  const row = rowsOf<{ corrected?: Corrected | undefined }>();
  return [
    row('corrected.at', extension(ownExtension('corrected'), 'at'), time),
    row('corrected.reason', extension(ownExtension('corrected'), 'reason'), string),
  ];
})();

/** What a resource of a part says: its rows, and whether the part was corrected. */
export function readPart(rows: readonly Row[], resource: Elements): Elements {
  return { ...readRows(correctedRows, resource), ...readRows(rows, resource) };
}

/** A part as far as its resources care: whether it was corrected. */
export interface Correctable {
  readonly corrected?: Corrected | undefined;
}

/**
 * Begins a resource: its type, its identifier, the course it belongs to and its patient, and that its part was
 * corrected. The rest is added by the file of the resource.
 */
export function begin(scene: Scene, type: OurType, identifier: Identifier, part: Correctable): Elements {
  const { subject, episode, episodeExtension } = scene;
  const resource: Elements =
    type === 'MedicationAdministration'
      ? { resourceType: type, identifier: [identifier], subject, context: episode }
      : {
          resourceType: type,
          extension: [episodeExtension],
          identifier: type === 'QuestionnaireResponse' ? identifier : [identifier],
          subject,
        };
  if (part.corrected !== undefined) writeRows(correctedRows, part, resource, scene);
  return resource;
}

/** The status of an Observation: in error with its course, else corrected where its part was, else final. */
export function observationStatus({ course }: Scene, part: Correctable): 'entered-in-error' | 'corrected' | 'final' {
  if (course.status === 'enteredInError') return 'entered-in-error';
  return part.corrected === undefined ? 'final' : 'corrected';
}

/** The status of a QuestionnaireResponse, likewise. */
export function responseStatus(
  { course }: Scene,
  part: Correctable,
  otherwise: 'completed' | 'stopped' = 'completed',
): string {
  if (course.status === 'enteredInError') return 'entered-in-error';
  return part.corrected === undefined ? otherwise : 'amended';
}

/** Ends a resource: what the Bundle and a delivery need to know of it. */
export function mapped(resource: Elements, identifier: Identifier, at: string): MappedResource {
  const type = resource['resourceType'] as OurType;
  return {
    resource: resource as unknown as MappedResource['resource'],
    identifier,
    uuid: serverId(type, identifier),
    at,
  };
}

export const references = (targets: readonly string[]): Elements[] => targets.map((target) => ({ reference: target }));

/** References to resources that were written. */
export const referencesTo = (targets: readonly MappedResource[]): Elements[] =>
  targets.map(({ uuid }) => ({ reference: `urn:uuid:${uuid}` }));
