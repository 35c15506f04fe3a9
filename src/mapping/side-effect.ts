import type { Session, SideEffect } from '../course/schema.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { codeOrKey, keyword, string } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { beginMember, memberIdentifier } from './session-member.ts';

/** A side effect of a session: an Observation of one fixed code, whose value is what was found. */

const row = rowsOf<SideEffect>();
const kind = observationKind('side-effect', 'exam');

export const sideEffectRows: readonly Row[] = [
  effective('onset', 'resolved', { asPeriod: true }),
  row('effect', element('valueCodeableConcept'), codeOrKey('adverse-effect')),
  row('severity', component('severity'), keyword('effect-severity')),
  row('intervention', component('intervention'), string),
];

export function writeSideEffect(scene: Scene, session: Session, part: SideEffect, at: string): MappedResource {
  const identifier = memberIdentifier(scene, session, ['fx', part.id], 'effect');
  const resource = beginMember(scene, session, part, identifier, kind);
  writeRows(sideEffectRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readSideEffect = (resource: Elements): Elements => readPart(sideEffectRows, resource);
