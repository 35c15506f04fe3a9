import type { Instrument, InstrumentItem, Score } from './instrument.ts';

/** The least and the greatest value of a score; both belong to it. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a score can be, by the weights of its items; undefined where one of them has no bounds, or where it has none. */
export function rangeOf({ items: linkIds }: Score, { items }: Instrument): Range | undefined {
  const ranges = linkIds.map((linkId) => weightsOf(items.get(linkId)));
  if (ranges.length === 0) return undefined;
  let [min, max] = [0, 0];
  for (const range of ranges) {
    if (range === undefined) return undefined;
    min += range.min;
    max += range.max;
  }
  return { min: rounded(min), max: rounded(max) };
}

function weightsOf(item: InstrumentItem | undefined): Range | undefined {
  if (item === undefined) return undefined;
  const offered = [...item.options.flatMap(({ weight }) => weight ?? []), ...(item.numbers ?? [])];
  if (offered.length > 0) return { min: Math.min(...offered), max: Math.max(...offered) };
  return item.min === undefined || item.max === undefined ? undefined : { min: item.min, max: item.max };
}

// Sums of tenths are not exact in binary; no instrument has finer weights than this.
const rounded = (sum: number): number => Number(sum.toFixed(6));
