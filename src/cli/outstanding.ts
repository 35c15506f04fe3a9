import type { DispatchNote } from '../exchange/dispatcher.ts';
import type { Clock } from '../exchange/lease.ts';
import type { Delivery, DeliveryState, Store } from '../exchange/store.ts';

/** How often a delivery is tried before it counts as one that waits. */
const tries = 3;
/** What is to be tried again later than this is not waited for. */
const patienceMs = 60_000;
/** How often the store is asked, and for how many. */
const pollSeconds = 1;
const atOnce = 500;

interface Open<Of> {
  readonly of: Of;
  tried: number;
  /** Attempts that other processes, or earlier ones, had made when it was first looked at. */
  attemptsBefore?: number;
}

/**
 * Deliveries that somebody waits for, until each has ended, or has been tried a few times. They end by what our own
 * dispatcher tells, or another process does: the store is asked now and then.
 */
export class Outstanding<Of> {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #open = new Map<string, Open<Of>>();
  readonly #ended: { readonly delivery: Delivery; readonly of: Of }[] = [];
  #complete = false;
  /** In a row, in which the target could not be used. */
  #failures = 0;
  #targetAway = false;
  #polledAt: number;
  #changed = new AbortController();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#polledAt = clock.now();
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether the target was given up: what is still outstanding waits. */
  get targetAway(): boolean {
    return this.#targetAway;
  }

  add(delivery: string, of: Of): void {
    this.#open.set(delivery, { of, tried: 0 });
  }

  /** Nothing more will be added. */
  complete(): void {
    this.#complete = true;
    this.#changed.abort();
  }

  /** Give it every note of the dispatcher. */
  async noted({ delivery: id, ended, state }: DispatchNote): Promise<void> {
    this.#failures = ended === 'unavailable' ? this.#failures + 1 : 0;
    const one = this.#open.get(id);
    if (one === undefined || ended === 'not-ours') return;
    one.tried += 1;
    const [delivery] = await this.#deliveries([id]);
    if (delivery === undefined) return;
    const isFar = delivery.dueAt - this.#clock.now() > patienceMs;
    // A refusal is asked for again some times before it is believed, and that takes seconds.
    if (state === 'waiting' && !isFar && (ended === 'refused' || one.tried < tries)) return;
    if (state === 'waiting' && ended === 'unavailable' && (isFar || this.#failures >= tries)) this.#targetAway = true;
    this.#end(delivery, one);
  }

  /** Those that end, as they do; ends when none is open and none will be, or when the target was given up. */
  async *ended(): AsyncGenerator<{ readonly delivery: Delivery; readonly of: Of }> {
    for (;;) {
      yield* this.#ended.splice(0);
      if (this.#targetAway || (this.#complete && this.#open.size === 0)) {
        if (this.#ended.length === 0) return;
        continue;
      }
      this.#changed = new AbortController();
      await this.#clock.wait(pollSeconds, this.#changed.signal);
      if (Math.abs(this.#clock.now() - this.#polledAt) >= pollSeconds * 1000) await this.#poll();
    }
  }

  /** What is open still, when it is waited for no longer. */
  async left(): Promise<readonly { readonly delivery: Delivery; readonly of: Of }[]> {
    for (const delivery of await this.#deliveries([...this.#open.keys()]))
      this.#end(delivery, this.#open.get(delivery.id));
    return this.#ended.splice(0);
  }

  async #poll(): Promise<void> {
    this.#polledAt = this.#clock.now();
    for (const delivery of await this.#deliveries([...this.#open.keys()].slice(0, atOnce))) {
      const one = this.#open.get(delivery.id);
      if (one === undefined) continue;
      one.attemptsBefore ??= delivery.attempts;
      const isTired = delivery.state === 'waiting' && delivery.attempts - one.attemptsBefore >= 2 * tries;
      if (hasEnded(delivery.state) || isTired) this.#end(delivery, one);
      else {
        // Behind all others, so that each has its turn.
        this.#open.delete(delivery.id);
        this.#open.set(delivery.id, one);
      }
    }
  }

  #end(delivery: Delivery, one: Open<Of> | undefined): void {
    if (one === undefined || !this.#open.delete(delivery.id)) return;
    this.#ended.push({ delivery, of: one.of });
    this.#changed.abort();
  }

  #deliveries(ids: readonly string[]): Promise<readonly Delivery[]> {
    return this.#store.transaction(async (tx) => {
      const found: Delivery[] = [];
      for (const id of ids) {
        const delivery = await tx.delivery(id);
        if (delivery !== undefined) found.push(delivery);
      }
      return found;
    });
  }
}

/** Whether a delivery goes no further by itself. */
export const hasEnded = (state: DeliveryState): boolean => state !== 'waiting' && state !== 'in-flight';
