import type { Keyword } from '../course/keywords.ts';
import { day, doubledHour, hour, midnight, minute, type Wall } from './clock.ts';
import type { Programme, Size, Stage } from './programmes.ts';
import type { Random } from './random.ts';
import { endsCourse, type Turns } from './turns.ts';

/** A session as it was arranged. */
export interface Visit {
  /** Counted through the course, from 1. */
  readonly ordinal: number;
  /** Which of the schedule's spans it belongs to. */
  readonly span: number;
  readonly at: Wall;
}

/** A phase in time. */
export interface Span {
  readonly key: Keyword<'phase'>;
  readonly from: Wall;
  readonly to: Wall;
  readonly sessions: number;
}

/** When everything of a course happens. */
export interface Schedule {
  readonly status: Keyword<'course-status'>;
  /** Why a course that is over ended. */
  readonly endReason: Keyword<'end-reason'> | undefined;
  readonly spans: readonly Span[];
  readonly visits: readonly Visit[];
  /** The beginning and, for a course that is over, the end of the course. */
  readonly start: Wall;
  readonly end: Wall;
  /** Until when something may be known: nothing is recorded that lies after it. */
  readonly known: Wall;
}

/** Lays out a course of the programme in time. */
export function scheduleOf(programme: Programme, size: Size, turns: Turns, random: Random): Schedule {
  const { status, endReason } = endingOf(size, turns, random);
  const stages = programme.stages(size, random.branch('stages'));
  const first = random.integer(Date.UTC(2022, 0, 3) / day, Date.UTC(2026, 3, 30) / day) * day;
  const planned = arrange(stages, first, random.branch('hours'));
  const kept = visitsKept(status, planned.visits.length, size, random);
  const visits = planned.visits.slice(0, kept);
  const last = visits.at(-1)?.at ?? first;
  const { end, known } = endOf(status, endReason, planned.end, last, random);
  const schedule = { status, endReason, spans: planned.spans, visits, start: planned.start, end, known };
  return random.chance(0.04) ? atNight(schedule, programme.zone, random) : schedule;
}

function endOf(
  status: Schedule['status'],
  endReason: Schedule['endReason'],
  plannedEnd: Wall,
  last: Wall,
  random: Random,
): Pick<Schedule, 'end' | 'known'> {
  if (endReason === 'death') return { end: last, known: last };
  const whole = status === 'completed' || status === 'enteredInError';
  const end = whole ? Math.max(plannedEnd, last) : last + random.integer(0, 6) * day;
  // Some courses are recorded long after their end, with what was heard of the patient since.
  const later = endReason === undefined ? undefined : random.maybe(0.5, () => random.integer(20, 110));
  return { end, known: end + (later ?? 2) * day };
}

function endingOf(size: Size, { reason }: Turns, random: Random): Pick<Schedule, 'status' | 'endReason'> {
  if (endsCourse(reason)) {
    return { status: reason === 'completed' ? 'completed' : 'stopped', endReason: reason };
  }
  const status = statusOf(size, random);
  if (status === 'completed') return { status, endReason: random.chance(0.95) ? 'completed' : 'other' };
  return { status, endReason: status === 'stopped' ? random.weighted(stops) : undefined };
}

const stops: readonly (readonly [number, Keyword<'end-reason'>])[] = [
  [8, 'noResponse'],
  [5, 'adverseEvent'],
  [8, 'patientChoice'],
  [6, 'clinicianChoice'],
  [5, 'lostToFollowUp'],
  [1, 'death'],
  [3, 'other'],
];

function statusOf(size: Size, random: Random): Schedule['status'] {
  return random.weighted([
    // Nothing has happened yet in a planned course, so it cannot be a full one.
    [size === 'full' ? 0 : 6, 'planned'],
    [18, 'active'],
    [5, 'onHold'],
    [52, 'completed'],
    [16, 'stopped'],
    [4, 'enteredInError'],
  ] as const);
}

function visitsKept(status: Schedule['status'], planned: number, size: Size, random: Random): number {
  if (status === 'planned') return 0;
  if (status === 'completed' || status === 'enteredInError') return planned;
  // What stops was begun.
  return random.integer(Math.min(planned, size === 'full' ? 5 : status === 'stopped' ? 2 : 1), planned);
}

function arrange(
  stages: readonly Stage[],
  first: Wall,
  random: Random,
): Pick<Schedule, 'spans' | 'visits' | 'start' | 'end'> {
  const spans: Span[] = [];
  const visits: Visit[] = [];
  let today = first;
  for (const { phase, sessions, gaps } of stages) {
    const from = today + 8 * hour;
    for (let n = 0; n < sessions; n += 1) {
      today = workingDay(today);
      const at = today + 8 * hour + random.integer(0, 30) * 15 * minute;
      visits.push({ ordinal: visits.length + 1, span: spans.length, at });
      if (n < sessions - 1) today += (gaps[n % gaps.length] ?? 7) * day;
    }
    if (sessions === 0) today += gaps[0] * day;
    spans.push({ key: phase, from, to: today + 18 * hour, sessions });
    today += sessions === 0 ? day : random.integer(1, 4) * day;
  }
  return { spans, visits, start: first + 8 * hour, end: today };
}

// Saturday and Sunday to Monday; 1970 began on a Thursday.
function workingDay(today: Wall): Wall {
  const weekday = (today / day + 4) % 7;
  return today + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * day;
}

/** The same schedule, moved so that one session falls in the night in which the clocks go back. */
function atNight(schedule: Schedule, zone: string, random: Random): Schedule {
  const chosen = schedule.visits[random.integer(0, schedule.visits.length - 1)];
  const night = doubledHour(random.integer(2022, 2025), zone);
  if (chosen === undefined || night === undefined) return schedule;
  const shift = midnight(night) - midnight(chosen.at);
  const move = (wall: Wall): Wall => wall + shift;
  return {
    ...schedule,
    spans: schedule.spans.map((span) => ({ ...span, from: move(span.from), to: move(span.to) })),
    visits: schedule.visits.map((visit) => {
      const at = visit === chosen ? night + random.integer(-4, 3) * 15 * minute : move(visit.at);
      return { ...visit, at };
    }),
    start: move(schedule.start),
    end: move(schedule.end),
    known: move(schedule.known),
  };
}
