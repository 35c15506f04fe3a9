import type { Interview } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { keywordCoding, ref, time } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { author, beginForm, formItem } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { timepointRows, writeTimepointSession } from './timepoint.ts';

/** A clinical interview and what it found, as a response to a form of ours, `profiles/questionnaires/interview.json`. */

const row = rowsOf<Interview>();

export const interviewRows: readonly Row[] = [
  ...timepointRows,
  row('assessor', author, ref),
  row('at', formItem('at'), time),
  row('improvement', formItem('improvement'), keywordCoding('improvement')),
];

export function writeInterview(scene: Scene, part: Interview, at: string): MappedResource {
  const { resource, identifier } = beginForm(scene, 'interview', ['i', part.id], part);
  writeRows(interviewRows, part, resource, scene);
  writeTimepointSession(scene, resource, part.timepoint);
  return mapped(resource, identifier, at);
}

export const readInterview = (resource: Elements): Elements => readPart(interviewRows, resource);
