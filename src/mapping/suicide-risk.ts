import type { SuicideRisk } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { keywordCoding, ref, time, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { author, beginForm, formItem } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';

/** An assessment of suicide risk, as a response to a form of ours, `profiles/questionnaires/suicide-risk.json`. */

const row = rowsOf<SuicideRisk>();

export const suicideRiskRows: readonly Row[] = [
  row('assessor', author, ref),
  row('at', formItem('at'), time),
  row('method', formItem('method'), keywordCoding('risk-method')),
  row('level', formItem('level'), keywordCoding('risk-level')),
  row('ideation', formItem('ideation'), yes),
];

export function writeSuicideRisk(scene: Scene, part: SuicideRisk, at: string): MappedResource {
  const { resource, identifier } = beginForm(scene, 'suicide-risk', ['sr', part.id], part);
  writeRows(suicideRiskRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readSuicideRisk = (resource: Elements): Elements => readPart(suicideRiskRows, resource);
