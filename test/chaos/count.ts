import { contentOf, resolveStored, type Resolve } from './content.ts';
import type { Expected } from './expected.ts';
import { historyOf, type Stored } from './stored.ts';

/** One thing that is not as it must be; `key` is an identifier. */
export interface Deviation {
  readonly index: number;
  readonly key: string;
  /** `back`: a part that was taken back stands there as if it were true. `stranger`: of no version of the course. */
  readonly kind: 'missing' | 'changed' | 'back' | 'stranger';
}

export interface Count {
  readonly courses: number;
  readonly resources: number;
  readonly deviations: readonly Deviation[];
  /** Courses that are not, resource by resource, what was acknowledged. */
  readonly notEqual: number;
  /** Identifiers that two resources hold. */
  readonly doubled: readonly string[];
  /** Versions that say what an earlier one of the same resource said, and no answer was lost before them. */
  readonly needless: readonly string[];
  /** Such versions after a lost answer. */
  readonly sentAgain: number;
}

/** Counts a server's content, as plain search showed it, against what must be there. */
export async function countOn(
  base: string,
  all: readonly Stored[],
  expected: readonly Expected[],
  system: string,
  lostAnswers: ReadonlyMap<string, number>,
): Promise<Count> {
  const resolve = resolveStored(all);
  const own = all.filter(({ keys }) => keys.some((key) => systemIn(key) === system));
  const byKey = Map.groupBy(own, ({ keys: [key = ''] }) => key);
  const deviations = [...expected.flatMap((one) => deviationsOf(one, byKey, resolve)), ...strangersIn(byKey, expected)];
  const versions = await needlessVersions(base, own, resolve, lostAnswers);
  return {
    courses: expected.length,
    resources: own.length,
    deviations,
    notEqual: new Set(deviations.map(({ index }) => index)).size,
    doubled: [...byKey].filter(([, held]) => held.length > 1).map(([key]) => key),
    ...versions,
  };
}

type ByKey = ReadonlyMap<string, readonly Stored[]>;

function deviationsOf({ index, now, left }: Expected, byKey: ByKey, resolve: Resolve): Deviation[] {
  const of = (kind: Deviation['kind'], key: string): Deviation => ({ index, key, kind });
  const wrong = [...now].flatMap(([key, content]) => {
    const [first, ...more] = byKey.get(key) ?? [];
    if (first === undefined) return [of('missing', key)];
    return [first, ...more].some(({ resource }) => contentOf(resource, resolve) === content)
      ? []
      : [of('changed', key)];
  });
  const back = [...left].filter((key) =>
    byKey.get(key)?.some(({ resource }) => resource['status'] !== 'entered-in-error'),
  );
  return [...wrong, ...back.map((key) => of('back', key))];
}

function strangersIn(byKey: ByKey, expected: readonly Expected[]): Deviation[] {
  const known = new Set(expected.flatMap(({ now, left }) => [...now.keys(), ...left]));
  return [...byKey.keys()].filter((key) => !known.has(key)).map((key) => ({ index: -1, key, kind: 'stranger' }));
}

async function needlessVersions(
  base: string,
  own: readonly Stored[],
  resolve: Resolve,
  lostAnswers: ReadonlyMap<string, number>,
): Promise<Pick<Count, 'needless' | 'sentAgain'>> {
  const needless: string[] = [];
  let sentAgain = 0;
  const queue = own.filter(({ version }) => version > 1).values();
  const work = async (): Promise<void> => {
    for (const stored of queue) {
      const [key = ''] = stored.keys;
      const repeated = repeats((await historyOf(base, stored)).map((version) => contentOf(version, resolve)));
      const excused = Math.min(repeated, lostAnswers.get(key) ?? 0);
      sentAgain += excused;
      needless.push(...Array.from({ length: repeated - excused }, () => key));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return { needless, sentAgain };
}

/** How many of these say what the one before said. */
const repeats = (contents: readonly string[]): number =>
  contents.filter((content, index) => index > 0 && content === contents[index - 1]).length;

const systemIn = (key: string): string => (JSON.parse(key) as readonly [string, string])[0];
