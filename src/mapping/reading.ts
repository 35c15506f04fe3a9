import { facetIdentifier } from '../course/identity.ts';
import type { Reading, Session } from '../course/schema.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { keyword, numberIn, string } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { observationKind } from './observation.ts';
import { component } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, referencesTo, type Scene } from './scene.ts';
import { beginMember, memberPath } from './session-member.ts';
import { writeVitalSigns } from './vital-signs.ts';

/**
 * One moment of measuring: a group Observation of ours, since R4's vital-signs profiles have no room for position,
 * device and moment, whose members are the vital signs. A reading's time is taken from its group.
 */

const facet = 'group';
const row = rowsOf<Reading>();
const kind = observationKind('reading', 'exam');

export const readingRows: readonly Row[] = [
  effective('at', undefined),
  row('statedMinutes', component('stated-minutes'), numberIn('min')),
  row('moment', component('moment'), keyword('reading-moment')),
  row('position', component('position'), keyword('position')),
  row('device', component('device'), string),
];

/** The vital signs of a reading, then the reading. */
export function writeReading(scene: Scene, session: Session, reading: Reading, at: string): MappedResource[] {
  const path = memberPath(scene, session, ['r', reading.id]);
  const identifier = facetIdentifier(scene.course, path, facet);
  const vitalSigns = writeVitalSigns(scene, session, reading, path, at);
  const resource = beginMember(scene, session, reading, identifier, kind);
  writeRows(readingRows, reading, resource, scene);
  if (vitalSigns.length > 0) resource['hasMember'] = referencesTo(vitalSigns);
  return [...vitalSigns, mapped(resource, identifier, at)];
}

export const readReading = (resource: Elements): Elements => readPart(readingRows, resource);
