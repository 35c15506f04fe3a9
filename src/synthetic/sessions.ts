import type { Administration, Reason, Session, TreatmentCourse } from '../course/schema.ts';
import { earliest } from '../course/time.ts';
import { administrationOf, type Dose } from './administrations.ts';
import type { Appointment } from './appointments.ts';
import { bodyOf, weightAt, type Body } from './body.ts';
import { minute } from './clock.ts';
import { departureOf } from './departure.ts';
import { dosesOf } from './doses.ts';
import { effectsOf } from './effects.ts';
import { plannedDoseOf } from './planned-dose.ts';
import type { Random } from './random.ts';
import { readingMinutes, readingsOf, resourcesPerReading, type Action } from './readings.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { resourcesIn } from './size.ts';
import { notes } from './wording.ts';

/** What the sessions of one course share. */
interface Shared {
  readonly setting: NonNullable<TreatmentCourse['setting']>;
  readonly body: Body;
  /** The session that says what it is the course's turn to say. */
  readonly speaking: Appointment | undefined;
}

/** A session of which everything is written down but its readings and how it ended. */
interface Begun {
  readonly appointment: Appointment;
  readonly session: Session;
  readonly action: Action;
  readonly random: Random;
}

/** The sessions of a course, with so many readings that they become about so many FHIR resources. */
export function sessionsOf(
  appointments: readonly Appointment[],
  setting: Shared['setting'],
  resources: number,
  setup: Setup,
  random: Random,
): Session[] {
  const speaking = appointments.find(({ status }) => status !== 'notDone');
  const shared = { setting, body: bodyOf(setup.programme, random.branch('body')), speaking };
  const begun = appointments.map((one) => begin(one, shared, setup, random.branch(one.visit.ordinal)));
  const watched = appointments.filter(({ status, atHome }) => status !== 'notDone' && !atHome).length;
  const room = resources - resourcesIn(begun.map(({ session }) => session));
  const readings = Math.max(0, room) / Math.max(1, watched) / resourcesPerReading(setup);
  return begun.map((one) => finish(one, readings, setup));
}

function begin(appointment: Appointment, shared: Shared, setup: Setup, random: Random): Begun {
  const { visit, status, atHome, came } = appointment;
  const { setting, body, speaking } = shared;
  const { clock, stated, staff } = setup;
  const doses = dosesOf(appointment, body, setup, random.branch('doses'));
  const administrations = doses.map((dose, n) => administrationOf(dose, setup, random.branch(`dose-${n}`)));
  const action: Action = {
    zero: (doses.find((dose) => dose.status !== 'notDone') ?? doses[0])?.start ?? visit.at + 25 * minute,
    firstStart: firstStart(administrations, clock.timeZone),
    // What is given at once acts for about half an hour.
    minutes: infusionMinutes(doses) ?? 30,
    rise: isCirculatory(appointment.reason) ? random.between(2.2, 3.5) : random.between(0.6, 1.6),
    early: status === 'notDone' && isCirculatory(appointment.reason),
  };
  const environment = random.branch('environment');
  const session: Session = {
    id: appointment.id,
    corrected: correctedAfter(visit.at, setup, random),
    status,
    reason: appointment.reason && random.maybe(0.95, () => ({ ...appointment.reason })),
    at: clock.loosely(visit.at, random),
    phaseId: random.chance(0.9) ? appointment.phaseId : undefined,
    statedOrdinal: random.maybe(stated(0.5), () => visit.ordinal),
    setting: atHome ? 'community' : random.maybe(stated(0.5), () => setting),
    environment: random.maybe(atHome ? 0 : stated(0.4), () => ({
      recliner: environment.maybe(0.8, () => environment.chance(0.9)),
      eyeMask: environment.maybe(0.7, () => environment.chance(0.7)),
      music: environment.maybe(0.7, () => environment.chance(0.8)),
    })),
    supervisor: random.maybe(atHome ? 0.1 : stated(0.4), () => staff.someone(random)),
    note: random.maybe(stated(0.15), () => random.pick(notes)),
    weight: random.maybe(!came ? 0 : atHome ? 0.05 : stated(0.55), () =>
      weightAt(visit.ordinal, visit.at + 10 * minute, body, setup, random.branch('weight')),
    ),
    plannedDose: random.maybe(stated(0.4), () =>
      plannedDoseOf(appointment, body, doses[0], setup, random.branch('planned')),
    ),
    administrations,
    ...(status === 'notDone'
      ? {}
      : effectsOf(action, appointment, appointment === speaking, setup, random.branch('effects'))),
  };
  return { appointment, session, action, random };
}

function finish({ appointment, session, action, random }: Begun, readings: number, setup: Setup): Session {
  const own = random.branch('readings');
  const watch = { ...action, count: countOf(readings, appointment, own) };
  const last = Math.max(watch.minutes + 30, ...readingMinutes(watch).map(({ t }) => t));
  return {
    ...session,
    ...departureOf(action, last, appointment, setup, random.branch('departure')),
    readings: readingsOf(watch, setup, own),
  };
}

// A session was watched or it was not: few readings in all are those of some sessions. Nobody measures at home; what was
// not done was measured once or twice, which is often why.
function countOf(readings: number, { status, atHome, came }: Appointment, random: Random): number {
  if (!came) return 0;
  if (atHome) return random.chance(0.05) ? 1 : 0;
  if (status === 'notDone') return random.integer(0, 2);
  const each = Math.max(readings, 3);
  return random.chance(readings / each) ? Math.floor(each + random.next()) : 0;
}

const isCirculatory = (reason: Reason | undefined): boolean =>
  reason?.key === 'bloodPressureIncrease' || reason?.key === 'heartRateIncrease' || reason?.code === '3424008';

const infusionMinutes = (doses: readonly Dose[]): number | undefined =>
  doses.find(({ minutes, status }) => minutes > 0 && status !== 'notDone')?.minutes;

function firstStart(administrations: readonly Administration[], zone: string | undefined): string | undefined {
  const starts = administrations.flatMap(({ status, start }) =>
    status === 'notDone' || start === undefined ? [] : [start],
  );
  return starts.reduce<string | undefined>(
    (first, start) => (first === undefined || earliest(start, zone) < earliest(first, zone) ? start : first),
    undefined,
  );
}
