import type { Keyword } from '../course/keywords.ts';
import type { Administration, Reason } from '../course/schema.ts';
import { minute, type Wall } from './clock.ts';
import { quantity } from './numbers.ts';
import { uriAt } from './places.ts';
import type { Random } from './random.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { coded, notes } from './wording.ts';

/** One dose event as it happened, before anybody wrote it down. */
export interface Dose {
  readonly id: string;
  readonly status: Keyword<'done-status'>;
  /** Why it was stopped or not done. */
  readonly reason: Reason | undefined;
  readonly kind: Keyword<'administration-kind'>;
  readonly substance: Keyword<'substance'>;
  readonly route: Keyword<'route'>;
  readonly start: Wall;
  /** How long it ran; 0 for what is given at once. */
  readonly minutes: number;
  /** What was given, whatever had been planned. */
  readonly milligrams: number;
  readonly kilograms: number;
  readonly atHome: boolean;
}

/** What was written down of a dose. */
export function administrationOf(dose: Dose, setup: Setup, random: Random): Administration {
  const { status, route, start, minutes } = dose;
  const { clock, staff, place, stated } = setup;
  const done = status !== 'notDone';
  const infused = minutes > 0;
  // A dose without a start may still have an end, and the other way round.
  const startText = done ? (clock.loosely(start, random, startOdds) ?? undefined) : undefined;
  return {
    id: dose.id,
    corrected: correctedAfter(start, setup, random),
    status,
    reason: dose.reason && random.maybe(0.95, () => ({ ...dose.reason })),
    substance: dose.substance,
    kind: random.maybe(dose.kind === 'initial' ? stated(0.3) : 1, () => dose.kind),
    route: random.maybe(0.97, () => route),
    bodySite: random.maybe(stated(siteOdds[route]), () => siteOf(route, random)),
    method: random.maybe(stated(0.1), () => methodOf(setup, route, random)),
    ...(done ? amountsOf(dose, setup, random) : {}),
    start: startText,
    end: random.maybe(done && infused ? 0.92 : 0, () => clock.moment(start + minutes * minute, random)),
    lot: random.maybe(stated(0.2), () => `LOT-${random.integer(100, 999)}${random.pick(['A', 'B/2', ' C', ''])}`),
    waste: random.maybe(done && !dose.atHome ? stated(0.12) : 0, () => ({
      amount: quantity(random.integer(1, 20) / 2, 1, random.pick(['mg', 'mL']), random),
      witness: random.maybe(0.6, () => staff.someone(random)),
    })),
    performer: random.maybe(dose.atHome ? 0 : stated(0.5), () => staff.someone(random)),
    selfTaken: dose.atHome ? random.maybe(0.95, () => true) : random.maybe(0.04, () => false),
    note: random.maybe(stated(0.1), () => `${random.pick(notes)}${random.chance(0.1) ? ` (${place.host})` : ''}`),
  };
}

const startOdds = { absent: 0.04, year: 0, month: 0, day: 0.02 };

function amountsOf(dose: Dose, setup: Setup, random: Random): Partial<Administration> {
  // A route without an amount: "had her lozenge".
  if (random.chance(0.05)) return {};
  const { milligrams, kilograms, minutes } = dose;
  const { programme, stated } = setup;
  const fluid = dose.route === 'IV' || dose.route === 'IM' || dose.route === 'SC';
  const strength = dose.route === 'IV' ? random.pick([1, 2, 0.5]) : random.pick([50, 100]);
  const digits = Number.isInteger(milligrams) ? (random.chance(0.1) ? 2 : 0) : 1;
  const given = milligrams / kilograms;
  const planned = dose.status === 'completed' && dose.kind === 'initial' ? programme.perWeight : undefined;
  return {
    amount: quantity(milligrams, digits, 'mg', random),
    perWeight: random.maybe(programme.perWeight === undefined ? stated(0.12) : stated(0.85), () =>
      // Two digits of a small dose would be more than five per cent away from it.
      quantity(planned ?? given, given < 0.2 ? 3 : 2, 'mg/kg', random),
    ),
    concentration: random.maybe(fluid ? stated(0.3) : 0, () => quantity(strength, 1, 'mg/mL', random)),
    volume: random.maybe(fluid ? stated(0.3) : 0, () => quantity(milligrams / strength, 2, 'mL', random)),
    rate: random.maybe(minutes > 0 ? stated(0.3) : 0, () => rateOf(dose, strength, random)),
  };
}

function rateOf({ milligrams, minutes, kilograms }: Dose, strength: number, random: Random): Administration['rate'] {
  const perMinute = milligrams / minutes;
  return random.pick([
    () => quantity(perMinute, 2, 'mg/min', random),
    () => quantity(perMinute * 60, 1, 'mg/h', random),
    () => quantity((perMinute * 60) / kilograms, 3, 'mg/kg/h', random),
    () => quantity((perMinute * 60) / strength, 1, 'mL/h', random),
  ])();
}

const snomed = 'http://snomed.info/sct';
const siteOdds = { IV: 0.15, IM: 0.5, SC: 0.4, PO: 0, SL: 0.02, IN: 0.05 } as const;

function siteOf(route: Keyword<'route'>, random: Random): Administration['bodySite'] {
  if (route === 'SL') return coded(snomed, '123851003', 'Mouth region structure', random);
  if (route === 'IN') return coded(snomed, '45206002', 'Nasal structure', random);
  return random.chance(0.5)
    ? coded(snomed, '368208006', 'Left upper arm structure', random)
    : coded(snomed, '368209003', 'Right upper arm structure', random);
}

function methodOf({ place }: Setup, route: Keyword<'route'>, random: Random): Administration['method'] {
  const system = uriAt(place, 'codes/method');
  return route === 'IV'
    ? coded(system, 'pump', 'By syringe pump', random)
    : coded(system, 'plain method', 'In the usual way', random);
}
