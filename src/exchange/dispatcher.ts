import type { Issue } from '../outcome/issue.ts';
import { attempt, type AttemptParts, type Attempt } from './attempt.ts';
import { learningOf, type Learning } from './learning.ts';
import type { DeliveryState } from './store.ts';
import { noPause, pauseAfter, roomFor, type Pause } from './target-pause.ts';

/** What a dispatcher is made of. Time is the caller's: `wait` ends early, and without a fault, when it is aborted. */
export interface DispatcherParts extends AttemptParts {
  /** How many deliveries may be in flight at once. */
  readonly inFlight: number;
  /** How often to look for deliveries that another process has made due. */
  readonly pollSeconds: number;
  /** Told how every attempt ended. */
  readonly noted: (note: DispatchNote) => void;
}

/** How one attempt ended, for logs, metrics and whoever waits. All ids are ours. */
export interface DispatchNote {
  readonly delivery: string;
  readonly course: string;
  readonly target: string;
  readonly attempt: number;
  readonly ended: Attempt['outcome']['ended'];
  readonly state: DeliveryState;
  readonly status?: number;
  readonly requests: number;
  /** What the attempt took, and what it was since the delivery was made. */
  readonly seconds: number;
  readonly age: number;
  readonly issues: readonly Issue[];
}

export interface Dispatcher {
  /** Something may be due now. */
  wake(): void;
  /** Takes no more, and resolves when what is in flight has ended; what still waits is kept. */
  stop(): Promise<void>;
}

/** Delivers what is due to one target, for as long as it is not stopped. */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const loop = new Loop(parts);
  const ended = loop.run();
  return {
    wake: () => loop.wake(),
    stop: async () => {
      loop.stop();
      await ended;
    },
  };
}

/** A clock that jumped is one that moved by this much more, or less, than what was waited. */
const jumpMs = 5_000;

class Loop {
  readonly #parts: DispatcherParts;
  readonly #learning: Learning;
  readonly #active = new Set<Promise<void>>();
  readonly #leases = new Map<string, string>();
  readonly #refusals = new Map<string, Refused>();
  #pause: Pause = noPause;
  #stopped = false;
  #woken = new AbortController();
  #lastSeen: number;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#learning = learningOf(parts.target, parts.store);
    this.#lastSeen = parts.clock.now();
  }

  wake(): void {
    this.#woken.abort();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async run(): Promise<void> {
    const { clock, pollSeconds, fault } = this.#parts;
    while (!this.#stopped) {
      this.#woken = new AbortController();
      let wait = pollSeconds;
      try {
        await this.#mindTheClock();
        const room = roomFor(this.#pause, clock.now(), this.#parts.inFlight) - this.#active.size;
        // What was taken may not have been all that is due.
        if (room > 0 && (await this.#take(room)) === room && this.#active.size < this.#parts.inFlight) wait = 0;
      } catch (error) {
        fault(error);
        wait = Math.max(1, pollSeconds);
      }
      if (wait > 0) await clock.wait(this.#untilPauseEnds(wait), this.#woken.signal);
    }
    await Promise.all(this.#active);
  }

  #untilPauseEnds(seconds: number): number {
    const left = (this.#pause.until - this.#parts.clock.now()) / 1000;
    return left > 0 ? Math.min(seconds, left) : seconds;
  }

  /** Takes up to so many deliveries that are due, and begins them. */
  async #take(limit: number): Promise<number> {
    const { store, target, clock, leaseSeconds, newId } = this.#parts;
    const now = clock.now();
    const claimed = await store.transaction((tx) =>
      tx.claim({ target, now, leaseUntil: now + leaseSeconds * 1000, lease: newId, limit }),
    );
    for (const delivery of claimed) {
      this.#leases.set(delivery.id, delivery.lease);
      const refused = this.#refusals.get(delivery.id);
      const task = attempt(delivery, refused, this.#learning, this.#parts)
        .then((made) => this.#note(made))
        .catch((error: unknown) => this.#parts.fault(error))
        .finally(() => {
          this.#leases.delete(delivery.id);
          this.#active.delete(task);
          this.wake();
        });
      this.#active.add(task);
    }
    return claimed.length;
  }

  #note(made: Attempt): void {
    const { clock, random, retries, noted } = this.#parts;
    const { outcome, delivery, state, refused } = made;
    this.#pause = pauseAfter(outcome, this.#pause, { now: clock.now(), random: random(), settings: retries });
    if (refused !== undefined && state === 'waiting') this.#refusals.set(delivery.id, refused);
    else this.#refusals.delete(delivery.id);
    noted({
      delivery: delivery.id,
      course: delivery.courseId,
      target: delivery.target,
      attempt: delivery.attempts,
      ended: outcome.ended,
      state,
      ...(outcome.status !== undefined && { status: outcome.status }),
      requests: outcome.requests,
      seconds: made.seconds,
      age: Math.max(0, (clock.now() - delivery.createdAt) / 1000),
      issues: outcome.issues,
    });
  }

  /**
   * Leases and waits are times of the clock, which may be put forward or back. After a jump our own leases are taken
   * anew, before anybody takes them for lost, and after one back nothing waits for a time that is hours away.
   */
  async #mindTheClock(): Promise<void> {
    const { store, target, clock, leaseSeconds, pollSeconds } = this.#parts;
    const now = clock.now();
    const moved = now - this.#lastSeen;
    this.#lastSeen = now;
    if (moved >= -jumpMs && moved <= jumpMs + pollSeconds * 1000) return;
    this.#pause = noPause;
    await store.transaction(async (tx) => {
      if (moved < 0) await tx.clampDue(target, now);
      for (const [id, lease] of this.#leases) await tx.renew(id, lease, now + leaseSeconds * 1000);
    });
  }
}

/** A refusal that was not believed yet. */
export interface Refused {
  readonly status: number | undefined;
  readonly times: number;
}
