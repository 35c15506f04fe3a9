import type { Keyword } from '../course/keywords.ts';
import type { Administration, Session } from '../course/schema.ts';
import { earliest } from '../course/time.ts';
import { administrationOf, type Dose } from './administrations.ts';
import { weightAt, type Body } from './body.ts';
import { minute } from './clock.ts';
import { dosesOf } from './doses.ts';
import { quantity, written } from './numbers.ts';
import type { Random } from './random.ts';
import { readingMinutes, readingsOf, type Watch } from './readings.ts';
import type { Visit } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { doseChanges, notDoneReason, notes, stopReason } from './wording.ts';

/** What a session is given by its course. */
export interface SessionPlan {
  readonly visit: Visit;
  readonly id: string;
  readonly phaseId: string | undefined;
  readonly setting: Keyword<'course-setting'>;
  readonly body: Body;
  /** How many readings there are time and paper for. */
  readonly readings: number;
}

/** What was written down of one session. */
export function sessionOf(plan: SessionPlan, setup: Setup, random: Random): Session {
  const { visit, body } = plan;
  const { clock, stated, staff, programme } = setup;
  const status = random.weighted([[92, 'completed'] as const, [4, 'stopped'] as const, [4, 'notDone'] as const]);
  const route = random.weighted(programme.routes);
  const atHome = route === 'SL' && random.chance(0.7);
  const dosing = { ordinal: visit.ordinal, arrival: visit.at, status, route, atHome, body };
  const doses = dosesOf(dosing, setup, random.branch('doses'));
  const administrations = doses.map((dose, n) => administrationOf(dose, setup, random.branch(`dose-${n}`)));
  const zero = doses[0]?.start ?? visit.at + 25 * minute;
  const watch: Watch = {
    zero: doses.find((dose) => dose.status !== 'notDone')?.start ?? zero,
    firstStart: firstStart(administrations, clock.timeZone),
    // What is given at once acts for about half an hour.
    minutes: infusionMinutes(doses) ?? 30,
    count: countOf(plan.readings, status, atHome, random),
    rise: status === 'completed' ? random.between(0.6, 1.6) : random.between(1, 3.5),
  };
  const last = Math.max(watch.minutes, 20, ...readingMinutes(watch).map(({ t }) => t));
  const environment = random.branch('environment');
  return {
    id: plan.id,
    corrected: correctedAfter(visit.at, setup, random),
    status,
    reason: status === 'completed' ? undefined : random.maybe(0.9, () => reasonFor(status, random)),
    at: clock.loosely(visit.at, random),
    end: random.maybe(stated(0.4), () => clock.moment(watch.zero + (last + random.integer(5, 30)) * minute, random)),
    phaseId: random.chance(0.9) ? plan.phaseId : undefined,
    statedOrdinal: random.maybe(stated(0.5), () => visit.ordinal),
    setting: atHome ? 'community' : random.maybe(stated(0.5), () => plan.setting),
    environment: random.maybe(atHome ? 0 : stated(0.4), () => ({
      recliner: environment.maybe(0.8, () => environment.chance(0.9)),
      eyeMask: environment.maybe(0.7, () => environment.chance(0.7)),
      music: environment.maybe(0.7, () => environment.chance(0.8)),
    })),
    supervisor: random.maybe(atHome ? 0.1 : stated(0.4), () => staff.someone(random)),
    note: random.maybe(stated(0.15), () => random.pick(notes)),
    weight: random.maybe(atHome ? 0.05 : stated(0.55), () =>
      weightAt(visit.ordinal, visit.at + 10 * minute, body, setup, random.branch('weight')),
    ),
    plannedDose: random.maybe(stated(0.4), () => plannedOf(plan, route, doses[0], setup, random.branch('planned'))),
    administrations,
    readings: readingsOf(watch, setup, random.branch('readings')),
  };
}

const reasonFor = (status: 'stopped' | 'notDone', random: Random): Session['reason'] =>
  status === 'stopped' ? stopReason(random) : notDoneReason(random);

// Nobody measures at home; what was not done was measured once or twice, which is often why.
function countOf(usual: number, status: Keyword<'done-status'>, atHome: boolean, random: Random): number {
  if (atHome) return random.chance(0.05) ? 1 : 0;
  if (status === 'notDone') return Math.min(usual, random.integer(0, 2));
  return usual;
}

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

function plannedOf(
  { visit, body }: SessionPlan,
  route: Keyword<'route'>,
  first: Dose | undefined,
  setup: Setup,
  random: Random,
): Session['plannedDose'] {
  const { programme } = setup;
  const milligrams = body.milligrams(visit.ordinal, route, first?.substance ?? 'ketamine');
  return {
    amount: random.maybe(0.8, () => quantity(milligrams, Number.isInteger(milligrams) ? 0 : 1, 'mg', random)),
    perWeight: random.maybe(programme.perWeight === undefined ? 0.1 : 0.9, () => ({
      value: written(programme.perWeight ?? milligrams / body.kilograms(visit.ordinal), 2, random),
      unit: 'mg/kg',
    })),
    minutes: random.maybe(route === 'IV' ? 0.7 : 0, () => random.pick(programme.infusionMinutes)),
    changedBecause: random.maybe(visit.ordinal > 1 ? 0.2 : 0, () => random.pick(doseChanges)),
  };
}
