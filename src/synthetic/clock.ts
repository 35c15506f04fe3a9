import { earliest, fhirDateTime, readLocal } from '../course/time.ts';
import type { Random } from './random.ts';

/** What the clock on the wall shows, as milliseconds since 1970 read as if the wall were in UTC. */
export type Wall = number;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Writes times the way one source writes them. */
export interface Clock {
  /** The zone that the course states, if it does. */
  readonly timeZone: string | undefined;
  /** A time with hour and minute. */
  moment(wall: Wall, random: Random): string;
  /** A moment, or only its day, month or year, or nothing: as sources do. */
  loosely(wall: Wall, random: Random, odds?: LooseOdds): string | undefined;
}

/** How often a loosely kept time is absent, and how often it is a year, a month or a day. */
export interface LooseOdds {
  readonly absent: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const mostlyMoments: LooseOdds = { absent: 0.05, year: 0.01, month: 0.02, day: 0.08 };

/** For what is usually known to the day only. */
export const mostlyDays: LooseOdds = { absent: 0.1, year: 0.04, month: 0.1, day: 0.6 };

/** The clock of a course at a place in `zone`. `stated` courses say their zone, and may then write local times. */
export function clockOf(zone: string, stated: boolean, random: Random): Clock {
  const style = stated ? 'local' : random.weighted([[8, 'offset'] as const, [2, 'utc'] as const]);
  const secondsWritten = random.chance(0.4);
  const moment = (wall: Wall, chance: Random): string => {
    const local = shownAt(wall, zone);
    const fraction = chance.maybe(0.02, () => chance.pick(['.000', '.5', '.250', '.123', '.123456'])) ?? '';
    // Now and then a source that writes local times adds the offset.
    if (style === 'local' && !chance.chance(0.08)) {
      const short = fraction === '' && local.endsWith(':00') && !secondsWritten;
      return short ? local.slice(0, 16) : `${local}${fraction}`;
    }
    const written = fhirDateTime(local, zone);
    if (style !== 'utc') return `${written.slice(0, 19)}${fraction}${written.slice(19)}`;
    return `${isoText(Date.parse(written)).slice(0, 19)}${fraction}Z`;
  };
  return {
    timeZone: stated ? zone : undefined,
    moment,
    loosely: (wall, chance, odds = mostlyMoments) => {
      const drawn = chance.next();
      if (drawn < odds.absent) return undefined;
      if (drawn < odds.absent + odds.year) return isoText(wall).slice(0, 4);
      if (drawn < odds.absent + odds.year + odds.month) return isoText(wall).slice(0, 7);
      if (drawn < odds.absent + odds.year + odds.month + odds.day) return dayText(wall);
      return moment(wall, chance);
    },
  };
}

/** The day on the wall: `2026-01-05`. */
export const dayText = (wall: Wall): string => isoText(wall).slice(0, 10);

/** Midnight before a wall time. */
export const midnight = (wall: Wall): Wall => wall - (wall % day);

/** The minutes between two written times; undefined where one of them is not a moment. */
export function minutesBetween(from: string, to: string, zone: string | undefined): number | undefined {
  if (from.length <= 10 || to.length <= 10) return undefined;
  return (earliest(to, zone) - earliest(from, zone)) / minute;
}

/** When the hour that occurs twice begins in the autumn of a year, where the zone has one. */
export function doubledHour(year: number, zone: string): Wall | undefined {
  const from = Date.UTC(year, 9, 20);
  for (let night = 0; night < 25; night += 1) {
    for (let shown = 0; shown < 4; shown += 1) {
      const wall = from + night * day + shown * hour;
      if (readLocal(isoText(wall).slice(0, 16), zone).occurs === 'twice') return wall;
    }
  }
  return undefined;
}

const isoText = (wall: Wall): string => new Date(wall).toISOString();

// The hour that spring leaves out was an hour later on the wall.
function shownAt(wall: Wall, zone: string): string {
  const local = isoText(wall).slice(0, 19);
  return readLocal(local, zone).occurs === 'never' ? isoText(wall + hour).slice(0, 19) : local;
}
