import type { Keyword } from '../course/keywords.ts';
import type { OutcomeEvaluation } from '../course/schema.ts';
import type { Taken } from './assessments.ts';
import { day } from './clock.ts';
import { comparisonsUntil, statedReduction, type Comparison } from './comparisons.ts';
import { idsOf } from './ids.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** What the clinic says came of it, by the assessments of the course. */
export function outcomesOf(
  { known }: Schedule,
  taken: readonly Taken[],
  setup: Setup,
  random: Random,
): OutcomeEvaluation[] {
  const { stated, turns, size, staff, clock } = setup;
  const { instrument } = turns;
  const comparisons = comparisonsUntil(known, taken).toSorted(
    (a, b) => Number(b.baseline.instrument.key === instrument) - Number(a.baseline.instrument.key === instrument),
  );
  const surely = turns.has('outcomes') || instrument !== undefined;
  const count = surely || random.chance(stated(0.45)) ? (size === 'full' ? random.integer(1, 3) : 1) : 0;
  const ids = idsOf('O', setup.habits, random.branch('ids'));
  return comparisons.slice(0, count).map((comparison, n) => {
    const own = random.branch(n);
    const { baseline, current, reduction } = comparison;
    const at = Math.min(known, current.at + own.integer(0, 5) * day);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(at, setup, own, 'outcomes'),
      instrument: current.assessment.instrument,
      baselineAssessmentId: baseline.assessment.id,
      currentAssessmentId: current.assessment.id,
      at: clock.loosely(at, own),
      assessor: own.maybe(stated(0.5), () => staff.someone(own)),
      statedCategory: own.maybe(0.7, () => categoryOf(comparison, own)),
      statedReductionPercent:
        reduction === undefined ? undefined : own.maybe(stated(0.7), () => statedReduction(reduction, own)),
    };
  });
}

/** Half or more is a response; remission is judged by more than the number, and partial response by each clinic. */
function categoryOf({ reduction = 0 }: Comparison, random: Random): Keyword<'outcome-category'> {
  if (reduction >= 50) return random.chance(0.45) ? 'remission' : 'response';
  return reduction >= 25 && random.chance(0.7) ? 'partialResponse' : 'nonResponse';
}
