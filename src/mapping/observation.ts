import type { Identifier } from '../course/identity.ts';
import { observationCategorySystem } from './canonicals.ts';
import { shared } from '../json/bytes.ts';
import { ownConcept } from './codings.ts';
import type { Elements } from './elements.ts';
import { begin, observationStatus, type Correctable, type Scene } from './scene.ts';

/** What an Observation is. Its elements are made once and stand in every Observation of the kind. */
export interface ObservationKind {
  readonly category: readonly Elements[];
  readonly code: Elements;
}

type Category = 'exam' | 'survey' | 'therapy' | 'vital-signs';

/** A kind of Observation that a code of ours alone names. */
export const observationKind = (code: string, category: Category): ObservationKind =>
  kindOf(ownConcept('observation', code), category);

/** A kind of Observation with codings of its own. */
export const kindOf = (code: Elements, category: Category): ObservationKind => ({
  category: shared([{ coding: [{ system: observationCategorySystem, code: category }] }]),
  code: shared(code),
});

/** Begins an Observation of a kind. `partOf` are the references to what it is part of. */
export function beginObservation(
  scene: Scene,
  identifier: Identifier,
  part: Correctable,
  { category, code }: ObservationKind,
  partOf?: readonly Elements[],
): Elements {
  const resource = begin(scene, 'Observation', identifier, part);
  if (partOf !== undefined) resource['partOf'] = partOf;
  resource['status'] = observationStatus(scene, part);
  resource['category'] = category;
  resource['code'] = code;
  return resource;
}
