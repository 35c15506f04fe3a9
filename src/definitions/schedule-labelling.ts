import type { TreatmentCourse } from '../course/schema.ts';
import { instrumentCanonical, type Programme } from './programme.ts';
import { doseDeviations } from './schedule-doses.ts';
import type { AssessmentLabel, SessionLabel } from './schedule-label.ts';
import { momentsOf } from './schedule-moments.ts';
import { intervalDeviations } from './schedule-plan.ts';
import type { Timeline } from './schedule-timeline.ts';

/** The labels of the treatments whose place is certain, by the ids of their sessions. */
export function sessionLabels({ treatments, places, stretches, zone }: Timeline): ReadonlyMap<string, SessionLabel> {
  const labels = new Map<string, SessionLabel>();
  treatments.forEach((treatment, index) => {
    const { ordinal, session } = treatment;
    if (ordinal === undefined) return;
    const place = places[index];
    const stretch = place === undefined ? undefined : stretches[place.stretch];
    // What is beyond the plan is still given as in its last stretch.
    const planned = (stretch ?? stretches.at(-1))?.treatments;
    const beyond = place !== undefined && stretch === undefined && stretches.length > 0;
    labels.set(session.id, {
      ordinal,
      ...(stretch?.key !== undefined && place !== undefined && { phase: stretch.key, phaseOrdinal: place.n }),
      deviations: [
        ...intervalDeviations(treatment, treatments[index - 1], planned?.interval),
        ...(beyond ? (['beyondPlan'] as const) : []),
        ...doseDeviations(session, planned?.ways ?? [], zone),
      ],
    });
  });
  return labels;
}

/** The labels of the assessments, each by the moments of its own instrument. */
export function assessmentLabels(
  { assessments }: TreatmentCourse,
  { assessments: moments }: Programme,
  timeline: Timeline,
): ReadonlyMap<string, AssessmentLabel> {
  const byInstrument = Map.groupBy(assessments ?? [], ({ instrument }) => instrumentCanonical(instrument));
  const labelled = [...byInstrument].flatMap(([instrument, parts]) => {
    const own = moments.filter(({ instruments }) => instruments.includes(instrument));
    return [...momentsOf(parts, own, timeline)];
  });
  return new Map(labelled);
}
