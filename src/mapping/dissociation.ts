import type { Dissociation, Session } from '../course/schema.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { keyword, numberIn } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { beginMember, memberIdentifier } from './session-member.ts';

/** How far a patient felt away during a session: the score of a scale, as the observer noted it. */

const row = rowsOf<Dissociation>();
const kind = observationKind('dissociation', 'exam');

export const dissociationRows: readonly Row[] = [
  effective('at', undefined),
  row('score', element('valueQuantity'), numberIn('{score}')),
  row('scale', component('scale'), keyword('dissociation-scale')),
  row('statedMinutes', component('stated-minutes'), numberIn('min')),
];

export function writeDissociation(scene: Scene, session: Session, part: Dissociation, at: string): MappedResource {
  const identifier = memberIdentifier(scene, session, ['d', part.id], 'score');
  const resource = beginMember(scene, session, part, identifier, kind);
  writeRows(dissociationRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readDissociation = (resource: Elements): Elements => readPart(dissociationRows, resource);
