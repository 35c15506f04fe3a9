import type { Item, Surroundings } from './model.ts';

/** What an evaluation knows beside the item it looks at. */
export interface Scope {
  readonly around: Surroundings;
  /** The focus of the whole expression. */
  readonly context: Item;
  /** $index and $total of the innermost function that has them. */
  index: number;
  total: readonly Item[];
  /** How many items it may still look at. */
  left: number;
}

/** More items than this are looked at by no honest invariant on a resource of a few megabytes. */
const mostItems = 1_000_000;

export const scopeOf = (context: Item, around: Surroundings): Scope => ({
  around,
  context,
  index: 0,
  total: [],
  left: mostItems,
});

/** Thrown within an evaluation that has no answer: an error in FHIRPath's words, or more than this compiler knows. */
export class NoAnswer extends Error {
  /** Whether FHIRPath itself calls it an error. */
  readonly isError: boolean;

  constructor(isError: boolean) {
    super(isError ? 'an error' : 'not known');
    this.isError = isError;
  }
}

// Where it was thrown is of no use, and a stack costs ten microseconds.
export const wrong: NoAnswer = Object.freeze(new NoAnswer(true));
export const notKnown: NoAnswer = Object.freeze(new NoAnswer(false));

/** Counts items against what an evaluation may look at. */
export function spend(scope: Scope, items: number): void {
  scope.left -= items;
  if (scope.left < 0) throw notKnown;
}
