import type { AssessmentItem } from '../course/schema.ts';
import { numberValue } from '../json/json.ts';
import type { Instrument, InstrumentItem, Score } from './instrument.ts';
import type { Coding } from './terminology.ts';

/**
 * The score of answers given by their weights, by linkId. Undefined where one of its items is not answered: a partial
 * sum is no score; and where it has no items, for nothing is not zero. Exact for whole numbers and halves.
 */
export function scoreOf(score: Score, answers: ReadonlyMap<string, number>): number | undefined {
  if (score.items.length === 0) return undefined;
  let sum = 0;
  for (const linkId of score.items) {
    const weight = answers.get(linkId);
    if (weight === undefined) return undefined;
    sum += weight;
  }
  return sum;
}

/** The name of the band that a score lies in: the last that begins at or below it, since bands of whole numbers meet. */
export function bandOf(score: Score, total: number): Coding | undefined {
  const band = score.bands.findLast(({ min }) => total >= min);
  return total <= (score.bands.at(-1)?.max ?? total) ? band?.coding : undefined;
}

/** What an answer counts in a score: a number itself, a code the weight of its option. */
export function weightOf(item: InstrumentItem, answer: Pick<AssessmentItem, 'value' | 'code'>): number | undefined {
  const { value, code } = answer;
  if (value !== undefined) return numberValue(value);
  return item.options.find((option) => option.system === code?.system && option.code === code.code)?.weight;
}

/** The weights of answers, by linkId, as `scoreOf` takes them. */
export function weightsOf(instrument: Instrument, answers: readonly AssessmentItem[]): ReadonlyMap<string, number> {
  return new Map(
    answers.flatMap((answer) => {
      const item = instrument.items.get(answer.linkId);
      const weight = item === undefined ? undefined : weightOf(item, answer);
      return weight === undefined ? [] : [[answer.linkId, weight] as const];
    }),
  );
}
