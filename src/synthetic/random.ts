/**
 * Seeded chance. The same name gives the same draws on every machine and for ever; nothing here asks the clock or the
 * platform.
 */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** True with the probability given. */
  chance(probability: number): boolean;
  /** A whole number between two bounds, both included. */
  integer(low: number, high: number): number;
  /** A number between two bounds. */
  between(low: number, high: number): number;
  /** One of the list. */
  pick<const L extends readonly [unknown, ...unknown[]]>(list: L): L[number];
  /** One of the list, each as often as its weight says. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T;
  /** What `make` makes with the probability given, else nothing. */
  maybe<T>(probability: number, make: () => T): T | undefined;
  /** Chance of its own for a named part: what another part draws does not move it. */
  branch(name: string | number): Random;
}

/** The chance that belongs to a name. */
export const randomOf = (name: string): Random => randomAfter(fold(0x811c9dc5, name));

// The hash goes through a name from its beginning, so that a branch needs the state that its stem ended with alone.
function randomAfter(state: number): Random {
  const next = mulberry32(mixed(state));
  const random: Random = {
    next,
    chance: (probability) => next() < probability,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    weighted: (list) => {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      const found = list.find(([weight]) => (left -= weight) < 0) ?? list.at(-1);
      if (found === undefined) throw new RangeError('Nothing to choose from.');
      return found[1];
    },
    maybe: (probability, make) => (next() < probability ? make() : undefined),
    branch: (part) => randomAfter(fold(state, `/${part}`)),
  };
  return random;
}

// FNV-1a over UTF-16 code units.
function fold(state: number, text: string): number {
  let h = state;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

// The finalizer of MurmurHash3, since names that differ in their last character alone ("…/1", "…/2") must not give
// neighbouring seeds.
function mixed(state: number): number {
  let h = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

// Tommy Ettinger's mulberry32, public domain: 32 bits of state are plenty for a course.
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
