import { partIdentifier, type Identifier, type Step } from '../course/identity.ts';
import type { Session } from '../course/schema.ts';
import { firstDoseReference } from './administration.ts';
import { observationCategorySystem } from './canonicals.ts';
import { ownCoding } from './codings.ts';
import type { Elements } from './elements.ts';
import { begin, observationStatus, references, type Correctable, type Scene } from './scene.ts';

/** What the Observations of a visit have in common: they are part of its first dose, where one was given. */

/** Begins an Observation of something seen at a visit, or, without one, at no known visit of the course. */
export function beginMember(
  scene: Scene,
  session: Session | undefined,
  part: Correctable,
  identifier: Identifier,
  code: string,
): Elements {
  const resource = begin(scene, 'Observation', identifier, part);
  const first = session && firstDoseReference(scene, session);
  if (first !== undefined) resource['partOf'] = references([first]);
  resource['status'] = observationStatus(scene, part);
  resource['category'] = [{ coding: [{ system: observationCategorySystem, code: 'exam' }] }];
  resource['code'] = { coding: [ownCoding('observation', code)] };
  return resource;
}

/** The identifier of a part of a session. */
export const memberIdentifier = (scene: Scene, session: Session, step: Step, facet: string): Identifier =>
  partIdentifier(scene.course, [['s', session.id], step], facet);
