import type { Keyword } from '../course/keywords.ts';
import type { Session } from '../course/schema.ts';
import { minute, type Wall } from './clock.ts';
import { quantity } from './numbers.ts';
import type { Programme } from './programmes.ts';
import type { Random } from './random.ts';
import type { Setup } from './setup.ts';

type Route = Keyword<'route'>;

/** A body over the weeks, and the dose that suits it. */
export interface Body {
  kilograms(ordinal: number): number;
  /** The milligrams planned for a session. */
  milligrams(ordinal: number, route: Route, substance: Keyword<'substance'>): number;
  readonly unit: 'kg' | '[lb_av]' | 'g';
  readonly digits: number;
}

// Orders of size that clinics publish for each route, in mg per kg. A draw within them stands for the clinic's own
// choice: only the amount in mg is stated, unless the programme's source states a dose per weight.
const usual: Readonly<Record<Route, readonly [low: number, high: number]>> = {
  IV: [0.4, 0.8],
  IM: [0.5, 0.9],
  SC: [0.5, 0.9],
  IN: [0.8, 1.2],
  SL: [1.5, 2.5],
  PO: [1.5, 3],
};

/** Draws the body of a course's patient. */
export function bodyOf(programme: Programme, random: Random): Body {
  const start = random.between(51, 112);
  const drift = random.between(-0.25, 0.25);
  const position = random.next();
  const kilograms = (ordinal: number): number => start + drift * ordinal;
  return {
    kilograms,
    milligrams: (ordinal, route, substance) => {
      const kg = kilograms(ordinal);
      if (programme.perWeight !== undefined) return Math.round(programme.perWeight * kg * 10) / 10;
      // The one licensed nasal spray gives 28 mg a device.
      if (substance === 'esketamine' && route === 'IN') return ordinal <= 2 ? 56 : 84;
      const [low, high] = usual[route];
      const climbed = programme.titrated ? 1 + 0.06 * Math.min(5, ordinal - 1) : 1;
      const half = substance === 'esketamine' ? 0.5 : 1;
      return Math.max(5, Math.round((kg * (low + (high - low) * position * 0.7) * climbed * half) / 5) * 5);
    },
    unit: random.weighted(
      programme.imperial ? [[6, '[lb_av]'] as const, [4, 'kg'] as const] : [[19, 'kg'] as const, [1, 'g'] as const],
    ),
    digits: random.weighted([
      [5, 1],
      [3, 0],
      [2, 2],
    ]),
  };
}

/** The weight of a session as it was written down shortly before the dose. */
export function weightAt(ordinal: number, wall: Wall, body: Body, setup: Setup, random: Random): Session['weight'] {
  const kg = body.kilograms(ordinal);
  const { value, unit } =
    body.unit === 'g'
      ? quantity(Math.round(kg * 10) * 100, 0, 'g', random)
      : quantity(body.unit === 'kg' ? kg : kg / 0.45359237, body.digits, body.unit, random);
  return {
    value,
    unit,
    at: random.maybe(setup.stated(0.6), () => setup.clock.moment(wall - 5 * minute, random)),
    basis: random.maybe(setup.stated(0.6), () => random.pick(['measured', 'measured', 'stated'])),
  };
}
