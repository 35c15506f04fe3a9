import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { canonicalCourse } from '../course/canonical.ts';
import { courseIdentifier, serverId } from '../course/identity.ts';
import { entry, field, root } from '../course/path.ts';
import type { PhaseTransition, TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { adverseEventsOf } from './adverse-event.ts';
import { writeAssessment } from './assessment.ts';
import type { Claim } from './claim.ts';
import { claiming } from './claims.ts';
import { writeCourseRecord } from './course-record.ts';
import { writeSummary } from './course-summary.ts';
import { writeEligibility } from './eligibility.ts';
import { writeFollowUp } from './follow-up.ts';
import { writeInterview } from './interview.ts';
import type { MappedCourse, MappedResource } from './mapped.ts';
import { writeOutcome } from './outcome.ts';
import { restsOnAssessments, writePhaseTransition } from './phase-transition.ts';
import { writePsychotherapySession } from './psychotherapy-session.ts';
import { sceneOf, type Scene } from './scene.ts';
import { identifierToken } from './search-token.ts';
import { writeSession } from './session-record.ts';
import { writeSuicideRisk } from './suicide-risk.ts';

/**
 * Writes a course as FHIR: the same resources in the same order every time, each after those that it refers to. Equal
 * courses give equal bytes, whatever the order of their parts.
 */
export function mapCourse(course: TreatmentCourse, definitions: Definitions): MappedCourse {
  const canonical = canonicalCourse(course);
  const scene = sceneOf(canonical, definitions);
  const sessions = each(scene, 'sessions', writeSession);
  const transitions = each(scene, 'phaseTransitions', writePhaseTransition);
  const [resting, alone] = partition(canonical.phaseTransitions ?? [], transitions);
  const unlinked = [...adverseEventsOf(scene, undefined), ...alone];
  const summary = writeSummary(scene, [...sessions.flatMap((resources) => resources.slice(-1)), ...unlinked]);
  const responses = [
    writeCourseRecord(scene),
    ...each(scene, 'eligibility', writeEligibility),
    ...each(scene, 'psychotherapySessions', writePsychotherapySession),
    ...each(scene, 'assessments', writeAssessment).flat(),
    ...each(scene, 'suicideRisk', writeSuicideRisk),
    ...each(scene, 'interviews', writeInterview),
    ...each(scene, 'followUps', writeFollowUp),
  ];
  const evaluations = [...resting, ...each(scene, 'outcomes', writeOutcome)];
  return { course: canonical, resources: [...sessions.flat(), ...unlinked, summary, ...responses, ...evaluations] };
}

type Lists = Pick<
  TreatmentCourse,
  | 'sessions'
  | 'phaseTransitions'
  | 'eligibility'
  | 'psychotherapySessions'
  | 'assessments'
  | 'suicideRisk'
  | 'interviews'
  | 'followUps'
  | 'outcomes'
>;
type PartOf<L extends keyof Lists> = NonNullable<Lists[L]>[number];

/** What each part of a list is written as. */
function each<L extends keyof Lists, R>(
  scene: Scene,
  list: L,
  write: (scene: Scene, part: PartOf<L>, at: string) => R,
): R[] {
  const parts = (scene.course[list] ?? []) as readonly PartOf<L>[];
  return parts.map((part, index) => write(scene, part, entry(field(root, list), index)));
}

/** Transitions that rest on assessments, and those that do not. */
function partition(
  parts: readonly PhaseTransition[],
  written: readonly MappedResource[],
): readonly [resting: MappedResource[], alone: MappedResource[]] {
  const rests = (index: number): boolean => {
    const part = parts[index];
    return part !== undefined && restsOnAssessments(part);
  };
  return [written.filter((_, index) => rests(index)), written.filter((_, index) => !rests(index))];
}

/** Whether the Bundle leaves the patient a logical reference, or brings the patient along. */
export type Patients = 'logical' | 'create';

/**
 * The one fixed Bundle of a course: a transaction of PUTs by our ids, references by urn:uuid. With `create` it begins
 * with the Patient, its identifier alone, made unless the server has one. `claim` says which profiles are claimed.
 */
export function bundleOf({ course, resources }: MappedCourse, patients: Patients, claim: Claim = 'off'): Bundle {
  const patient = patients === 'create' ? patientEntry(course) : undefined;
  const entries = resources.map((one) => putEntry(one, patient?.fullUrl, claim));
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: patient === undefined ? entries : [patient, ...entries],
  };
}

function putEntry({ resource, uuid }: MappedResource, patientUrl: string | undefined, claim: Claim): BundleEntry {
  const referring = patientUrl === undefined ? resource : withPatient(resource, patientUrl);
  return {
    fullUrl: `urn:uuid:${uuid}`,
    // An update names its id twice, in the address and in the body (https://hl7.org/fhir/R4/http.html#update).
    resource: claiming(withId(referring, uuid), claim),
    request: { method: 'PUT', url: `${resource.resourceType}/${uuid}` },
  };
}

// The id stands behind the type, where a person looks for it.
const withId = <R extends MappedResource['resource']>(resource: R, id: string): R =>
  Object.assign({ resourceType: resource.resourceType, id }, resource);

/** The resource with a reference to its patient beside the patient's identifier: also where the patient took a dose. */
export function withPatient<R extends MappedResource['resource']>(resource: R, reference: string): R {
  const { subject, performer } = resource as { subject?: object; performer?: readonly Performer[] };
  const taken = performer?.map((one) =>
    one.actor?.type === 'Patient' ? { ...one, actor: { reference, ...one.actor } } : one,
  );
  return { ...resource, subject: { reference, ...subject }, ...(taken !== undefined && { performer: taken }) };
}

interface Performer {
  readonly actor?: { readonly type?: string };
}

/** The entry that makes the patient, unless the server has one. */
export function patientEntry(course: TreatmentCourse): BundleEntry {
  const { system, id } = course.patient;
  return {
    fullUrl: `urn:uuid:${serverId('Patient', courseIdentifier(course, 'patient'))}`,
    resource: { resourceType: 'Patient', identifier: [{ system, value: id }] },
    request: {
      method: 'POST',
      url: 'Patient',
      ifNoneExist: `identifier=${encodeURIComponent(identifierToken({ system, value: id }))}`,
    },
  };
}
