import { partIdentifier } from '../course/identity.ts';
import type { OutcomeEvaluation } from '../course/schema.ts';
import { evaluate } from '../definitions/evaluation.ts';
import { dataAbsentReasonSystem } from './canonicals.ts';
import { ownCoding } from './codings.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { writeBasis, writeReduction } from './evaluation.ts';
import { keyword, keywordOrText, numberIn, ref } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginObservation, observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';

/**
 * Whether the course helped: an Observation derived from the totals of two assessments. Its value is the category by
 * the programme's criterion, or, where that gives none, the one that the clinic stated.
 */

const row = rowsOf<OutcomeEvaluation>();
const kind = observationKind('outcome', 'therapy');

export const outcomeRows: readonly Row[] = [
  effective('at', undefined),
  row('assessor', element('performer[0]'), ref),
  row('instrument', component('instrument'), keywordOrText('instrument')),
  row('statedCategory', component('stated-category'), keyword('outcome-category')),
  row('statedReductionPercent', component('stated-reduction-percent'), numberIn('%')),
];

export function writeOutcome(scene: Scene, part: OutcomeEvaluation, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['o', part.id]], 'evaluation');
  const resource = beginObservation(scene, identifier, part, kind);
  writeRows(outcomeRows, part, resource, scene);
  const evaluation = evaluate(part, scene.course, scene.definitions);
  writeReduction(resource, evaluation);
  writeCategory(resource, evaluation.category, part, scene);
  writeBasis(scene, resource, { baseline: part.baselineAssessmentId, current: part.currentAssessmentId });
  return mapped(resource, identifier, at);
}

function writeCategory(
  resource: Elements,
  computed: 'response' | 'nonResponse' | undefined,
  { statedCategory }: OutcomeEvaluation,
  scene: Scene,
): void {
  const category = computed ?? statedCategory;
  if (category === undefined) {
    resource['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: 'unknown' }] };
    return;
  }
  keyword('outcome-category').put(resource, 'valueCodeableConcept', category, scene);
  const basis = computed === undefined ? 'stated' : 'computed';
  component('basis').open(resource)['valueCodeableConcept'] = { coding: [ownCoding('score-basis', basis)] };
}

export const readOutcome = (resource: Elements): Elements => readPart(outcomeRows, resource);
