import type { Step } from '../course/identity.ts';
import { readAdministration } from './administration.ts';
import { readAdverseEvent } from './adverse-event.ts';
import { readDissociation } from './dissociation.ts';
import type { Elements } from './elements.ts';
import { claim, ofKind, ownId, targets, type Gathering } from './gathering.ts';
import { readReading } from './reading.ts';
import type { Recognised } from './recognise.ts';
import { readSedation } from './sedation.ts';
import { readSession } from './session-record.ts';
import { readSideEffect } from './side-effect.ts';
import { readVitalSign } from './vital-signs.ts';
import { readWeight } from './weight.ts';

/** A session as it was read, and the adverse events among its members, which the course lists by themselves. */
export interface GatheredSession {
  readonly id: string;
  readonly session: Elements;
  readonly adverseEvents: readonly Elements[];
}

/** Reads a session from its record: what the record is part of, and its members. */
export function gatherSession(gathering: Gathering, record: Recognised): GatheredSession | undefined {
  const id = ownId(gathering, record, (own) => [['s', own]], 'record');
  if (id === undefined) return undefined;
  const above: Step = ['s', id];
  const each = (
    members: readonly Recognised[],
    kind: 's' | 'adm' | 'r' | 'fx' | 'd' | 'sed',
    facet: string,
    read: (one: Recognised, own: string) => Elements,
  ): Elements[] =>
    members.flatMap((one) => {
      const own = ownId(gathering, one, (of) => [above, [kind, of]], facet);
      return own === undefined ? [] : [{ id: own, ...read(one, own) }];
    });
  const members = targets(gathering, record, 'hasMember');
  const lists = {
    administrations: each(
      ofKind(targets(gathering, record, 'partOf'), 'administration'),
      'adm',
      'administration',
      ({ elements }) => readAdministration(elements),
    ),
    readings: each(ofKind(members, 'reading'), 'r', 'group', (one, own) =>
      gatherReading(gathering, one, [above, ['r', own]]),
    ),
    sideEffects: each(ofKind(members, 'side-effect'), 'fx', 'effect', ({ elements }) => readSideEffect(elements)),
    dissociation: each(ofKind(members, 'dissociation'), 'd', 'score', ({ elements }) => readDissociation(elements)),
    sedation: each(ofKind(members, 'sedation'), 'sed', 'score', ({ elements }) => readSedation(elements)),
  };
  const [weight] = ofKind(members, 'weight');
  if (weight !== undefined) claim(gathering, weight, [above], 'weight');
  const session = {
    id,
    ...readSession(record.elements),
    ...(weight !== undefined && { weight: readWeight(weight.elements) }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
  return { id, session, adverseEvents: gatherAdverseEvents(gathering, members, { sessionId: id }) };
}

function gatherReading(gathering: Gathering, group: Recognised, steps: readonly Step[]): Elements {
  const reading = readReading(group.elements);
  for (const one of ofKind(targets(gathering, group, 'hasMember'), 'vital-sign')) {
    const vitalSign = readVitalSign(one.elements);
    if (vitalSign !== undefined && claim(gathering, one, steps, vitalSign.facet)) {
      Object.assign(reading, vitalSign.part);
    }
  }
  return reading;
}

/** The adverse events among the members of a session record or of the course summary. */
export function gatherAdverseEvents(
  gathering: Gathering,
  members: readonly Recognised[],
  link: { readonly sessionId?: string },
): Elements[] {
  return ofKind(members, 'adverse-event').flatMap((one) => {
    const id = ownId(gathering, one, (own) => [['ae', own]], 'event');
    return id === undefined ? [] : [{ id, ...link, ...readAdverseEvent(one.elements) }];
  });
}
