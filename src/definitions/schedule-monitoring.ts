import { entry, field, root } from '../course/path.ts';
import type { Administration, Reading, Session } from '../course/schema.ts';
import { numberValue } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import type { MonitoringMoment } from './programme-action.ts';
import type { Programme } from './programme.ts';
import { milligramsIn } from './schedule-doses.ts';
import type { Timeline } from './schedule-timeline.ts';
import { givenIn, momentIn, type Treatment } from './schedule-treatments.ts';

/** The vital signs that the programme asks for in a treatment and that the session does not have at that moment. */
export function checkMonitoring({ monitoring }: Programme, { treatments, zone }: Timeline): Issue[] {
  const asked = monitoring.filter((one) => one.asked);
  if (asked.length === 0) return [];
  return treatments.flatMap((treatment, index) => {
    const { session } = treatment;
    const dose = doseTimes(givenIn(session), zone);
    const readings = (session.readings ?? []).map((reading) => ({ reading, minutes: minutesOf(reading, dose, zone) }));
    const has = (vital: string, moment: MonitoringMoment): boolean =>
      readings.some(({ reading, minutes }) => holds(reading, vital) && isAt(moment, reading.moment, minutes, dose));
    return asked
      .filter(({ vital, moment }) => isAsked(moment, treatments, index) && !has(vital, moment))
      .map(({ vital, moment }) => ({
        code: 'programme-monitoring-lacking' as const,
        at: entry(field(root, 'sessions'), treatment.index),
        facts: { vital, moment },
      }));
  });
}

function isAsked(moment: MonitoringMoment, treatments: readonly Treatment[], index: number): boolean {
  const treatment = treatments[index];
  if (moment === 'firstSession') return treatment?.ordinal === 1;
  if (moment !== 'afterDoseIncrease') return true;
  // What came before is known only where the treatment's place is.
  return treatment?.ordinal !== undefined && isIncreased(treatment.session, treatments.slice(0, index));
}

/** Whether the session gave more than the last one before it that gave the same way, both to the end. */
function isIncreased(session: Session, before: readonly Treatment[]): boolean {
  const dose = milligramsIn(session);
  const comparable = before.findLast(
    (one) => wayIn(one.session) === wayIn(session) && milligramsIn(one.session) !== undefined,
  );
  const last = comparable === undefined ? undefined : milligramsIn(comparable.session);
  return dose !== undefined && last !== undefined && dose > last + 1e-9;
}

// Milligrams by another route, or of another substance, are neither more nor less.
const wayIn = (session: Session): string =>
  [...new Set(givenIn(session).map(({ substance, route }) => `${substance} ${route ?? ''}`))].toSorted().join();

const bloodPressure = ['systolic', 'diastolic', 'meanArterial'] as const;

const holds = (reading: Reading, vital: string): boolean =>
  vital === 'bloodPressure'
    ? bloodPressure.some((part) => reading[part] !== undefined)
    : (reading as Readonly<Record<string, unknown>>)[vital] !== undefined;

interface DoseTimes {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

function doseTimes(given: readonly Administration[], zone: string | undefined): DoseTimes {
  const instants = (times: readonly (string | undefined)[]): readonly number[] =>
    times.flatMap((time) => momentIn(time, zone) ?? []);
  const [starts, ends] = [instants(given.map(({ start }) => start)), instants(given.map(({ end }) => end))];
  return {
    start: starts.length === 0 ? undefined : Math.min(...starts),
    end: ends.length === 0 ? undefined : Math.max(...ends),
  };
}

/** Whether a reading is one of the moment: by the moment it says, or by its minutes from the dose's start. */
function isAt(
  moment: MonitoringMoment,
  said: Reading['moment'],
  minutes: number | undefined,
  { start, end }: DoseTimes,
): boolean {
  // A reading of which nobody can say when it was may be the one.
  if (said === undefined && minutes === undefined) return true;
  const [from, to] = spanOf(moment, start === undefined || end === undefined ? undefined : (end - start) / 60_000);
  return saidAs[moment].some((one) => one === said) || (minutes !== undefined && minutes >= from && minutes <= to);
}

function minutesOf({ at, statedMinutes }: Reading, { start }: DoseTimes, zone: string | undefined): number | undefined {
  const instant = momentIn(at, zone);
  if (instant !== undefined && start !== undefined) return (instant - start) / 60_000;
  return statedMinutes === undefined ? undefined : numberValue(statedMinutes);
}

const saidAs: Readonly<Record<MonitoringMoment, readonly Reading['moment'][]>> = {
  before: ['pre'],
  during: ['during'],
  after: ['post', 'discharge'],
  close: ['post', 'discharge'],
  firstSession: ['pre', 'during', 'post', 'discharge'],
  afterDoseIncrease: ['during', 'post', 'discharge'],
};

/** The minutes from the dose's start in which a moment lies. A dose without an end acts at once and goes on acting. */
function spanOf(moment: MonitoringMoment, length: number | undefined): readonly [from: number, to: number] {
  if (moment === 'before') return [-Infinity, 0];
  if (moment === 'firstSession') return [-Infinity, Infinity];
  return moment === 'during' ? [0, length ?? Infinity] : [moment === 'afterDoseIncrease' ? 0 : (length ?? 0), Infinity];
}
