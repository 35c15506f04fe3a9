import type { FollowUp } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { keywordCoding, string, time, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginForm, formItem } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';

/** How a patient was after the course, as a response to a form of ours, `profiles/questionnaires/follow-up.json`. */

const row = rowsOf<FollowUp>();

export const followUpRows: readonly Row[] = [
  row('at', formItem('at'), time),
  row('mood', formItem('mood'), keywordCoding('mood')),
  row('antidepressantChanged', formItem('antidepressantChanged'), yes),
  row('relapse', formItem('relapse'), yes),
  row('lost', formItem('lost'), yes),
  row('note', formItem('note'), string),
];

export function writeFollowUp(scene: Scene, part: FollowUp, at: string): MappedResource {
  const { resource, identifier } = beginForm(scene, 'follow-up', ['f', part.id], part);
  writeRows(followUpRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readFollowUp = (resource: Elements): Elements => readPart(followUpRows, resource);
