import type { Keyword } from '../course/keywords.ts';
import type { PsychotherapySession } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import { day, hour, midnight, minute, type Wall } from './clock.ts';
import { idsOf } from './ids.ts';
import { modalities } from './patient-and-record.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { therapyNotes } from './wording.ts';

interface Talk {
  readonly kind: Keyword<'psychotherapy-kind'>;
  readonly at: Wall;
  readonly minutes: number;
  readonly appointment?: Appointment;
}

/** The talks around the doses: before the first, with one, the days after one, or for themselves. */
export function psychotherapySessionsOf(
  schedule: Schedule,
  appointments: readonly Appointment[],
  setup: Setup,
  random: Random,
): PsychotherapySession[] {
  const { stated, turns, clock, staff, size, programme } = setup;
  const most = size === 'full' ? random.integer(4, 10) : random.integer(1, 3);
  const held =
    turns.has('psychotherapySessions') ||
    random.chance(stated(programme.psychotherapy * (size === 'full' ? 0.9 : 0.55)));
  const ids = idsOf('PT', setup.habits, random.branch('ids'));
  const talks = held ? talksOf(schedule, appointments, random.branch('talks')) : [];
  return talks
    .filter(({ at }) => at <= schedule.known)
    .map((talk) => ({ talk, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, most)
    .map(({ talk: { kind, at, minutes, appointment } }, n) => {
      const own = random.branch(n);
      return {
        id: ids(n + 1),
        corrected: correctedAfter(at, setup, own, 'psychotherapySessions'),
        kind,
        modality: own.maybe(stated(0.5), () => own.pick(modalities)),
        start: clock.loosely(at, own),
        minutes: own.maybe(0.7, () => minutes),
        attended: own.maybe(0.6, () => own.chance(0.93)),
        therapist: own.maybe(stated(0.6), () => staff.someone(own)),
        sessionId: appointment && own.maybe(0.8, () => appointment.id),
        note: own.maybe(stated(0.2), () => own.pick(therapyNotes)),
      };
    });
}

function talksOf({ start, end, visits }: Schedule, appointments: readonly Appointment[], random: Random): Talk[] {
  const first = midnight(visits[0]?.at ?? start);
  const done = appointments.filter(({ status }) => status !== 'notDone');
  return [
    { kind: 'preparation', at: first - random.integer(1, 6) * day + 14 * hour, minutes: random.pick([60, 90, 120]) },
    ...done.flatMap((appointment): Talk[] => [
      { kind: 'dosing', at: appointment.visit.at + 20 * minute, minutes: random.pick([60, 120, 180]), appointment },
      {
        kind: 'integration',
        at: midnight(appointment.visit.at) + random.integer(1, 3) * day + random.integer(9, 16) * hour,
        minutes: random.pick([45, 50, 60]),
        appointment,
      },
    ]),
    {
      kind: 'standalone',
      at: midnight((start + end) / 2) + random.integer(9, 16) * hour,
      minutes: random.pick([45, 50]),
    },
  ];
}
