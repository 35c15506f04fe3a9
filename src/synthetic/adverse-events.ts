import { keywords, type Keyword } from '../course/keywords.ts';
import type { AdverseEvent } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import { day, hour, minute, type Wall } from './clock.ts';
import { idsOf } from './ids.ts';
import { uriAt } from './places.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { coded, eventActions, notes } from './wording.ts';

interface Happened {
  readonly event: AdverseEvent['event'];
  readonly at: Wall;
  readonly during: Appointment | undefined;
  readonly fatal: boolean;
}

/** What went wrong in a course: rare, but for the events whose turn it is. */
export function adverseEventsOf(
  schedule: Schedule,
  appointments: readonly Appointment[],
  setup: Setup,
  random: Random,
): AdverseEvent[] {
  const ids = idsOf('AE', setup.habits, random.branch('ids'));
  return happenedIn(schedule, appointments, setup, random.branch('happened'))
    .filter(({ at }) => at <= schedule.known)
    .map((happened, n) => eventOf(ids(n + 1), happened, setup, random.branch(n)));
}

function happenedIn(
  { start, end, endReason }: Schedule,
  appointments: readonly Appointment[],
  setup: Setup,
  random: Random,
): readonly Happened[] {
  const { turns, stated } = setup;
  const held = appointments.filter(({ status }) => status !== 'notDone');
  const any = (event: AdverseEvent['event']): Happened => {
    const during = held[random.integer(0, held.length)];
    const at =
      during === undefined
        ? start + random.next() * (end - start)
        : during.visit.at + random.pick([40 * minute, 70 * minute, 26 * hour]);
    return { event, at: at - (at % minute), during, fatal: false };
  };
  // Nothing has gone wrong where nothing was given.
  if (held.length === 0) return [];
  const all: Happened[] = [];
  if (turns.adverseEvent !== undefined) all.push(any({ key: turns.adverseEvent }));
  const likely = endReason === 'adverseEvent' ? 0.8 : turns.has('adverseEvents') ? 1 : stated(0.05);
  if (random.chance(likely)) all.push(any(eventIn(setup, random)));
  if (endReason === 'death' && random.chance(0.95)) {
    const event = coded(uriAt(setup.place, 'codes/event'), 'death', 'Death, cause not given', random);
    all.push({ event, at: end - random.integer(0, 2) * day, during: undefined, fatal: true });
  }
  return all;
}

const eventIn = ({ place }: Setup, random: Random): AdverseEvent['event'] =>
  random.chance(0.7)
    ? { key: random.pick(keywords['adverse-effect']) }
    : coded(uriAt(place, 'codes/event'), 'fall, at home', 'Fall at home', random);

function eventOf(id: string, { event, at, during, fatal }: Happened, setup: Setup, random: Random): AdverseEvent {
  const { clock, stated } = setup;
  const grade = fatal ? 5 : random.pick([1, 1, 2, 2, 3, 4]);
  return {
    id,
    corrected: correctedAfter(at, setup, random, 'adverseEvents'),
    sessionId: during && random.maybe(0.8, () => during.id),
    at: clock.loosely(at, random),
    event,
    serious: random.maybe(stated(0.7), () => grade > 2),
    grade: random.maybe(stated(0.5), () => grade),
    causality: random.maybe(stated(0.7), () => random.pick(keywords.causality)),
    action: random.maybe(stated(0.4), () => random.pick(eventActions)),
    outcome: fatal ? 'fatal' : random.maybe(0.85, () => random.weighted(outcomes)),
    note: random.maybe(stated(0.3), () => random.pick(notes)),
  };
}

const outcomes: readonly (readonly [number, Keyword<'event-outcome'>])[] = [
  [6, 'resolved'],
  [2, 'ongoing'],
  [1, 'sequelae'],
  [1, 'unknown'],
];
