import type { Session } from '../course/schema.ts';
import type { Dose } from './administrations.ts';
import type { Appointment } from './appointments.ts';
import type { Body } from './body.ts';
import { quantity, written } from './numbers.ts';
import type { Random } from './random.ts';
import type { Setup } from './setup.ts';
import { doseChanges } from './wording.ts';

/** What a session was meant to give, and now and then why that is not what the last one gave. */
export function plannedDoseOf(
  { visit, route }: Appointment,
  body: Body,
  first: Dose | undefined,
  { programme }: Setup,
  random: Random,
): Session['plannedDose'] {
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
