import type { Eligibility } from '../course/schema.ts';
import type { Elements } from './elements.ts';
import { codeCoding, keywordCoding, ref, string, time } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { groups, item } from './places.ts';
import { author, beginForm, formItem } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';

/** Whether a patient may have the course, as a response to a form of ours, `profiles/questionnaires/eligibility.json`. */

const row = rowsOf<Eligibility>();
const criterion = rowsOf<Eligibility['criteria'][number]>();

/** A criterion is a key of ours or a code, in one item: which of our CodeSystems a coding is of tells them apart. */
const criterionRows: readonly Row[] = [
  criterion('key', item('criteria.criterion'), keywordCoding('contraindication')),
  criterion('code', item('criteria.criterion'), codeCoding),
  criterion('state', item('criteria.state'), keywordCoding('criterion-state')),
  criterion('at', item('criteria.at'), time),
  criterion('note', item('criteria.note'), string),
];

export const eligibilityRows: readonly Row[] = [
  row('assessor', author, ref),
  row('at', formItem('at'), time),
  row('decision', formItem('decision'), keywordCoding('eligibility-decision')),
  row.list('criteria', groups('criteria'), criterionRows),
];

export function writeEligibility(scene: Scene, part: Eligibility, at: string): MappedResource {
  const { resource, identifier } = beginForm(scene, 'eligibility', ['e', part.id], part);
  writeRows(eligibilityRows, part, resource, scene);
  return mapped(resource, identifier, at);
}

/** The criteria are a required field: without one the list is empty. */
export const readEligibility = (resource: Elements): Elements => ({
  criteria: [],
  ...readPart(eligibilityRows, resource),
});
