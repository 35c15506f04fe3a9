import type { Administration, Assessment, Reading, Session, TreatmentCourse } from '../../src/course/schema.ts';

/** Courses written for one rule each, synthetic: day 1 is a Monday, and every session is at nine. */

const firstDay = Date.UTC(2026, 0, 5);

/** The nth calendar day of a course, as text. */
export const day = (n: number): string => new Date(firstDay + (n - 1) * 86_400_000).toISOString().slice(0, 10);

export const at = (n: number, time = '09:00'): string => `${day(n)}T${time}`;

export function courseOf(key: string, fields: Partial<TreatmentCourse> = {}): TreatmentCourse {
  return {
    schemaVersion: '1',
    system: 'https://synthetic.test/courses',
    id: 'C-1',
    timeZone: 'Europe/Oslo',
    programme: { key },
    patient: { system: 'https://synthetic.test/patients', id: 'P-1' },
    status: 'active',
    sourceSystem: 'synthetic',
    ...fields,
  };
}

/** A dose of forty minutes from half past nine. */
export const dose = (n: number, fields: Partial<Administration> = {}): Administration => ({
  id: 'd',
  status: 'completed',
  substance: 'ketamine',
  route: 'IV',
  start: at(n, '09:30'),
  end: at(n, '10:10'),
  ...fields,
});

/** A session on the nth day with one dose; its id is the day. */
export const session = (n: number, fields: Partial<Session> = {}): Session => ({
  id: String(n),
  status: 'completed',
  at: at(n),
  administrations: [dose(n)],
  ...fields,
});

/** Sessions on these days. */
export const sessionsOn = (days: readonly number[], fields: (n: number) => Partial<Session> = () => ({})): Session[] =>
  days.map((n) => session(n, fields(n)));

const mmHg = (value: number) => ({ value, unit: 'mm[Hg]' });

/** A reading of everything that a programme watches. */
export const reading = (n: number, time: string, fields: Partial<Reading> = {}): Reading => ({
  id: time,
  at: at(n, time),
  systolic: mmHg(120),
  diastolic: mmHg(80),
  heartRate: { value: 70, unit: '/min' },
  respiratoryRate: { value: 14, unit: '/min' },
  ...fields,
});

/** An assessment with a stated total, on the nth day at eight; its id is the instrument and the day. */
export const assessment = (instrument: string, n: number, statedTotal = 20): Assessment => ({
  id: `${instrument} ${n}`,
  instrument,
  at: at(n, '08:00'),
  statedTotal,
});

/** The days of a Norwegian course: twice a week for three weeks, then monthly. */
export const norwayDays = [1, 4, 8, 11, 15, 18, 46, 77, 107, 138, 168, 199] as const;
/** Three times a week for two weeks. */
export const guangzhouDays = [1, 3, 5, 8, 10, 12] as const;
