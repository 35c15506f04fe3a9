import type { Random } from './random.ts';

/** The n-th id of a list, in the way its source makes them. */
export type Ids = (n: number) => string;

/**
 * A way of making ids for one list: most often 1, 2, 3, as two lists of one course may well both be. A source has one
 * habit for each kind of list, drawn from `habits`; what varies from list to list is drawn from `random`.
 */
export function idsOf(prefix: string, habits: Random, random: Random): Ids {
  const usual = habits.branch(prefix).weighted<Ids>([
    [5, (n) => String(n)],
    [3, (n) => `${prefix}-${n}`],
    [1, (n) => `${prefix}${String(n).padStart(3, '0')}`],
    [1, (n) => `${prefix}.${n}.${random.branch(n).integer(1000, 9999)}`],
  ]);
  return (n) => {
    const own = random.branch(`id-${n}`);
    return own.chance(0.02) ? own.pick(awkward)(n) : usual(n);
  };
}

// What breaks careless code: the separators of searches, of tokens, of URLs and of our own identifiers, text outside
// ASCII and outside the basic plane, and the greatest length that the format allows.
const awkward: readonly [Ids, ...Ids[]] = [
  (n) => `${n},a|b#c/d`,
  (n) => `session ${n} of six`,
  (n) => `økt/${n} – prøve`,
  (n) => `Sitzung Nr. ${n}: Übung`,
  (n) => `${n} 🌿`,
  (n) => `50% & ${n}+1=?`,
  (n) => `a\\b$c:${n}`,
  (n) => `第${n}次`,
  (n) => `${n}-`.padEnd(300, 'long-id-'),
];
