import { root } from '../course/path.ts';
import { readCourse } from '../course/read-course.ts';
import { salvage } from '../course/salvage.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Json } from '../json/json.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import { readCourseRecord } from './course-record.ts';
import { readSummary, statedUnlisted } from './course-summary.ts';
import { elementIn, elementsIn, textIn, type Elements } from './elements.ts';
import { readBasis } from './evaluation.ts';
import { gatherAssessments, gatherForms } from './gather-responses.ts';
import { gatherAdverseEvents, gatherSession } from './gather-session.ts';
import { zoneAmong } from './gather-zone.ts';
import { claimOfCourse, gatheringOf, ofKind, ownId, targets, type Gathering, type Resolve } from './gathering.ts';
import type { ReceivedResource } from './mapped.ts';
import { readOutcome } from './outcome.ts';
import { readPhaseTransition } from './phase-transition.ts';
import type { CourseMembers, Recognised } from './recognise.ts';

/** What a course's resources say together. */
export interface Gathered {
  /** Undefined where the resources do not make a course: no summary, no patient, or values that no course can hold. */
  readonly course: TreatmentCourse | undefined;
  readonly issues: readonly Issue[];
  /** Which received resource was read as the resource of which identifier (its value). */
  readonly claims: ReadonlyMap<string, ReceivedResource>;
}

/** Reads one course from its resources, beginning at its summary and following the references. */
export function gather(members: CourseMembers, resolve: Resolve): Gathered {
  const gathering = gatheringOf(members, resolve);
  const { issues, claims } = gathering;
  const [summary, ...others] = ofKind(gathering.members, 'course-summary');
  for (const { received } of others) issues.push({ code: 'duplicate-resource', at: received.at });
  if (summary === undefined) {
    return { course: undefined, issues: [{ code: 'missing-resource', at: root }], claims };
  }
  claimOfCourse(gathering, summary, 'summary');
  const read = readAsFarAs(gatherWhole(gathering, summary) as unknown as Json);
  return { course: read.course, issues: [...issues, ...read.issues], claims };
}

function gatherWhole(gathering: Gathering, summary: Recognised): Elements {
  const members = targets(gathering, summary, 'hasMember');
  const sessionIds = new Map<Recognised, string>();
  const sessions = ofKind(members, 'session-record').flatMap((record) => {
    const gathered = gatherSession(gathering, record);
    if (gathered !== undefined) sessionIds.set(record, gathered.id);
    return gathered ?? [];
  });
  const responses = gathering.members.filter((one) => isPartOf(gathering, one, summary));
  const [record] = ofKind(responses, 'course-record');
  if (record !== undefined) claimOfCourse(gathering, record, 'record');
  const { assessments, ofTotal } = gatherAssessments(gathering, responses, sessionIds);
  const forms = gatherForms(gathering, responses, sessionIds);
  const transitions = gatherTransitions(gathering, members, ofTotal);
  const outcomes = gatherOutcomes(gathering, ofTotal);
  const lists: Readonly<Record<string, readonly Elements[]>> = {
    sessions: sessions.map(({ session }) => session),
    assessments,
    ...forms,
    phaseTransitions: transitions.parts,
    outcomes,
    adverseEvents: [
      ...sessions.flatMap(({ adverseEvents }) => adverseEvents),
      ...gatherAdverseEvents(gathering, members, {}),
    ],
  };
  reportMissing(gathering, summary, {
    responses: [...Object.values(forms), assessments].reduce(
      (sum, list) => sum + list.length,
      record === undefined ? 0 : 1,
    ),
    evaluations: outcomes.length + transitions.resting,
  });
  const { patient, ...ofRecord } = record === undefined ? withoutRecord(gathering) : readCourseRecord(record.elements);
  return {
    schemaVersion: '1',
    ...gathering.key,
    ...ofRecord,
    ...readSummary(summary.elements),
    patient: { ...patientOf(summary.elements), ...(patient as Elements | undefined) },
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
}

function withoutRecord({ claims }: Gathering): Elements {
  const timeZone = zoneAmong(claims.values());
  return timeZone === undefined ? {} : { timeZone };
}

/** What nothing lists is counted by the summary, so that one that is gone is missed. */
function reportMissing(
  { issues }: Gathering,
  summary: Recognised,
  found: { readonly responses: number; readonly evaluations: number },
): void {
  const stated = statedUnlisted(summary.elements);
  const report = (expected: number | undefined, count: number, type: string): void => {
    if (expected === undefined || count >= expected) return;
    issues.push({ code: 'missing-resource', at: root, facts: { expected, found: count, type } });
  };
  report(stated.responses, found.responses, 'QuestionnaireResponse');
  report(stated.evaluations, found.evaluations, 'Observation');
}

/** Transitions are members of the summary, or rest on assessments and are found by their code. */
function gatherTransitions(
  gathering: Gathering,
  members: readonly Recognised[],
  ofTotal: ReadonlyMap<Recognised, string>,
): { readonly parts: Elements[]; readonly resting: number } {
  const listed = new Set(members);
  let resting = 0;
  const parts = ofKind(gathering.members, 'phase-transition').flatMap((one): Elements[] => {
    const basis = assessmentIds(gathering, one, ofTotal);
    if (!listed.has(one) && Object.keys(basis).length === 0) return [];
    const id = ownId(gathering, one, (own) => [['t', own]], 'transition');
    if (id === undefined) return [];
    if (!listed.has(one)) resting += 1;
    return [{ id, ...readPhaseTransition(one.elements), ...basis }];
  });
  return { parts, resting };
}

function gatherOutcomes(gathering: Gathering, ofTotal: ReadonlyMap<Recognised, string>): Elements[] {
  return ofKind(gathering.members, 'outcome').flatMap((one): Elements[] => {
    const basis = assessmentIds(gathering, one, ofTotal);
    if (Object.keys(basis).length === 0) return [];
    const id = ownId(gathering, one, (own) => [['o', own]], 'evaluation');
    return id === undefined ? [] : [{ id, ...readOutcome(one.elements), ...basis }];
  });
}

/** The assessments whose totals an evaluation is derived from. */
function assessmentIds(
  gathering: Gathering,
  { elements }: Recognised,
  ofTotal: ReadonlyMap<Recognised, string>,
): Elements {
  const { baseline, current } = readBasis(elements);
  const idOf = (reference: string | undefined): string | undefined => {
    const total = gathering.member(reference);
    return total && ofTotal.get(total);
  };
  const [baselineAssessmentId, currentAssessmentId] = [idOf(baseline), idOf(current)];
  return {
    ...(baselineAssessmentId !== undefined && { baselineAssessmentId }),
    ...(currentAssessmentId !== undefined && { currentAssessmentId }),
  };
}

const isPartOf = (gathering: Gathering, one: Recognised, summary: Recognised): boolean =>
  one.elements['resourceType'] === 'QuestionnaireResponse' &&
  elementsIn(one.elements, 'partOf').some((part) => gathering.member(textIn(part, 'reference')) === summary);

/**
 * The course as far as its values are ones that a course can hold. What somebody else made of one of them is left out
 * and said; it does not cost the rest.
 */
function readAsFarAs(json: Json): { course: TreatmentCourse | undefined; issues: readonly Issue[] } {
  const { value, issues } = readCourse(json);
  if (value !== undefined) return { course: value, issues: [] };
  return { course: salvage(json), issues: issues.filter((issue) => severityOf(issue) === 'error') };
}

function patientOf(summary: Elements): Elements {
  const identifier = elementIn(elementIn(summary, 'subject'), 'identifier');
  const system = textIn(identifier, 'system');
  const id = textIn(identifier, 'value');
  return { ...(system !== undefined && { system }), ...(id !== undefined && { id }) };
}
