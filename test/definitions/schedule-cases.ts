import type { Session, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { checkSchedule } from '../../src/definitions/schedule.ts';
import { at, reading } from './schedule-courses.ts';

/** For acceptance cases of the programmes: a course that lacks nothing, one change to it, and what it then lacks. */

/** Issues as `code place facts`, without what all of them begin with. */
export const said = (course: TreatmentCourse): string[] =>
  checkSchedule(course, shippedDefinitions.programme(course.programme?.key ?? ''), shippedDefinitions).map(
    ({ code, at: place, facts }) =>
      [code.replace('programme-', ''), place.replace('TreatmentCourse.', ''), ...Object.values(facts ?? {})].join(' '),
  );

export type Change = (course: TreatmentCourse) => Partial<TreatmentCourse>;
export type Case = readonly [rule: string, change: Change, expected: readonly string[]];

export const mg = (value: number) => ({ value, unit: 'mg' });
export const watched = (n: number): Partial<Session> => ({ readings: [reading(n, '09:50')] });

/** The course with some of its sessions otherwise. */
export const inSession =
  (index: number, change: (one: Session) => Partial<Session>): Change =>
  ({ sessions }) => ({ sessions: (sessions ?? []).map((one, n) => (n === index ? { ...one, ...change(one) } : one)) });
export const firstSessions =
  (count: number): Change =>
  ({ sessions }) => ({ status: 'active', sessions: (sessions ?? []).slice(0, count) });
export const without =
  (...ids: readonly string[]): Change =>
  ({ assessments }) => ({ assessments: (assessments ?? []).filter(({ id }) => !ids.includes(id)) });
/** The readings of a session without one of their values. */
export const unwatched = (index: number, ...vitals: readonly string[]): Change =>
  inSession(index, ({ readings }) => ({
    readings: (readings ?? []).map(
      (one) => Object.fromEntries(Object.entries(one).filter(([name]) => !vitals.includes(name))) as typeof one,
    ),
  }));
export const all =
  (...changes: readonly Change[]): Change =>
  (course) =>
    changes.reduce((changed, change) => ({ ...changed, ...change({ ...course, ...changed }) }), {});

export const held: NonNullable<TreatmentCourse['psychotherapySessions']> = [
  { id: 'P', kind: 'preparation', start: at(0, '10:00'), attended: true },
];
export const risk = (...days: readonly number[]) => days.map((n) => ({ id: String(n), at: at(n, '08:00') }));

export const phases: NonNullable<TreatmentCourse['phases']> = [
  { id: 'I', key: 'initiation' },
  { id: 'M', key: 'maintenance' },
];
