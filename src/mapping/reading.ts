import { partIdentifier } from '../course/identity.ts';
import type { Reading, Session } from '../course/schema.ts';
import { ownCoding } from './codings.ts';
import { firstDoseReference } from './administration.ts';
import { observationCategorySystem } from './canonicals.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { keyword, numberIn, string } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { component } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { begin, mapped, observationStatus, readPart, references, type Scene } from './scene.ts';
import { writeVitalSigns } from './vital-signs.ts';

/**
 * One moment of measuring: a group Observation of ours, since R4's vital-signs profiles have no room for position,
 * device and moment, whose members are the vital signs. A reading's time is taken from its group.
 */

const facet = 'group';
const row = rowsOf<Reading>();

export const readingRows: readonly Row[] = [
  effective('at', undefined),
  row('statedMinutes', component('stated-minutes'), numberIn('min')),
  row('moment', component('moment'), keyword('reading-moment')),
  row('position', component('position'), keyword('position')),
  row('device', component('device'), string),
];

/** The vital signs of a reading, then the reading. */
export function writeReading(scene: Scene, session: Session, reading: Reading, at: string): MappedResource[] {
  const identifier = partIdentifier(
    scene.course,
    [
      ['s', session.id],
      ['r', reading.id],
    ],
    facet,
  );
  const vitalSigns = writeVitalSigns(scene, session, reading, at);
  const resource = begin(scene, 'Observation', identifier, reading);
  const first = firstDoseReference(scene, session);
  if (first !== undefined) resource['partOf'] = references([first]);
  resource['status'] = observationStatus(scene, reading);
  resource['category'] = [{ coding: [{ system: observationCategorySystem, code: 'exam' }] }];
  resource['code'] = { coding: [ownCoding('observation', 'reading')] };
  writeRows(readingRows, reading, resource, scene);
  if (vitalSigns.length > 0) resource['hasMember'] = references(vitalSigns.map(({ uuid }) => `urn:uuid:${uuid}`));
  return [...vitalSigns, mapped(resource, identifier, at)];
}

export const readReading = (resource: Elements): Elements => readPart(readingRows, resource);
