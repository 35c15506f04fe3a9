import type { Sedation, Session } from '../course/schema.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { integerIn, keyword } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { beginMember, memberIdentifier } from './session-member.ts';

/** How awake a patient was at a moment of a session: the score of a scale (MOAA/S: 0 to 5). */

const row = rowsOf<Sedation>();
const kind = observationKind('sedation', 'exam');

export const sedationRows: readonly Row[] = [
  effective('at', undefined),
  row('score', element('valueQuantity'), integerIn('{score}')),
  row('scale', component('scale'), keyword('sedation-scale')),
];

export function writeSedation(scene: Scene, session: Session, part: Sedation, at: string): MappedResource {
  const identifier = memberIdentifier(scene, session, ['sed', part.id], 'score');
  const resource = beginMember(scene, session, part, identifier, kind);
  writeRows(sedationRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readSedation = (resource: Elements): Elements => readPart(sedationRows, resource);
