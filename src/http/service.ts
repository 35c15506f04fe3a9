import type { Submitted, SubmissionWorld } from '../exchange/submit.ts';
import type { SubmissionKind } from '../exchange/store.ts';
import { Door } from './door.ts';
import { KeysInUse } from './idempotency.ts';
import type { Wiring } from './wiring.ts';

/** The parts, and what one service remembers between requests. */
export interface Service extends Wiring {
  readonly door: Door;
  readonly keysInUse: KeysInUse;
  /** The world of a submission that came by HTTP. */
  readonly world: SubmissionWorld;
  /** After every submission: it is counted, and its deliveries are begun. */
  readonly noteSubmitted: (kind: SubmissionKind, submitted: readonly Submitted[]) => void;
}

export function serviceOf(wiring: Wiring): Service {
  const { store, definitions, targets, limits, now, newId, metrics, wake } = wiring;
  return {
    ...wiring,
    door: new Door(wiring),
    keysInUse: new KeysInUse(),
    world: { store, definitions, targets, limits, now, newId, actor: 'http' },
    noteSubmitted: (kind, submitted) => {
      for (const { state } of submitted) metrics.submitted(kind, state);
      if (submitted.some(({ deliveries }) => deliveries.length > 0)) wake();
    },
  };
}
