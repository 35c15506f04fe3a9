import type { BundleEntry } from '@medplum/fhirtypes';
import type { Random } from '../../src/synthetic/random.ts';
import type { Fault, Target } from './target.ts';

type Whole = Extract<Fault, { kind: 'refused' | 'lost' }>;

/** Everything that can go wrong in passing. */
const kinds: readonly (readonly [weight: number, Whole])[] = [
  [6, { kind: 'lost', done: true }],
  [4, { kind: 'lost', done: false }],
  [2, { kind: 'lost', done: true, instead: { status: 200, body: '{"resourceType":"Bund' } }],
  [2, { kind: 'lost', done: true, instead: { status: 200, body: '{}' } }],
  [2, { kind: 'lost', done: true, instead: { status: 504, body: '<html>' } }],
  [2, { kind: 'lost', done: false, instead: { status: 200, body: '<html>' } }],
  [1, { kind: 'refused', status: 302, headers: { Location: 'http://elsewhere.invalid/' } }],
  ...[408, 409, 412, 413, 422, 429, 500, 502, 503, 504].map((status) => [1, { kind: 'refused', status }] as const),
  [1, { kind: 'refused', status: 429, headers: { 'Retry-After': '1' } }],
];

/** Lets so large a part of everything that is asked of a target go wrong. */
export function faultsAtRandom(target: Target, probability: number, random: Random): void {
  const whole = (): Whole | undefined => (random.chance(probability) ? random.weighted(kinds) : undefined);
  const inPart = (): Fault => {
    const status = random.pick([409, 429, 503]);
    const picked = new Set<BundleEntry>();
    return {
      kind: 'in-part',
      status: (entry) => (random.chance(0.3) && picked.add(entry) ? status : undefined),
    };
  };
  target.fault = () => (random.chance(probability / 5) ? inPart() : whole());
  target.faultOfOne = whole;
  target.faultOfRead = whole;
}

export function noFaults(target: Target): void {
  target.fault = () => undefined;
  target.faultOfOne = () => undefined;
  target.faultOfRead = () => undefined;
}
