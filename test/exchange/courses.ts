import type { Resource } from '@medplum/fhirtypes';
import { canonicalCourse } from '../../src/course/canonical.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { pushCourse, type Receipt } from '../../src/exchange/push.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';

/** Two sessions, one with a dose and a reading, and a PHQ-9: every kind of reference between resources. */
export const course: TreatmentCourse = canonicalCourse({
  schemaVersion: '1',
  system: 'https://clinic.example/courses',
  id: 'C-17',
  patient: { system: 'https://clinic.example/patients', id: 'P|1,$x', sex: 'female', birthDate: '1980-05-01' },
  status: 'active',
  sessions: [
    {
      id: '1',
      status: 'completed',
      at: '2026-01-05T09:00:00+01:00',
      administrations: [
        {
          id: '1',
          status: 'completed',
          substance: 'ketamine',
          route: 'IM',
          amount: { value: 35, unit: 'mg' },
          start: '2026-01-05T09:30:00+01:00',
        },
      ],
      readings: [
        {
          id: '1',
          at: '2026-01-05T09:45:00+01:00',
          systolic: { value: 131, unit: 'mm[Hg]' },
          diastolic: { value: 84, unit: 'mm[Hg]' },
          heartRate: { value: 71, unit: '/min' },
        },
      ],
    },
    { id: '2', status: 'notDone', at: '2026-01-08T09:00:00+01:00' },
  ],
  assessments: [
    {
      id: '1',
      instrument: 'phq9',
      at: '2026-01-05T08:00:00+01:00',
      items: [{ linkId: '44250-9', value: 2 }],
      statedTotal: 14,
    },
  ],
});

export const resourcesOf = (of: TreatmentCourse): readonly MappedResource[] => mapCourse(of, definitions).resources;

export const push = (
  server: FhirServer,
  of: TreatmentCourse = course,
  patients: PatientPolicy = 'create',
): Promise<Receipt> => pushCourse(of, { server, definitions, patients });

/** The course with another dose in its first session. */
export function withDose(value: number, of: TreatmentCourse = course): TreatmentCourse {
  const [first, ...others] = of.sessions ?? [];
  const [administration] = first?.administrations ?? [];
  if (first === undefined || administration === undefined) throw new Error('no dose to change');
  const amount = { value, unit: 'mg' as const };
  return { ...of, sessions: [{ ...first, administrations: [{ ...administration, amount }] }, ...others] };
}

/** The patient of the course as a target knows it. */
export const patient = (id: string, more: Partial<Resource & { resourceType: 'Patient' }> = {}) => ({
  resourceType: 'Patient' as const,
  id,
  identifier: [{ system: course.patient.system, value: course.patient.id }],
  ...more,
});
