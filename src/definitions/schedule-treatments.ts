import type { Administration, Session, TreatmentCourse } from '../course/schema.ts';
import { dayOf, earliest, latest } from '../course/time.ts';

/** A session in which a dose was given, as far as the course says. */
export interface Treatment {
  readonly session: Session;
  /** Its place in the course's list. */
  readonly index: number;
  /** Counted from 1; undefined where another treatment of vague or unknown time may come before or after. */
  readonly ordinal: number | undefined;
  /** The day of the session, as its own text says: of its `at`, or, where that has none, of its first dose. */
  readonly day: string | undefined;
  /** When the first dose began, where it says its moment; else when the session was. */
  readonly begin: Begin | undefined;
}

/** A time that has a day. */
export interface Begin {
  readonly day: string;
  /** In milliseconds since 1970, where the time is a moment. */
  readonly instant: number | undefined;
}

/** The administrations of a session that gave something. */
export const givenIn = ({ administrations }: Session): readonly Administration[] =>
  (administrations ?? []).filter(({ status }) => status !== 'notDone');

/**
 * The treatments of a course in the order of the canonical form: by time, then id. A session is one unless it was not
 * done, or everything that it lists was not done. It is the times and statuses that count: never phases, never an
 * ordinal that the clinic stated.
 */
export function treatmentsOf({ sessions, timeZone }: TreatmentCourse): readonly Treatment[] {
  const placed = (sessions ?? []).flatMap((session, index) =>
    isTreatment(session) ? [{ index, session, ...timesOf(session, timeZone) }] : [],
  );
  const spans = placed.map((one) => ({ ...one, ...spanOf(one.time, timeZone) }));
  spans.sort((a, b) => a.from - b.from || (a.session.id < b.session.id ? -1 : 1));
  const certain = certainlyPlaced(spans);
  return spans.map(({ session, index, time, begin }, n) => ({
    session,
    index,
    day: dayIn(time),
    begin: beginOf(begin, timeZone),
    ordinal: certain[n] === true ? n + 1 : undefined,
  }));
}

const isTreatment = (session: Session): boolean =>
  session.status !== 'notDone' && ((session.administrations ?? []).length === 0 || givenIn(session).length > 0);

/** When a session was, and when its first dose began, as texts. */
interface Times {
  readonly time: string | undefined;
  readonly begin: string | undefined;
}

function timesOf(session: Session, zone: string | undefined): Times {
  const starts = givenIn(session).flatMap(({ start }) => (start !== undefined && hasDay(start) ? [start] : []));
  starts.sort((a, b) => earliest(a, zone) - earliest(b, zone));
  const time = session.at !== undefined && hasDay(session.at) ? session.at : (starts[0] ?? session.at);
  return { time, begin: starts.find((start) => start.length > 10) ?? time };
}

/** A time as its day and, where it is a moment, its instant; undefined where it has no day. */
export function beginOf(time: string | undefined, zone: string | undefined): Begin | undefined {
  const day = dayIn(time);
  return time === undefined || day === undefined ? undefined : { day, instant: momentIn(time, zone) };
}

/** The instant of a time that is a moment. */
export const momentIn = (time: string | undefined, zone: string | undefined): number | undefined =>
  time === undefined || time.length <= 10 ? undefined : earliest(time, zone);

const hasDay = (text: string): boolean => dayOf(text) !== undefined;

/** When a session can have been, in milliseconds since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
}

// Within one day the canonical order is taken as it is: two treatments of a day are rare, and neither is vague.
function spanOf(time: string | undefined, zone: string | undefined): Span {
  // A number, and not infinity, so that the difference of two is a number too.
  if (time === undefined) return { from: 8.64e15, to: 8.64e15 };
  const from = earliest(time, zone);
  return { from, to: hasDay(time) ? from : latest(time, zone) };
}

function certainlyPlaced(spans: readonly (Span & { readonly time: string | undefined })[]): readonly boolean[] {
  // A treatment without any time can stand anywhere among the others.
  if (spans.length > 1 && spans.some(({ time }) => time === undefined)) return spans.map(() => false);
  let reached = -Infinity;
  const after = spans.map(({ from, to }) => {
    const certain = reached <= from;
    reached = Math.max(reached, to);
    return certain;
  });
  return after.map((certain, n) => certain && (spans[n + 1]?.from ?? Infinity) >= (spans[n]?.to ?? 0));
}

const dayMilliseconds = 86_400_000;

/** The days from one calendar day to another, both as their own texts say. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;

/** The calendar day so many days later. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + Math.round(days) * dayMilliseconds).toISOString().slice(0, 10);

/** The day of a time that may be absent. */
export const dayIn = (time: string | undefined): string | undefined => (time === undefined ? undefined : dayOf(time));
