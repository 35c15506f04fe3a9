import type { JsonNumber } from '../json/json.ts';
import type { Taken } from './assessments.ts';
import type { Wall } from './clock.ts';
import { written } from './numbers.ts';
import type { Random } from './random.ts';

/** Two assessments of one instrument, the earlier first. */
export interface Comparison {
  readonly baseline: Taken;
  readonly current: Taken;
  /** By how many per cent the total fell; undefined where it cannot be said. Negative where it rose. */
  readonly reduction: number | undefined;
}

/** The first against the last assessment of every instrument that was asked twice until `until`. */
export function comparisonsUntil(until: Wall, taken: readonly Taken[]): readonly Comparison[] {
  const byInstrument = Map.groupBy(
    taken.filter(({ at }) => at <= until),
    ({ instrument }) => instrument,
  );
  return [...byInstrument.values()].flatMap((all) => {
    const [baseline, current] = [all[0], all.at(-1)];
    if (baseline === undefined || current === undefined || baseline === current) return [];
    return [{ baseline, current, reduction: reductionOf(baseline.total, current.total) }];
  });
}

function reductionOf(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined || from === 0 ? undefined : ((from - to) / from) * 100;
}

/** The reduction as a source states it: 44.4, 50.0, 50 or -12.5. */
export const statedReduction = (reduction: number, random: Random): JsonNumber =>
  written(reduction, random.pick([0, 1, 1, 1, 2]), random);
