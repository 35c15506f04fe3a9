import type { Session } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import { minute } from './clock.ts';
import type { Random } from './random.ts';
import type { Action } from './readings.ts';
import type { Setup } from './setup.ts';

type Departure = Pick<Session, 'end' | 'tolerability' | 'readyForDischargeAt' | 'monitoredMinutes' | 'escorted'>;

/** How a session ended: when, for how long somebody watched, and who took the patient home. */
export function departureOf(
  { zero }: Action,
  lastMinutes: number,
  { status, atHome, came }: Appointment,
  { clock, stated }: Setup,
  random: Random,
): Departure {
  if (!came) return {};
  const ready = lastMinutes + random.integer(1, 5);
  const end = random.maybe(stated(0.4), () =>
    clock.moment(zero + (lastMinutes + random.integer(5, 30)) * minute, random),
  );
  if (status === 'notDone') return { end };
  return {
    end,
    // On a scale of the clinic's own: 0 is badly, 10 is well borne.
    tolerability: random.maybe(stated(0.15), () => random.weighted(tolerabilities)),
    ...(!atHome && {
      readyForDischargeAt: random.maybe(stated(0.25), () => clock.moment(zero + ready * minute, random)),
      monitoredMinutes: random.maybe(stated(0.25), () => Math.round(lastMinutes / 5) * 5 + random.pick([0, 0, 5, 30])),
      escorted: random.maybe(stated(0.3), () => random.chance(0.93)),
    }),
  };
}

const tolerabilities: readonly (readonly [number, number])[] = [
  [1, 0],
  [1, 3],
  [3, 6],
  [5, 8],
  [4, 10],
];
