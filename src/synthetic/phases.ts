import type { Phase, PhaseTransition } from '../course/schema.ts';
import type { Taken } from './assessments.ts';
import { mostlyDays } from './clock.ts';
import { comparisonsUntil, statedReduction } from './comparisons.ts';
import { idsOf } from './ids.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { overrides } from './wording.ts';

/** The phases of a course, those still to come too. */
export function phasesOf({ spans, known }: Schedule, setup: Setup, random: Random): Phase[] {
  const ids = idsOf('ph', setup.habits, random.branch('ids'));
  if (!random.chance(setup.stated(0.9)) && !setup.turns.has('phaseTransitions')) return [];
  return spans.map((span, n) => {
    const own = random.branch(n);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(span.from, setup, own),
      key: span.key,
      from: own.maybe(span.from <= known ? 0.9 : 0.4, () => setup.clock.loosely(span.from, own, mostlyDays)),
      to: own.maybe(span.to <= known ? 0.8 : 0.1, () => setup.clock.loosely(span.to, own, mostlyDays)),
      plannedSessions: own.maybe(setup.stated(0.6), () => span.sessions),
    };
  });
}

/** The decisions that took a course from one phase to the next, and what they rest on. */
export function phaseTransitionsOf(
  { spans, end }: Schedule,
  phases: readonly Phase[],
  taken: readonly Taken[],
  setup: Setup,
  random: Random,
): PhaseTransition[] {
  const { stated, turns, clock, staff } = setup;
  const ids = idsOf('T', setup.habits, random.branch('ids'));
  const often = turns.has('phaseTransitions') ? 1 : stated(0.3);
  return phases.flatMap((phase, n) => {
    const own = random.branch(n);
    const span = spans[n];
    if (span === undefined || span.from > end || (n === 0 && phases.length > 1) || !own.chance(often)) return [];
    const before = n === 0 ? undefined : phases[n - 1];
    const [comparison] = comparisonsUntil(span.from, taken);
    const judged = comparison !== undefined && own.chance(phase.key === 'maintenance' ? 0.9 : 0.5);
    const { reduction } = judged ? comparison : {};
    const overridden = own.maybe(0.4, () => reduction !== undefined && reduction < 50);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(span.from, setup, own, 'phaseTransitions'),
      fromPhaseId: own.maybe(0.9, () => before?.id),
      toPhaseId: phase.id,
      at: clock.loosely(span.from, own, mostlyDays),
      decidedBy: own.maybe(stated(0.5), () => staff.someone(own)),
      ...(judged && {
        baselineAssessmentId: comparison.baseline.assessment.id,
        currentAssessmentId: own.maybe(0.95, () => comparison.current.assessment.id),
      }),
      statedReductionPercent:
        reduction === undefined ? undefined : own.maybe(stated(0.8), () => statedReduction(reduction, own)),
      overridden,
      overrideReason: own.maybe(overridden === true ? 0.9 : 0.1, () => own.pick(overrides)),
    };
  });
}
