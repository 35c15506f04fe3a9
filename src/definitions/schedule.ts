import { entry, field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Definitions } from './definitions.ts';
import type { Programme } from './programme.ts';
import { checkGates } from './schedule-gate.ts';
import type { Labels } from './schedule-label.ts';
import { assessmentLabels, sessionLabels } from './schedule-labelling.ts';
import { checkAssessments, checkPsychotherapy } from './schedule-lacking.ts';
import { checkMonitoring } from './schedule-monitoring.ts';
import { placesOf } from './schedule-plan.ts';
import { timelineOf, type Timeline } from './schedule-timeline.ts';

export { deviations, type AssessmentLabel, type Deviation, type Labels, type SessionLabel } from './schedule-label.ts';

/**
 * What its programme says of the sessions and assessments of a course. Computed from times, statuses, doses and stated
 * time points alone, never from phases, transitions or stated ordinals; so it can always be computed again. A part that
 * fits nowhere, or whose place is not certain, has no label, and without a programme nothing has.
 */
export function labelCourse(course: TreatmentCourse, programme: Programme | undefined): Labels {
  if (programme === undefined) return { sessions: new Map(), assessments: new Map() };
  const timeline = timelineOf(course, programme);
  return { sessions: sessionLabels(timeline), assessments: assessmentLabels(course, programme, timeline) };
}

/**
 * What the programme asks for and the course lacks, and what the course states otherwise than its times say. All of it
 * is information: a programme never refuses a course. Nothing is asked of a course that was entered in error.
 * @param definitions score the assessments that open a phase.
 */
export function checkSchedule(
  course: TreatmentCourse,
  programme: Programme | undefined,
  definitions: Definitions,
): Issue[] {
  if (programme === undefined || course.status === 'enteredInError') return [];
  const timeline = timelineOf(course, programme);
  return [
    ...checkAssessments(course, programme, timeline),
    ...checkPsychotherapy(course, programme, timeline),
    ...checkMonitoring(programme, timeline),
    ...checkGates(course, programme, timeline, definitions),
    ...checkStated(course, timeline),
  ];
}

function checkStated({ phases }: TreatmentCourse, timeline: Timeline): Issue[] {
  const { treatments, stretches, places } = timeline;
  const keys = new Map(phases?.map(({ id, key }) => [id, key]));
  const leastPlaces = placesOf(treatments, stretches, 'least');
  return treatments.flatMap(({ session, index, ordinal }, n) => {
    const at = entry(field(root, 'sessions'), index);
    const issues: Issue[] = [];
    if (ordinal !== undefined && session.statedOrdinal !== undefined && session.statedOrdinal !== ordinal) {
      issues.push({ code: 'stated-ordinal-differs', at: field(at, 'statedOrdinal'), facts: { ordinal } });
    }
    const stated = keys.get(session.phaseId ?? '');
    const [most, least] = [places[n]?.stretch, leastPlaces[n]?.stretch];
    // Of four to six treatments the fifth is in the phase or beyond it, as the clinic says.
    const possible = most === undefined || least === undefined ? [] : stretches.slice(most, least + 1);
    const phase = possible[0]?.key;
    if (stated !== undefined && phase !== undefined && !possible.some(({ key }) => key === stated)) {
      issues.push({ code: 'stated-phase-differs', at: field(at, 'phaseId'), facts: { phase } });
    }
    return issues;
  });
}
