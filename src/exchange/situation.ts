import type { Resource } from '@medplum/fhirtypes';
import { courseIdentifier, serverId, type Identifier } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { patientEntry } from '../mapping/course-to-bundle.ts';
import type { MappedCourse, MappedResource } from '../mapping/mapped.ts';
import type { Issue } from '../outcome/issue.ts';
import { changesIn, type Change, type PatientReference, type Stored } from './changes.ts';
import { findHoldings } from './holdings.ts';
import { findPatients, isAbout, type KnownPatient } from './patient.ts';
import type { Failure, FhirServer } from './ports.ts';
import { subjectOf } from './references.ts';

/** What a target does with a patient whom it does not know: nothing is written, or the patient is made. */
export type PatientPolicy = 'resolve' | 'create';

/** Where a course and a target stand to each other, or why the course cannot be written there. */
export type Situation =
  | Clear
  | { readonly kind: 'barred'; readonly issues: readonly Issue[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Clear {
  readonly kind: 'clear';
  readonly patient: PatientReference;
  /** The types of the course's resources, the patient's too, by UUID. */
  readonly types: ReadonlyMap<string, string>;
  readonly held: ReadonlyMap<string, Stored>;
  readonly changes: readonly Change[];
  readonly issues: readonly Issue[];
}

/** Resources that this push wrote, by UUID: a search may not show them yet. */
export type Written = ReadonlyMap<string, Stored>;

/** Looks at the target: who the patient is there, what it holds of the course, and what differs. Nothing is written. */
export async function lookAround(
  { course, resources }: MappedCourse,
  server: FhirServer,
  policy: PatientPolicy,
  written: Written,
): Promise<Situation> {
  const identifier = { system: course.patient.system, value: course.patient.id };
  const found = await findPatients(server, identifier);
  if (found.kind === 'failed') return found;
  const [patient, ...others] = found.patients;
  const at = field(root, 'patient');
  if (others.length > 0) return { kind: 'barred', issues: [{ code: 'patient-ambiguous', at }] };
  if (patient === undefined && policy === 'resolve')
    return { kind: 'barred', issues: [{ code: 'patient-unknown', at }] };
  const holdings = await findHoldings(server, resources);
  if (holdings.kind !== 'accepted') return { kind: 'failed', failure: holdings };
  const bars = resources.flatMap((one) => barsOf(one, holdings.body.get(one.uuid) ?? [], patient, identifier));
  if (bars.length > 0) return { kind: 'barred', issues: bars };
  const made = patientToMake(course);
  const held = new Map(written);
  if (patient?.record.id !== undefined) held.set(made.mapped.uuid, storedAs(patient.record, patient.record.id));
  for (const [uuid, [resource]] of holdings.body) {
    if (resource?.id !== undefined) held.set(uuid, storedAs(resource, resource.id));
  }
  const types = new Map([made.mapped, ...resources].map(({ uuid, resource }) => [uuid, resource.resourceType]));
  const reference: PatientReference = { identifier, uuid: made.mapped.uuid };
  const changes = changesIn(resources, { held, types, patient: reference });
  return {
    kind: 'clear',
    patient: reference,
    types,
    held,
    // A patient alone is no course: it is made with the first resources of one.
    changes: !held.has(made.mapped.uuid) && changes.length > 0 ? [made, ...changes] : changes,
    issues: patient === undefined ? [] : patientDifferences(course, patient),
  };
}

const storedAs = (resource: Resource, id: string): Stored => ({
  id,
  resource,
  ...(resource.meta?.versionId !== undefined && { version: resource.meta.versionId }),
});

function barsOf(
  { at }: MappedResource,
  stored: readonly Resource[],
  patient: KnownPatient | undefined,
  identifier: Identifier,
): Issue[] {
  if (stored.some((one) => !isAbout(subjectOf(one), patient, identifier))) return [{ code: 'other-patient', at }];
  return stored.length > 1 ? [{ code: 'duplicate-on-target', at, facts: { found: stored.length } }] : [];
}

/** The patient as something to write: the identifier alone, unless the target has it by then. */
function patientToMake(course: TreatmentCourse): Change & { readonly ifNoneExist: string } {
  const { resource, request } = patientEntry(course);
  const identifier = courseIdentifier(course, 'patient');
  return {
    mapped: {
      resource: resource ?? { resourceType: 'Patient' },
      identifier,
      uuid: serverId('Patient', identifier),
      at: field(root, 'patient'),
    },
    ifNoneExist: request?.ifNoneExist ?? '',
  };
}

/** What the target says of the patient and the course says otherwise. A date is compared as far as both are known. */
function patientDifferences({ patient: { sex, birthDate } }: TreatmentCourse, { record }: KnownPatient): Issue[] {
  const at = field(root, 'patient');
  const issues: Issue[] = [];
  if (sex !== undefined && record.gender !== undefined && sex !== record.gender) {
    issues.push({ code: 'patient-differs', at: field(at, 'sex') });
  }
  const theirs = record.birthDate;
  if (
    birthDate !== undefined &&
    theirs !== undefined &&
    !birthDate.startsWith(theirs) &&
    !theirs.startsWith(birthDate)
  ) {
    issues.push({ code: 'patient-differs', at: field(at, 'birthDate') });
  }
  return issues;
}
