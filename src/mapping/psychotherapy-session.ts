import type { PsychotherapySession } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { integer, keywordCoding, ref, string, time, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginForm, formItem } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, partReference, readPart, references, type Scene } from './scene.ts';

/**
 * A session of psychotherapy, as a response to a form of ours, `profiles/questionnaires/psychotherapy-session.json`.
 * Where it belongs to a session of the course, it is part of that session's record beside the course summary.
 */

const row = rowsOf<PsychotherapySession>();

export const psychotherapySessionRows: readonly Row[] = [
  row('kind', formItem('kind'), keywordCoding('psychotherapy-kind')),
  row('modality', formItem('modality'), keywordCoding('modality')),
  row('start', formItem('start'), time),
  row('minutes', formItem('minutes'), integer),
  row('attended', formItem('attended'), yes),
  row('therapist', formItem('therapist'), ref),
  row('note', formItem('note'), string),
];

export function writePsychotherapySession(scene: Scene, part: PsychotherapySession, at: string): MappedResource {
  const { resource, identifier } = beginForm(scene, 'psychotherapy-session', ['pt', part.id], part);
  if (part.sessionId !== undefined) {
    const session = partReference(scene, 'Observation', [['s', part.sessionId]], 'record');
    resource['partOf'] = references([scene.summary, session]);
  }
  writeRows(psychotherapySessionRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readPsychotherapySession = (resource: Elements): Elements => readPart(psychotherapySessionRows, resource);
