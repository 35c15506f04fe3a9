import { partIdentifier } from '../course/identity.ts';
import type { Session } from '../course/schema.ts';
import { ownExtension } from './canonicals.ts';
import { vitalTime, writeVitalTime } from './effective.ts';
import { elementIn, elementsIn, type Elements } from './elements.ts';
import { keywordCoding, quantity, time } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginObservation } from './observation.ts';
import { extension } from './places.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, type Scene } from './scene.ts';
import { measured, measurement } from './vital-signs.ts';

/** The weight that a session's doses are reckoned from, as R4's body weight. */

const facet = 'weight';
const bodyWeight = measurement('weight');
type Weight = NonNullable<Session['weight']>;

export const weightRows: readonly Row[] = [
  rowsOf<Weight>()('basis', extension(ownExtension('weight-basis')), keywordCoding('weight-basis')),
];

export function writeWeight(scene: Scene, session: Session, weight: Weight, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['s', session.id]], facet);
  const when = vitalTime(weight.at, session.at);
  const resource = beginObservation(scene, identifier, session, measured(bodyWeight, when));
  writeRows(weightRows, weight, resource, scene);
  writeVitalTime(resource, when, scene);
  quantity.put(resource, 'valueQuantity', weight, scene);
  return mapped(resource, identifier, `${at}.weight`);
}

export function readWeight(resource: Elements): Elements {
  const own = isOfSession(resource) ? undefined : time.take(resource, 'effectiveDateTime');
  return {
    ...quantity.take(resource, 'valueQuantity'),
    ...(own !== undefined && { at: own }),
    ...readRows(weightRows, resource),
  };
}

// The marker says that the day is the session's, so that it is not read as the weight's own time.
const isOfSession = (resource: Elements): boolean =>
  elementsIn(elementIn(resource, '_effectiveDateTime'), 'extension').some(
    (one) => one['url'] === ownExtension('time-of-session'),
  );
