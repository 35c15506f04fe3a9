import {
  mayBeConflict,
  mayRefuseStrategy,
  nextMode,
  nextStrategy,
  smaller,
  type Approach,
  type Consist,
} from './approach.ts';
import type { Failure, ServerFault } from './ports.ts';

/** Why a request did not get through, or not all of it. */
export interface Setback {
  /** The request as a whole failed; absent where it was answered entry by entry. */
  readonly failure?: Failure;
  /** Entries that were refused by name, by the UUID of their resource. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** Some entries are to come later, after so many seconds if the target said how many. */
  readonly postponed?: { readonly seconds?: number };
  /** Whether something new came to the target in the same way: then the way is not what was refused. */
  readonly gotThrough: boolean;
  readonly consist: Consist;
  /** How long the answer took. */
  readonly seconds: number;
}

export interface Refusal {
  readonly status: number;
  readonly faults: readonly ServerFault[];
}

/** How often a delivery tries again before it gives up. */
export interface Patience {
  /** Fresh looks after what can be a conflict. */
  readonly conflicts: number;
  readonly waits: number;
  /** How often a refusal is asked for in the same way: gateways refuse in passing. */
  readonly refusals: number;
}

export const patience: Patience = { conflicts: 3, waits: 3, refusals: 2 };

/** The longest wait inside a delivery: a target that asks for more is better left to whoever tries again later. */
const longestWait = 5;

/** How to go on, from a fresh look at the target. */
export interface Remedy {
  readonly approach: Approach;
  readonly patience: Patience;
  readonly waitSeconds?: number;
}

/** How to go on after a setback; undefined where it would end the same. */
export function remedyFor(setback: Setback, approach: Approach, left: Patience): Remedy | undefined {
  const { failure, refusals, postponed, consist, gotThrough } = setback;
  if (failure?.kind === 'unknown') return undefined;
  if (failure?.kind === 'unavailable') {
    const seconds = failure.retryAfterSeconds;
    return seconds === undefined ? undefined : waiting(seconds, approach, left);
  }
  if (failure !== undefined && failure.reason !== 'status') return undefined;
  const statuses = statusesOf(setback);
  const every = (may: (status: number) => boolean): boolean => statuses.length > 0 && statuses.every(may);
  if (every((status) => mayBeConflict(status, consist))) {
    if (left.conflicts > 0) return { approach, patience: { ...left, conflicts: left.conflicts - 1 } };
    // HAPI, where an identifier does not come through, says 412 to an update by it: that is nobody else's doing.
    const isWay = approach.strategy === 'conditional-update' && consist.conditional > 0 && !gotThrough;
    if (isContended(setback) && !isWay) return undefined;
  }
  const less = failure === undefined ? undefined : smaller(approach, failure.status, consist);
  if (less !== undefined) return { approach: less, patience: left };
  if (refusals.size > 0 || failure !== undefined) {
    if (left.refusals > 0) return { approach, patience: { ...left, refusals: left.refusals - 1 } };
    const mayBeStrategy = !gotThrough && every((status) => mayRefuseStrategy(status, consist));
    const other = mayBeStrategy ? nextStrategy(approach) : undefined;
    if (other !== undefined) return { approach: other, patience: left };
  }
  const mode = failure === undefined ? undefined : nextMode(approach);
  if (mode !== undefined) return { approach: mode, patience: left };
  return postponed === undefined ? undefined : waiting(postponed.seconds, approach, left);
}

const statusesOf = ({ failure, refusals }: Setback): number[] => {
  if (failure?.kind === 'refused') return [failure.status];
  return failure === undefined ? [...refusals.values()].map(({ status }) => status) : [];
};

/** Whether others keep writing what we write: that passes, and is nothing that anybody refused. */
export function isContended(setback: Setback): boolean {
  const statuses = statusesOf(setback);
  return statuses.length > 0 && statuses.every((status) => status === 409 || status === 412);
}

function waiting(seconds: number | undefined, approach: Approach, left: Patience): Remedy | undefined {
  if (left.waits === 0 || (seconds ?? 0) > longestWait) return undefined;
  const waitSeconds = seconds ?? 2 ** (patience.waits - left.waits);
  return { approach, patience: { ...left, waits: left.waits - 1 }, waitSeconds };
}
