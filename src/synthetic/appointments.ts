import type { Keyword } from '../course/keywords.ts';
import type { Phase, Reason } from '../course/schema.ts';
import { idsOf } from './ids.ts';
import type { Random } from './random.ts';
import type { Schedule, Visit } from './schedule.ts';
import type { Setup } from './setup.ts';
import { endsCourse } from './turns.ts';
import { notDoneReason, stopReason } from './wording.ts';

/** A session as it turned out, before anybody wrote it down. */
export interface Appointment {
  readonly visit: Visit;
  readonly id: string;
  readonly phaseId: string | undefined;
  readonly status: Keyword<'done-status'>;
  /** Why it was stopped or not done. */
  readonly reason: Reason | undefined;
  readonly route: Keyword<'route'>;
  readonly atHome: boolean;
  /** Whether the patient came at all. */
  readonly came: boolean;
}

/** How the visits of a course turned out. */
export function appointmentsOf(
  { visits }: Schedule,
  phases: readonly Phase[],
  setup: Setup,
  random: Random,
): readonly Appointment[] {
  const ids = idsOf('S', setup.habits, random.branch('ids'));
  const failing = failingOf(visits.length, setup, random.branch('failing'));
  return visits.map((visit) => {
    const own = random.branch(visit.ordinal);
    const route = own.weighted(setup.programme.routes);
    const result = visit.ordinal === failing?.ordinal ? failing : resultOf(own);
    return {
      visit,
      id: ids(visit.ordinal),
      phaseId: phases[visit.span]?.id,
      status: result.status,
      reason: result.reason,
      route,
      atHome: route === 'SL' && own.chance(0.7),
      came: result.status !== 'notDone' || !endsCourse(result.reason?.key),
    };
  });
}

type Result = Pick<Appointment, 'status' | 'reason'>;

/** The session that does not go as planned because the turn of its reason has come. */
function failingOf(count: number, { turns }: Setup, random: Random): (Result & { ordinal: number }) | undefined {
  const key = turns.reason;
  if (key === undefined) return undefined;
  // What ends a course is why its last session was not held.
  if (endsCourse(key)) return { ordinal: count, status: 'notDone', reason: { key } };
  return { ordinal: random.integer(1, count), status: random.pick(['stopped', 'stopped', 'notDone']), reason: { key } };
}

function resultOf(random: Random): Result {
  const status = random.weighted([[95, 'completed'] as const, [3, 'stopped'] as const, [2, 'notDone'] as const]);
  if (status === 'completed') return { status, reason: undefined };
  return { status, reason: status === 'stopped' ? stopReason(random) : notDoneReason(random) };
}
