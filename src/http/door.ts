import type { Standing } from '../exchange/store.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import { BodyLedger } from './body-ledger.ts';
import { issueReply, type Reply } from './reply.ts';
import type { Wiring } from './wiring.ts';

/** Why nothing more is taken for now. */
export type Refusal = Extract<IssueCode, 'store-full' | 'too-many-waiting' | 'busy' | 'stopping' | 'store-unavailable'>;

/** What a sender waits before it asks again, in seconds. */
const retryAfter: Readonly<Record<Refusal, number>> = {
  busy: 1,
  stopping: 10,
  'store-unavailable': 10,
  'too-many-waiting': 30,
  'store-full': 60,
};

export function refusalReply(refusal: Refusal): Reply {
  const reply = issueReply(refusal);
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(retryAfter[refusal]) } };
}

/** How old an answer of the store may be: to ask it at every request would cost more than the request. */
const freshMs = 1000;

/** Says whether submissions are taken: before memory or disk run out, not when they have. */
export class Door {
  readonly bodies: BodyLedger;
  readonly #wiring: Wiring;
  #streams = 0;
  #asked: { readonly at: number; readonly answer: Promise<Refusal | undefined> } | undefined;

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
    this.bodies = new BodyLedger(wiring.bounds.bodyBytes);
  }

  /** Why a submission is not taken now; undefined where it is. */
  async refusal(): Promise<Refusal | undefined> {
    if (this.#wiring.stopping?.aborted === true) return 'stopping';
    const now = this.#wiring.now();
    // A clock that was put back makes an answer of the future, which is no fresh one.
    if (this.#asked === undefined || Math.abs(now - this.#asked.at) >= freshMs) {
      this.#asked = { at: now, answer: this.#ofStore() };
    }
    return this.#asked.answer;
  }

  /** Lets one stream more in, and gives what ends it; undefined where there are too many. */
  openStream(): (() => void) | undefined {
    if (this.#streams >= this.#wiring.bounds.streams) return undefined;
    this.#streams += 1;
    return () => {
      this.#streams -= 1;
    };
  }

  async #ofStore(): Promise<Refusal | undefined> {
    const { store, now, bounds } = this.#wiring;
    try {
      if ((await store.freeBytes()) < bounds.reserveBytes) return 'store-full';
      const standing = await store.transaction((tx) => tx.standing(now()));
      return waitingIn(standing) >= bounds.waitingDeliveries ? 'too-many-waiting' : undefined;
    } catch {
      return 'store-unavailable';
    }
  }
}

const waitingIn = ({ deliveries }: Standing): number => (deliveries.waiting ?? 0) + (deliveries['in-flight'] ?? 0);
