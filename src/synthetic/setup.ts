import { keywords } from '../course/keywords.ts';
import type { Corrected } from '../course/schema.ts';
import { clockOf, day, hour, midnight, mostlyDays, type Clock, type Wall } from './clock.ts';
import { staffOf, type Place, type Staff } from './places.ts';
import type { Programme, ProgrammeKey, Size } from './programmes.ts';
import type { Random } from './random.ts';
import { turnsOf, type RarePart, type Turns } from './turns.ts';

/** What the parts of one synthetic course share. */
export interface Setup {
  readonly key: ProgrammeKey;
  readonly programme: Programme;
  readonly size: Size;
  readonly place: Place;
  readonly staff: Staff;
  readonly clock: Clock;
  readonly turns: Turns;
  /** What the source does the same way everywhere in the course. */
  readonly habits: Random;
  /** How much this source writes down of what it might: most of it, or as little as it can. */
  readonly thorough: boolean;
  /** How likely the source is to state a field that would be stated with `probability` elsewhere. */
  readonly stated: (probability: number) => number;
}

/** Draws what the parts of the course of this number share. */
export function setupOf(
  key: ProgrammeKey,
  programme: Programme,
  { size, index }: { readonly size: Size; readonly index: number },
  random: Random,
): Setup {
  const place = random.pick(programme.places);
  const thorough = random.chance(0.8);
  return {
    key,
    programme,
    size,
    place,
    staff: staffOf(place, programme.staff),
    clock: clockOf(programme.zone, random.chance(0.5), random.branch('clock')),
    turns: turnsOf(index, 10 * keywords.programme.indexOf(key)),
    habits: random.branch('habits'),
    thorough,
    stated: (probability) => (thorough ? probability : probability / 5),
  };
}

const correctionReasons = [
  'Typing error',
  'Wrong patient opened first; re-entered.',
  'Checked against the paper chart: <dose> & time',
  'Korrigert etter gjennomgang',
] as const;

/** Rarely, that a part was corrected after `wall`; most likely where it is the turn of its kind. */
export function correctedAfter(
  wall: Wall,
  { clock, turns }: Setup,
  random: Random,
  kind?: RarePart,
): Corrected | undefined {
  if (!random.chance(kind !== undefined && turns.has(kind) ? 0.8 : 0.02)) return undefined;
  const then = midnight(wall) + random.integer(1, 5) * day + random.integer(8, 17) * hour;
  const at = clock.loosely(then, random, { ...mostlyDays, absent: 0, day: 0.2 }) ?? clock.moment(then, random);
  return { at, reason: random.maybe(0.7, () => random.pick(correctionReasons)) };
}
