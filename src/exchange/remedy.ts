import { mayBeConflict, mayRefuseOurIds, smaller, type Approach, type Consist } from './approach.ts';
import type { Failure, ServerFault } from './ports.ts';

/** Why a transaction did not get through, or not all of it. */
export interface Setback {
  /** The transaction as a whole failed; absent where it was answered entry by entry. */
  readonly failure?: Failure;
  /** Entries that were refused by name, by the UUID of their resource. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Some entries are to come later, after so many seconds if the target said how many. */
  readonly postponed?: { readonly seconds?: number };
  readonly consist: Consist;
}

export interface Refusal {
  readonly status: number;
  readonly faults: readonly ServerFault[];
}

/** How often a push tries again before it gives up. */
export interface Patience {
  readonly conflicts: number;
  readonly waits: number;
}

/** One fresh look after a conflict; three waits where entries were asked to come later. */
export const patience: Patience = { conflicts: 1, waits: 3 };

/** How to go on, from a fresh look at the target. */
export interface Remedy {
  readonly approach: Approach;
  readonly patience: Patience;
  /** Whether what was refused can get through this time, or stays refused. */
  readonly refusedToo: boolean;
  readonly waitSeconds?: number;
}

/** How to go on after a setback; undefined where it would end the same. */
export function remedyFor(setback: Setback, approach: Approach, left: Patience): Remedy | undefined {
  const { failure, refusals, postponed, consist } = setback;
  // The next look shows whether a lost answer was a yes.
  if (failure?.kind === 'unknown') return { approach, patience: left, refusedToo: false };
  if (failure?.kind === 'unavailable' || (failure !== undefined && failure.reason !== 'status')) return undefined;
  const statuses = failure === undefined ? [...refusals.values()].map(({ status }) => status) : [failure.status];
  const every = (may: (status: number) => boolean): boolean => statuses.length > 0 && statuses.every(may);
  if (left.conflicts > 0 && every((status) => mayBeConflict(status, consist))) {
    return { approach, patience: { ...left, conflicts: left.conflicts - 1 }, refusedToo: true };
  }
  if (every((status) => mayRefuseOurIds(status, consist))) {
    return { approach: { ...approach, strategy: 'resolve-then-write' }, patience: left, refusedToo: true };
  }
  const less = failure === undefined ? undefined : smaller(approach, failure.status, consist);
  if (less !== undefined) return { approach: less, patience: left, refusedToo: true };
  if (postponed === undefined || left.waits === 0) return undefined;
  return {
    approach,
    patience: { ...left, waits: left.waits - 1 },
    refusedToo: false,
    // A target that asks for more than a minute is better left to whoever tries again later.
    waitSeconds: Math.min(60, postponed.seconds ?? 2 ** (patience.waits - left.waits)),
  };
}
