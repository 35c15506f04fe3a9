import type { Slicing } from './definition.ts';
import { belongsTo, type Belongs, type Judged } from './discriminators.ts';
import type { Check, Run } from './run.ts';
import type { Slice } from './tree.ts';

interface Sliced {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly belongs: Belongs;
  readonly check: Check | undefined;
}

/** Checks all values of a sliced element: which slice each is in, what that slice demands, and how many there are. */
export interface SlicesCheck {
  /** Whether an element without values breaks it. */
  readonly needsSome: boolean;
  check(values: readonly unknown[], segment: string, type: string, many: boolean, run: Run): void;
}

/** Undefined where the slices demand nothing. */
export function slicesCheck(
  slices: readonly Slice[],
  slicing: Slicing,
  judged: Judged,
  checkOf: (slice: Slice) => Check | undefined,
): SlicesCheck | undefined {
  const all = slices.map((slice): Omit<Sliced, 'belongs'> & { readonly belongs: Belongs | undefined } => ({
    name: `${slice.name}:${slice.sliceName}`,
    min: slice.element.min,
    max: slice.element.max,
    belongs: belongsTo(slice, slicing, judged),
    check: checkOf(slice),
  }));
  const demandNothing = all.every(({ min, max, check }) => min === 0 && max === Infinity && check === undefined);
  if (slicing.rules === 'open' && !slicing.ordered && demandNothing) return undefined;
  const told = all.filter((one): one is Sliced => one.belongs !== undefined);
  const isWhole = told.length === all.length;
  return {
    needsSome: told.some(({ min }) => min > 0),
    check(values, segment, type, many, run) {
      checkSlices(told, isWhole, slicing, values, segment, type, many, run);
    },
  };
}

function checkSlices(
  told: readonly Sliced[],
  isWhole: boolean,
  { rules, ordered }: Slicing,
  values: readonly unknown[],
  segment: string,
  type: string,
  many: boolean,
  run: Run,
): void {
  const counts: number[] = [];
  for (let at = 0; at < told.length; at += 1) counts.push(0);
  let last = -1;
  let others = false;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const at = sliceOf(told, value, type, run);
    const slice = told[at];
    if (slice === undefined) {
      others = true;
      if (rules === 'closed' && isWhole) run.reportAt(segment, many ? index : -1, 'not-in-any-slice');
      continue;
    }
    if (slice.max === 0) {
      run.reportAt(segment, many ? index : -1, 'not-in-any-slice', { slice: slice.name });
      continue;
    }
    counts[at] = (counts[at] ?? 0) + 1;
    const isOut = (ordered && at < last) || (rules === 'openAtEnd' && others);
    if (isOut) run.reportAt(segment, many ? index : -1, 'slice-out-of-order');
    if (at > last) last = at;
    if (slice.check === undefined) continue;
    if (run.enter(segment, many ? index : -1)) slice.check(value, run);
    run.leave();
  }
  for (let at = 0; at < told.length; at += 1) {
    const { name, min, max } = told[at] as Sliced;
    const count = counts[at] ?? 0;
    if (count < min) run.report('slice-missing', { slice: name, min });
    else if (count > max) run.report('slice-too-often', { slice: name, max });
  }
  if (!isWhole) run.report('not-checked');
}

function sliceOf(told: readonly Sliced[], value: unknown, type: string, run: Run): number {
  for (let at = 0; at < told.length; at += 1) if (told[at]?.belongs(value, type, run) === true) return at;
  return -1;
}
