import type { ClaimedDelivery, Store } from './store.ts';

/** Where time comes from. */
export interface Clock {
  now(): number;
  /** Resolves after so many seconds, or as soon as the signal is aborted. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

export interface LeaseParts {
  readonly store: Store;
  readonly clock: Clock;
  /** How long a delivery is ours without a sign of life. */
  readonly leaseSeconds: number;
  readonly fault: (error: unknown) => void;
}

/** That a delivery is ours, for as long as the work on it takes. */
export interface Lease {
  /** Asked before every write: somebody else may have taken the delivery over. */
  stillOurs(): Promise<boolean>;
  renew(): Promise<boolean>;
}

/** Does the work while the lease is kept alive. */
export async function holding<T>(
  delivery: ClaimedDelivery,
  { store, clock, leaseSeconds, fault }: LeaseParts,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  let renewedAt = clock.now();
  const renew = async (): Promise<boolean> => {
    const now = clock.now();
    const ours = await store.transaction((tx) => tx.renew(delivery.id, delivery.lease, now + leaseSeconds * 1000));
    if (ours) renewedAt = now;
    return ours;
  };
  // A third of the lease is left at least, and a clock that was put back says nothing.
  const isFresh = (): boolean => {
    const age = clock.now() - renewedAt;
    return age >= 0 && age < (leaseSeconds * 1000) / 3;
  };
  const done = new AbortController();
  const beating = (async () => {
    while (!done.signal.aborted) {
      await clock.wait(leaseSeconds / 4, done.signal);
      // A store that cannot be written for a moment costs the lease at worst.
      if (!done.signal.aborted) await renew().catch(fault);
    }
  })();
  try {
    return await work({ stillOurs: async () => isFresh() || renew(), renew });
  } finally {
    done.abort();
    await beating;
  }
}
