import type { DispatchNote } from '../exchange/dispatcher.ts';
import type { Delivery, DeliveryState, Store } from '../exchange/store.ts';

/** How often a delivery is tried before it counts as one that waits. */
const tries = 3;

/**
 * Deliveries that somebody waits for, until each has ended, or has been tried a few times. They end by what our own
 * dispatcher tells, or another process does: the store is asked now and then.
 */
export class Outstanding<Of> {
  readonly #store: Store;
  readonly #open = new Map<string, { readonly of: Of; tried: number }>();
  readonly #ended: { readonly delivery: Delivery; readonly of: Of }[] = [];
  #complete = false;
  /** In a row, in which the target could not be used. */
  #failures = 0;
  #givenUp = false;
  #changed = new AbortController();

  constructor(store: Store) {
    this.#store = store;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether the target was given up: what is still outstanding waits. */
  get targetAway(): boolean {
    return this.#givenUp;
  }

  add(delivery: string, of: Of): void {
    this.#open.set(delivery, { of, tried: 0 });
    this.#wake();
  }

  /** Nothing more will be added. */
  complete(): void {
    this.#complete = true;
    this.#wake();
  }

  /** Give it every note of the dispatcher. */
  async noted({ delivery, ended, state }: DispatchNote): Promise<void> {
    this.#failures = ended === 'unavailable' ? this.#failures + 1 : 0;
    const one = this.#open.get(delivery);
    if (one === undefined || ended === 'not-ours') return;
    one.tried += 1;
    // A refusal is asked for again some times before it is believed, and that takes seconds.
    if (state === 'waiting' && (ended === 'refused' || one.tried < tries)) return;
    if (state === 'waiting' && this.#failures >= tries) this.#givenUp = true;
    await this.#look([delivery], true);
  }

  /** Those that end, as they do; ends when none is open and none will be, or when the target was given up. */
  async *ended(wait: (seconds: number, signal: AbortSignal) => Promise<void>) {
    for (;;) {
      for (let one = this.#ended.shift(); one !== undefined; one = this.#ended.shift()) yield one;
      if (this.#givenUp || (this.#complete && this.#open.size === 0)) return;
      this.#changed = new AbortController();
      await wait(1, this.#changed.signal);
      await this.#look([...this.#open.keys()].slice(0, 500), false);
    }
  }

  /** What is open still, when it is waited for no longer. */
  async left(): Promise<{ readonly delivery: Delivery; readonly of: Of }[]> {
    await this.#look([...this.#open.keys()], true);
    return this.#ended.splice(0);
  }

  /** Takes from the store how deliveries stand, and those that ended out of what is open; or all of them. */
  async #look(ids: readonly string[], all: boolean): Promise<void> {
    if (ids.length === 0) return;
    const found = await this.#store.transaction(async (tx) => {
      const deliveries: Delivery[] = [];
      for (const id of ids) {
        const delivery = await tx.delivery(id);
        if (delivery !== undefined) deliveries.push(delivery);
      }
      return deliveries;
    });
    for (const delivery of found) {
      const one = this.#open.get(delivery.id);
      if (one === undefined) continue;
      this.#open.delete(delivery.id);
      if (all || hasEnded(delivery.state)) this.#ended.push({ delivery, of: one.of });
      // Behind all others, so that each has its turn.
      else this.#open.set(delivery.id, one);
    }
    this.#wake();
  }

  #wake(): void {
    this.#changed.abort();
  }
}

/** Whether a delivery goes no further by itself. */
export const hasEnded = (state: DeliveryState): boolean => state !== 'waiting' && state !== 'in-flight';
