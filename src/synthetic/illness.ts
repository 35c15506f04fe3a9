import { day, type Wall } from './clock.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** How ill somebody is, from 0 to 1, and how it changes. */
export interface Illness {
  severityAt(wall: Wall): number;
  /** What is left of it at a time: 1 where nothing has changed, above 1 where it is worse. */
  leftAt(wall: Wall): number;
}

/** Draws how a course's patient fares: better in most courses, the same or worse in some. */
export function illnessOf({ start, end, endReason }: Schedule, random: Random): Illness {
  const first = random.between(0.55, 0.95);
  const left = random.between(endReason === 'noResponse' ? 0.6 : 0.05, 1.1);
  const leftAt = (wall: Wall): number => {
    const progress = Math.min(1, Math.max(0, (wall - start) / Math.max(day, end - start)));
    // Most of what changes does so in the first half.
    return 1 - (1 - left) * Math.sqrt(progress);
  };
  return { leftAt, severityAt: (wall) => Math.min(1, first * leftAt(wall)) };
}
