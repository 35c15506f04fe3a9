import type { SuicideRisk } from '../course/schema.ts';
import { day, hour, midnight } from './clock.ts';
import { idsOf } from './ids.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** The judgements of suicide risk in a course: before it, after it, and in long courses between. */
export function suicideRisksOf(schedule: Schedule, setup: Setup, random: Random): SuicideRisk[] {
  const { start, end, endReason, known, visits } = schedule;
  const { clock, staff, stated, size } = setup;
  if (random.chance(0.15) && !setup.turns.has('suicideRisk')) return [];
  const ids = idsOf('SR', setup.habits, random.branch('ids'));
  const between = size === 'full' && random.chance(0.5) ? [(start + end) / 2] : [];
  const first = random.weighted([
    [2, 0],
    [4, 1],
    [3, 2],
    [1, 3],
  ]);
  return [(visits[0]?.at ?? start) - random.integer(1, 10) * day, ...between, ...(endReason === 'death' ? [] : [end])]
    .map((wall) => midnight(wall) + random.branch('hour').integer(9, 16) * hour)
    .filter((wall) => wall <= known)
    .map((wall, n) => {
      const own = random.branch(n);
      const level = own.pick(levels.slice(Math.max(0, first - n), first + 1) as [Level, ...Level[]]);
      return {
        id: ids(n + 1),
        corrected: correctedAfter(wall, setup, own, 'suicideRisk'),
        at: clock.loosely(wall, own),
        method: own.maybe(0.8, () =>
          own.pick(['clinicalInterview', 'clinicalInterview', 'cssrs', 'madrs', 'phq9', 'other']),
        ),
        level: own.maybe(0.85, () => level),
        ideation: own.maybe(0.6, () => level !== 'none' && own.chance(0.7)),
        assessor: own.maybe(stated(0.5), () => staff.someone(own)),
      };
    });
}

type Level = NonNullable<SuicideRisk['level']>;

const levels: readonly Level[] = ['none', 'low', 'moderate', 'high'];
