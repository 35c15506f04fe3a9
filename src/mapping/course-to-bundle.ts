import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { canonicalCourse } from '../course/canonical.ts';
import { courseIdentifier, serverId } from '../course/identity.ts';
import { entry, field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { writeAssessment } from './assessment.ts';
import { writeCourseRecord } from './course-record.ts';
import { writeSummary } from './course-summary.ts';
import type { MappedCourse, MappedResource } from './mapped.ts';
import { sceneOf } from './scene.ts';
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
  const sessions = (canonical.sessions ?? []).map((session, index) =>
    writeSession(scene, session, entry(field(root, 'sessions'), index)),
  );
  const records = sessions.flatMap((resources) => resources.slice(-1));
  const assessments = (canonical.assessments ?? []).flatMap((assessment, index) => {
    const instrument = definitions.instrument(assessment.instrument);
    return instrument === undefined
      ? []
      : writeAssessment(scene, assessment, instrument, entry(field(root, 'assessments'), index));
  });
  const suicideRisk = (canonical.suicideRisk ?? []).map((part, index) =>
    writeSuicideRisk(scene, part, entry(field(root, 'suicideRisk'), index)),
  );
  const responses = [writeCourseRecord(scene), ...assessments, ...suicideRisk];
  return { course: canonical, resources: [...sessions.flat(), writeSummary(scene, records), ...responses] };
}

/** Whether the Bundle leaves the patient a logical reference, or brings the patient along. */
export type Patients = 'logical' | 'create';

/**
 * The one fixed Bundle of a course: a transaction of PUTs by our ids, references by urn:uuid. With `create` it begins
 * with the Patient, its identifier alone, made unless the server has one.
 */
export function bundleOf({ course, resources }: MappedCourse, patients: Patients): Bundle {
  const patient = patients === 'create' ? patientEntry(course) : undefined;
  const entries = resources.map((one) => putEntry(one, patient?.fullUrl));
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: patient === undefined ? entries : [patient, ...entries],
  };
}

function putEntry({ resource, uuid }: MappedResource, patientUrl: string | undefined): BundleEntry {
  return {
    fullUrl: `urn:uuid:${uuid}`,
    // An update names its id twice, in the address and in the body (https://hl7.org/fhir/R4/http.html#update).
    resource: withId(patientUrl === undefined ? resource : withPatient(resource, patientUrl), uuid),
    request: { method: 'PUT', url: `${resource.resourceType}/${uuid}` },
  };
}

function withId<R extends MappedResource['resource']>({ resourceType, ...rest }: R, id: string): R {
  return { resourceType, id, ...rest } as R;
}

/** The resource with a reference to its patient beside the patient's identifier. */
export function withPatient<R extends MappedResource['resource']>(resource: R, reference: string): R {
  const { subject } = resource as { subject?: object };
  return { ...resource, subject: { reference, ...subject } };
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
