import type { Assessment, AssessmentItem } from '../course/schema.ts';
import type { Instrument } from '../definitions/instrument.ts';
import { scoreOf, weightsOf } from '../definitions/scoring.ts';
import { written } from './numbers.ts';
import type { Random } from './random.ts';
import type { Setup } from './setup.ts';

/**
 * The scores of an instrument, by their keys: what the answers give. An instrument that ships without its items has
 * scores all the same: they are drawn, and the total is the sum of the others.
 */
export function scoresOf(
  instrument: Instrument,
  answers: readonly AssessmentItem[],
  severity: number,
  random: Random,
): ReadonlyMap<string, number> {
  const { items, scores } = instrument;
  if (items.size > 0) {
    const weights = weightsOf(instrument, answers);
    return new Map(
      scores.flatMap((score) => {
        const sum = scoreOf(score, weights);
        return sum === undefined ? [] : [[score.key, sum] as const];
      }),
    );
  }
  const drawn = new Map(scores.map(({ key }) => [key, Math.round(severity * random.between(4, 28))]));
  const parts = [...drawn].filter(([key]) => key !== 'total');
  if (parts.length > 0)
    drawn.set(
      'total',
      parts.reduce((sum, [, part]) => sum + part, 0),
    );
  return drawn;
}

/** The scores that the source states; `alone`: it says nothing else. */
export function statedOf(
  scores: ReadonlyMap<string, number>,
  alone: boolean,
  { stated }: Setup,
  random: Random,
): Pick<Assessment, 'statedTotal' | 'statedSubscores'> {
  const total = scores.get('total');
  // Adding in one's head goes wrong now and then.
  const counted = (sum: number): number => (random.chance(0.06) ? Math.max(0, sum - 1) : sum);
  const digits = random.chance(0.04) ? 1 : 0;
  const subscores = [...scores].filter(([key]) => key !== 'total');
  return {
    statedTotal:
      total === undefined ? undefined : random.maybe(alone ? 0.95 : 0.6, () => written(counted(total), digits, random)),
    statedSubscores: random.maybe(stated(0.5), () =>
      subscores.flatMap(
        ([key, score]) => random.maybe(0.9, () => ({ key, value: written(counted(score), digits, random) })) ?? [],
      ),
    ),
  };
}
