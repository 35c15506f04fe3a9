import { partIdentifier } from '../course/identity.ts';
import type { SuicideRisk } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { keywordCoding, ref, time, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { author, beginResponse, formItem } from './response.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';
import { correctedRows, mapped, type Scene } from './scene.ts';

/** An assessment of suicide risk, as a response to a form of ours, `profiles/questionnaires/suicide-risk.json`. */

const facet = 'answers';
const row = rowsOf<SuicideRisk>();

export const suicideRiskRows: readonly Row[] = [
  ...correctedRows,
  row('assessor', author, ref),
  row('at', formItem('at'), time),
  row('method', formItem('method'), keywordCoding('risk-method')),
  row('level', formItem('level'), keywordCoding('risk-level')),
  row('ideation', formItem('ideation'), yes),
];

export function writeSuicideRisk(scene: Scene, part: SuicideRisk, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['sr', part.id]], facet);
  const resource = beginResponse(scene, identifier, part, scene.definitions.form('suicide-risk'));
  writeRows(suicideRiskRows.slice(correctedRows.length), part, resource, scene);
  return mapped(resource, identifier, at);
}

export const readSuicideRisk = (resource: Elements): Elements => readRows(suicideRiskRows, resource);
