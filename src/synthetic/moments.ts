import type { Timepoint } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import type { Moment } from './batteries.ts';
import { day, hour, midnight, minute, type Wall } from './clock.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** When something was due in a course, and when it was done. */
export interface Due {
  readonly timepoint: Timepoint;
  readonly at: Wall;
}

/** When a moment of a programme comes in a course: after every session it may be several times, or never. */
export function dueAt(
  moment: Moment,
  schedule: Schedule,
  appointments: readonly Appointment[],
  random: Random,
): readonly Due[] {
  const { kind, n } = moment;
  const held = appointments.filter(
    ({ status, visit }) => status !== 'notDone' && (n === undefined || visit.ordinal === n),
  );
  // Nobody asks how it ended while it goes on.
  if (schedule.endReason === undefined && (kind === 'endOfTreatment' || kind === 'followUp')) return [];
  const due: readonly Due[] =
    kind === 'afterSession'
      ? held.map((one) => ({ timepoint: afterSession(one, random), at: soonAfter(one.visit.at, random) }))
      : [{ timepoint: n === undefined ? { kind } : { kind, n }, at: wallOf(moment, schedule, random) }];
  return due.map((one) => (random.chance(0.08) ? off(one, random) : one)).filter(({ at }) => at <= schedule.known);
}

function wallOf({ kind, n = 0 }: Moment, { start, end, known, visits }: Schedule, random: Random): Wall {
  const first = midnight(visits[0]?.at ?? start);
  switch (kind) {
    case 'baseline':
      return first - random.integer(1, 3) * day + 10 * hour;
    case 'day':
      return first + n * day + 11 * hour;
    case 'week':
      return first + 7 * n * day + 10 * hour;
    case 'month':
      return first + Math.round(30.4 * n) * day + 12 * hour;
    case 'followUp':
      return midnight(Math.max(end, known - random.integer(1, 20) * day)) + 13 * hour;
    default:
      return midnight(end) + random.integer(9, 14) * hour;
  }
}

// The same day, or the next morning.
const soonAfter = (visit: Wall, random: Random): Wall =>
  random.chance(0.5)
    ? visit + random.integer(4, 6) * 30 * minute
    : midnight(visit) + day + random.integer(16, 22) * 30 * minute;

// Sources name the session, or count it, or both.
function afterSession({ id: sessionId, visit: { ordinal: n } }: Appointment, random: Random): Timepoint {
  const kind = 'afterSession';
  return random.weighted<Timepoint>([
    [3, { kind, n, sessionId }],
    [3, { kind, sessionId }],
    [2, { kind, n }],
  ]);
}

// Now and then somebody comes late, and the week is then another one than was asked for.
function off({ timepoint, at }: Due, random: Random): Due {
  const days = random.integer(1, 9);
  const late = at + days * day;
  const { kind, n } = timepoint;
  if (n === undefined || (kind !== 'week' && kind !== 'day')) return { timepoint, at: late };
  return { timepoint: { kind, n: n + (kind === 'day' ? days : Math.round(days / 7)) }, at: late };
}
