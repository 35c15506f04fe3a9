import { field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Issue } from '../outcome/issue.ts';
import { findPatients, type KnownPatient } from './patient.ts';
import type { FhirServer } from './ports.ts';
import type { Look, PatientPolicy } from './situation.ts';

/** The course's patient on the target. `known` is absent where there is none, and one is to be made. */
export interface PatientThere {
  readonly known?: KnownPatient;
  readonly issues: readonly Issue[];
}

export async function lookForPatient(
  { patient }: TreatmentCourse,
  server: FhirServer,
  policy: PatientPolicy,
): Promise<Look<PatientThere>> {
  const found = await findPatients(server, { system: patient.system, value: patient.id });
  if (found.kind === 'failed') return found;
  const [known, ...others] = found.patients;
  const at = field(root, 'patient');
  if (others.length > 0) return { kind: 'barred', issues: [{ code: 'patient-ambiguous', at }] };
  if (known !== undefined) return { kind: 'clear', known, issues: patientDifferences(patient, known) };
  if (policy === 'resolve') return { kind: 'barred', issues: [{ code: 'patient-unknown', at }] };
  return { kind: 'clear', issues: [] };
}

/** What the target says of the patient and the course says otherwise. A date is compared as far as both are known. */
function patientDifferences({ sex, birthDate }: TreatmentCourse['patient'], { record }: KnownPatient): Issue[] {
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
