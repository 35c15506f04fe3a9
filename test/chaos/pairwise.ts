/** The levels of each factor of a trial. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

export type Trial<F extends Factors> = { readonly [K in keyof F]: F[K][number] };

/**
 * Trials in which every two levels of two factors come together at least once: far fewer than all combinations, and
 * nearly all faults that a combination makes need no more than two. Greedy, the same trials every time.
 */
export function allPairs<F extends Factors>(factors: F): Trial<F>[] {
  const names = Object.keys(factors);
  const open = new Set(pairsOf(names, factors));
  const trials: Trial<F>[] = [];
  while (open.size > 0) {
    const levels = new Map<string, number>();
    // The first pair that nobody has had yet, and then of every other factor the level that brings most new ones.
    const [seed = ''] = open;
    for (const one of seed.split(' ')) levels.set(...parted(one));
    for (const name of names) if (!levels.has(name)) levels.set(name, bestLevel(name, factors, levels, open));
    for (const pair of pairsIn(levels)) open.delete(pair);
    trials.push(Object.fromEntries(names.map((name) => [name, factors[name]?.[levels.get(name) ?? 0]])) as Trial<F>);
  }
  return trials;
}

function bestLevel(
  name: string,
  factors: Factors,
  levels: ReadonlyMap<string, number>,
  open: ReadonlySet<string>,
): number {
  const gains = (factors[name] ?? []).map((_, level) => {
    const pairs = [...levels].map(([other, at]) => pairOf(other, at, name, level));
    return pairs.filter((pair) => open.has(pair)).length;
  });
  return gains.indexOf(Math.max(...gains));
}

function pairsOf(names: readonly string[], factors: Factors): string[] {
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        (factors[one] ?? []).flatMap((_, a) => (factors[other] ?? []).map((__, b) => pairOf(one, a, other, b))),
      ),
  );
}

const pairsIn = (levels: ReadonlyMap<string, number>): string[] => {
  const chosen = [...levels];
  return chosen.flatMap(([one, a], index) => chosen.slice(index + 1).map(([other, b]) => pairOf(one, a, other, b)));
};

const pairOf = (one: string, a: number, other: string, b: number): string =>
  [`${one}:${a}`, `${other}:${b}`].toSorted().join(' ');

function parted(one: string): [string, number] {
  const [name = '', level = ''] = one.split(':');
  return [name, Number(level)];
}
