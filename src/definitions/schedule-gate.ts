import { entry, field, root } from '../course/path.ts';
import type { Assessment, TreatmentCourse } from '../course/schema.ts';
import { numberValue } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { reductionOf } from './criterion.ts';
import type { Definitions } from './definitions.ts';
import { totalOf } from './evaluation.ts';
import { instrumentCanonical, type Criterion, type Programme } from './programme.ts';
import { assessmentLabels } from './schedule-labelling.ts';
import type { Timeline } from './schedule-timeline.ts';
import { dayIn, type Treatment } from './schedule-treatments.ts';

/** Phases that the programme opens to a response, entered by a course that shows none and says no override. */
export function checkGates(
  course: TreatmentCourse,
  programme: Programme,
  timeline: Timeline,
  definitions: Definitions,
): Issue[] {
  return timeline.stretches.flatMap(({ gate, key }, number) => {
    const first = timeline.treatments.find((_, index) => timeline.places[index]?.stretch === number);
    if (gate === undefined || first === undefined || isOverridden(course, key)) return [];
    if (saysResponse(course, gate, first) || showsResponse(course, programme, timeline, gate, first, definitions)) {
      return [];
    }
    return [
      {
        code: 'programme-response-lacking',
        at: entry(field(root, 'sessions'), first.index),
        facts: { ...(key !== undefined && { phase: key }), percent: gate.percent },
      },
    ];
  });
}

function isOverridden({ phaseTransitions, phases }: TreatmentCourse, key: string | undefined): boolean {
  const keyOf = (id: string): string | undefined => phases?.find((phase) => phase.id === id)?.key;
  return (phaseTransitions ?? []).some(({ overridden, toPhaseId }) => overridden === true && keyOf(toPhaseId) === key);
}

// What was found after the phase began did not open it. A day counts with what was found on it.
const isBefore = (at: string | undefined, { day }: Treatment): boolean => (dayIn(at) ?? '') <= (day ?? '9999');

const isJudged = ({ instrument }: Criterion, keyOrUrl: string): boolean =>
  instrument === undefined || instrument === instrumentCanonical(keyOrUrl);

/** Whether the clinic says that there was a response. */
function saysResponse({ outcomes, phaseTransitions }: TreatmentCourse, gate: Criterion, first: Treatment): boolean {
  const stated = [
    ...(outcomes ?? []).filter(({ instrument }) => isJudged(gate, instrument)),
    ...(phaseTransitions ?? []).map((transition) => ({ ...transition, statedCategory: undefined })),
  ];
  return stated.some(
    ({ at, statedCategory, statedReductionPercent: percent }) =>
      isBefore(at, first) &&
      (statedCategory === 'response' ||
        statedCategory === 'remission' ||
        (percent !== undefined && numberValue(percent) >= gate.percent)),
  );
}

/** Whether the totals give one: of the pairs that the clinic compares, and of the programme's own moments. */
function showsResponse(
  course: TreatmentCourse,
  programme: Programme,
  timeline: Timeline,
  gate: Criterion,
  first: Treatment,
  definitions: Definitions,
): boolean {
  const assessments = course.assessments ?? [];
  const labels = assessmentLabels(course, programme, timeline);
  const byId = new Map(assessments.map((one) => [one.id, one]));
  const compared = [...(course.outcomes ?? []), ...(course.phaseTransitions ?? [])].map((one) => [
    byId.get(one.baselineAssessmentId ?? ''),
    byId.get(one.currentAssessmentId ?? ''),
  ]);
  const isBaseline = (one: Assessment): boolean => labels.get(one.id)?.kind === 'baseline';
  const current = assessments.filter((one) => labels.has(one.id) && !isBaseline(one));
  const planned = assessments.filter(isBaseline).flatMap((from) => current.map((to) => [from, to]));
  return [...compared, ...planned].some(
    ([from, to]) =>
      from !== undefined &&
      to !== undefined &&
      isJudged(gate, from.instrument) &&
      isBefore(to.at, first) &&
      isResponse(from, to, gate, definitions),
  );
}

function isResponse(from: Assessment, to: Assessment, gate: Criterion, definitions: Definitions): boolean {
  const instrument = definitions.instrument(from.instrument);
  if (instrument === undefined || instrument !== definitions.instrument(to.instrument)) return false;
  const [baseline, current] = [totalOf(from, instrument), totalOf(to, instrument)];
  if (baseline === undefined || current === undefined) return false;
  return reductionOf(baseline, current, gate.percent).meets === true;
}
