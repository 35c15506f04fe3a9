import { facetIdentifier, partPath, type Identifier, type Step } from '../course/identity.ts';
import type { Session } from '../course/schema.ts';
import { firstDoseReference } from './administration.ts';
import type { Elements } from './elements.ts';
import { beginObservation, type ObservationKind } from './observation.ts';
import type { Correctable, Scene } from './scene.ts';

/** What the Observations of a visit have in common: they are part of its first dose, where one was given. */

/** Begins an Observation of something seen at a visit, or, without one, at no known visit of the course. */
export function beginMember(
  scene: Scene,
  session: Session | undefined,
  part: Correctable,
  identifier: Identifier,
  kind: ObservationKind,
): Elements {
  return beginObservation(scene, identifier, part, kind, session && firstDoseReference(scene, session));
}

/** The identifier of a part of a session. */
export const memberIdentifier = (scene: Scene, session: Session, step: Step, facet: string): Identifier =>
  facetIdentifier(scene.course, memberPath(scene, session, step), facet);

/** What the identifiers of all facets of a part of a session begin with. */
export const memberPath = (scene: Scene, session: Session, step: Step): string =>
  partPath(scene.course, [['s', session.id], step]);
