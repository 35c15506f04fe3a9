import { partIdentifier } from '../course/identity.ts';
import type { PhaseTransition } from '../course/schema.ts';
import { evaluate } from '../definitions/evaluation.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { writeBasis, writeReduction } from './evaluation.ts';
import { numberIn, ref, string, yes } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginObservation, observationKind } from './observation.ts';
import { component, element } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';

/**
 * The decision that took a course from one phase to the next: an Observation derived from the totals that it rests on,
 * or, where it rests on none, a member of the course summary.
 */

const row = rowsOf<PhaseTransition>();
const kind = observationKind('phase-transition', 'therapy');

export const phaseTransitionRows: readonly Row[] = [
  effective('at', undefined),
  row('decidedBy', element('performer[0]'), ref),
  row('fromPhaseId', component('from-phase'), string),
  row('toPhaseId', component('to-phase'), string),
  row('statedReductionPercent', component('stated-reduction-percent'), numberIn('%')),
  row('overridden', component('overridden'), yes),
  row('overrideReason', component('override-reason'), string),
];

/** Whether a transition rests on assessments: it is then found through them, and is no member of the summary. */
export const restsOnAssessments = ({ baselineAssessmentId, currentAssessmentId }: PhaseTransition): boolean =>
  baselineAssessmentId !== undefined || currentAssessmentId !== undefined;

export function writePhaseTransition(scene: Scene, part: PhaseTransition, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['t', part.id]], 'transition');
  const resource = beginObservation(scene, identifier, part, kind);
  writeRows(phaseTransitionRows, part, resource, scene);
  if (restsOnAssessments(part)) writeReduction(resource, evaluate(part, scene.course, scene.definitions));
  writeBasis(scene, resource, { baseline: part.baselineAssessmentId, current: part.currentAssessmentId });
  return mapped(resource, identifier, at);
}

export const readPhaseTransition = (resource: Elements): Elements => readPart(phaseTransitionRows, resource);
