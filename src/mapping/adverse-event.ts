import { partIdentifier } from '../course/identity.ts';
import { entry, field, root } from '../course/path.ts';
import type { AdverseEvent, Session } from '../course/schema.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { codeOrKey, integer, keyword, string, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { beginMember } from './session-member.ts';

/**
 * An adverse event: a member of the session that it belongs to, else of the course summary. That membership is the
 * link: no element of its own says it.
 */

const row = rowsOf<AdverseEvent>();
const kind = observationKind('adverse-event', 'exam');

export const adverseEventRows: readonly Row[] = [
  effective('at', undefined),
  row('event', element('valueCodeableConcept'), codeOrKey('adverse-effect')),
  row('note', element('note[0].text'), string),
  row('serious', component('serious'), yes),
  row('grade', component('grade'), integer),
  row('causality', component('causality'), keyword('causality')),
  row('action', component('action'), string),
  row('outcome', component('event-outcome'), keyword('event-outcome')),
];

/** The adverse events of a session, or, without one, those that belong to none. */
export function adverseEventsOf(scene: Scene, session: Session | undefined): MappedResource[] {
  return (scene.course.adverseEvents ?? []).flatMap((part, index) =>
    part.sessionId === session?.id
      ? [writeAdverseEvent(scene, session, part, entry(field(root, 'adverseEvents'), index))]
      : [],
  );
}

function writeAdverseEvent(scene: Scene, session: Session | undefined, part: AdverseEvent, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['ae', part.id]], 'event');
  const resource = beginMember(scene, session, part, identifier, kind);
  writeRows(adverseEventRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readAdverseEvent = (resource: Elements): Elements => readPart(adverseEventRows, resource);
