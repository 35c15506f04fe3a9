import { courseIdentifier } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { labelCourse } from '../definitions/schedule.ts';
import { ucum } from './canonicals.ts';
import { doseGiven } from './decimal-sum.ts';
import { effective } from './effective.ts';
import { elementIn, elementsIn, type Elements } from './elements.ts';
import { labelAssessment, labelSession } from './label.ts';
import { keyword, keywordOrText, string } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { restsOnAssessments } from './phase-transition.ts';
import { beginObservation, observationKind } from './observation.ts';
import { component } from './places.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, referencesTo, type Scene } from './scene.ts';

/** The course as one Observation, whose members are its session records: where every search for a course begins. */

const row = rowsOf<TreatmentCourse>();
const kind = observationKind('course-summary', 'therapy');

export const summaryRows: readonly Row[] = [
  effective('start', 'end', { asPeriod: true }),
  row('status', component('status'), keyword('course-status')),
  row('endReason', component('end-reason'), keyword('end-reason')),
  row('programme.key', component('programme'), keywordOrText('programme')),
  row('programme.version', component('programme-version'), string),
];

const preliminary: readonly string[] = ['planned', 'active', 'onHold'];

/** `members` are its session records, then what belongs to no session. */
export function writeSummary(scene: Scene, members: readonly MappedResource[]): MappedResource {
  const { course } = scene;
  const identifier = courseIdentifier(course, 'summary');
  const resource = beginObservation(scene, identifier, course, kind);
  if (preliminary.includes(course.status)) resource['status'] = 'preliminary';
  writeRows(summaryRows, course, resource, scene);
  writeTotals(resource, scene);
  if (members.length > 0) resource['hasMember'] = referencesTo(members);
  writeLabels(resource, scene);
  return mapped(resource, identifier, 'TreatmentCourse');
}

/** The session records are the first members, in the order of the course. */
function writeLabels(resource: Elements, scene: Scene): void {
  const { course, definitions } = scene;
  const labels = labelCourse(course, definitions.programme(course.programme?.key ?? ''));
  const members = elementsIn(resource, 'hasMember');
  course.sessions?.forEach(({ id }, index) => {
    const label = labels.sessions.get(id);
    const member = members[index];
    if (label !== undefined && member !== undefined) labelSession(member, label);
  });
  for (const { id } of course.assessments ?? []) {
    const label = labels.assessments.get(id);
    if (label !== undefined) labelAssessment(resource, scene, id, label);
  }
}

/** What the course adds up to. */
function writeTotals(resource: Elements, { course, definitions }: Scene): void {
  const sessions = course.sessions ?? [];
  writeCount(resource, 'sessions-completed', sessions.filter(({ status }) => status === 'completed').length);
  const { responses, evaluations } = unlistedOf(course, definitions);
  writeCount(resource, 'response-count', responses);
  if (evaluations > 0) writeCount(resource, 'evaluation-count', evaluations);
  const dose = doseGiven(sessions.flatMap(({ administrations }) => administrations ?? []));
  if (dose !== undefined) component('cumulative-dose').open(resource)['valueQuantity'] = dose;
}

function writeCount(resource: Elements, code: string, value: number): void {
  component(code).open(resource)['valueQuantity'] = { value, unit: '1', system: ucum, code: '1' };
}

/** How many resources of a course nothing lists: they refer to it, or to each other. */
export interface Unlisted {
  readonly responses: number;
  readonly evaluations: number;
}

/** The numbers let a reader see that one is missing. */
function unlistedOf(course: TreatmentCourse, definitions: Definitions): Unlisted {
  const { assessments = [], suicideRisk, eligibility, psychotherapySessions, interviews, followUps } = course;
  const forms = [suicideRisk, eligibility, psychotherapySessions, interviews, followUps];
  const known = assessments.filter(({ instrument }) => definitions.instrument(instrument) !== undefined);
  return {
    responses: 1 + known.length + forms.reduce((sum, parts) => sum + (parts?.length ?? 0), 0),
    evaluations: (course.outcomes?.length ?? 0) + (course.phaseTransitions ?? []).filter(restsOnAssessments).length,
  };
}

export const readSummary = (resource: Elements): Elements => readPart(summaryRows, resource);

/** How many of each the course had when its summary was written; undefined where it does not say. */
export function statedUnlisted(summary: Elements): { readonly [K in keyof Unlisted]: number | undefined } {
  const count = (code: string): number | undefined => {
    const value = elementIn(component(code).find(summary), 'valueQuantity')?.['value'];
    return typeof value === 'number' ? value : undefined;
  };
  return { responses: count('response-count'), evaluations: count('evaluation-count') };
}
