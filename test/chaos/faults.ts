import type { Random } from '../../src/synthetic/random.ts';

/** What reaches the server of a request that a fault hits: all of it, nothing, or all but some entries of a Bundle. */
export type Reach = 'all' | 'nothing' | 'part';

export type Fault =
  /** The answer comes late. */
  | { readonly play: 'delay'; readonly reach: 'all' }
  /** The connection is reset in place of an answer. */
  | { readonly play: 'reset'; readonly reach: 'all' | 'nothing' }
  /** The answer breaks off, or its body is no longer what the server said. */
  | { readonly play: 'truncate' | 'garble'; readonly reach: 'all' }
  /** Another answer in place of the server's. */
  | {
      readonly play: 'answer';
      readonly reach: 'all' | 'nothing';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: 'outcome' | 'html' | 'none';
    }
  /** Some entries of a Bundle are answered with this status inside a 200, and not done. */
  | { readonly play: 'inside'; readonly reach: 'part'; readonly status: number };

const refusal = (status: number, headers?: Readonly<Record<string, string>>): Fault => ({
  play: 'answer',
  reach: 'nothing',
  status,
  ...(headers && { headers }),
  body: 'outcome',
});

/** Every fault that the proxy can play. All of them pass: the same request sent again may go through. */
export const faults = {
  delay: { play: 'delay', reach: 'all' },
  'reset before': { play: 'reset', reach: 'nothing' },
  'reset after': { play: 'reset', reach: 'all' },
  truncated: { play: 'truncate', reach: 'all' },
  garbled: { play: 'garble', reach: 'all' },
  '408': refusal(408),
  '409': refusal(409),
  '412': refusal(412),
  '413': refusal(413),
  '422': refusal(422),
  '429': refusal(429),
  '429 Retry-After': refusal(429, { 'Retry-After': '1' }),
  // As Medplum says it: no Retry-After, and t is the wait in seconds.
  '429 RateLimit': refusal(429, { RateLimit: '"requests";r=0;t=1' }),
  '500': refusal(500),
  '502': { play: 'answer', reach: 'nothing', status: 502, body: 'none' },
  '503': refusal(503, { 'Retry-After': '1' }),
  '504 before': { play: 'answer', reach: 'nothing', status: 504, body: 'none' },
  '504 after': { play: 'answer', reach: 'all', status: 504, body: 'none' },
  '429 inside 200': { play: 'inside', reach: 'part', status: 429 },
  '409 inside 200': { play: 'inside', reach: 'part', status: 409 },
  'HTML 200': { play: 'answer', reach: 'nothing', status: 200, body: 'html' },
  'HTML 502': { play: 'answer', reach: 'nothing', status: 502, body: 'html' },
  'redirect 302': { play: 'answer', reach: 'nothing', status: 302, body: 'none' },
  'redirect 307': { play: 'answer', reach: 'nothing', status: 307, body: 'none' },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultKind = keyof typeof faults;

export const faultKinds = Object.keys(faults) as readonly FaultKind[];

/** Whether the client cannot know that the server did what was asked for. */
export const losesAnswer = (fault: Fault): boolean => fault.reach === 'all' && fault.play !== 'delay';

/** Deals the kinds like cards: every kind comes once before one comes again, so that their counts stay equal. */
export class Deck {
  readonly #kinds: readonly FaultKind[];
  readonly #random: Random;
  #cards: FaultKind[] = [];

  constructor(kinds: readonly FaultKind[], random: Random) {
    this.#kinds = kinds;
    this.#random = random;
  }

  /** The next kind that fits; one that does not stays for a later request. */
  deal(fits: (kind: FaultKind) => boolean): FaultKind | undefined {
    return this.#draw(fits) ?? (this.#shuffle(), this.#draw(fits));
  }

  #draw(fits: (kind: FaultKind) => boolean): FaultKind | undefined {
    const index = this.#cards.findIndex(fits);
    return index === -1 ? undefined : this.#cards.splice(index, 1)[0];
  }

  #shuffle(): void {
    const fresh = this.#kinds.map((kind) => [this.#random.next(), kind] as const).toSorted(([a], [b]) => a - b);
    this.#cards.push(...fresh.map(([, kind]) => kind));
  }
}
