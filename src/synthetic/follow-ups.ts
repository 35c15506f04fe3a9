import type { FollowUp } from '../course/schema.ts';
import { day, hour, midnight } from './clock.ts';
import { idsOf } from './ids.ts';
import type { Illness } from './illness.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';
import { followUpNotes } from './wording.ts';

/** How it went on after the last session: mostly once or twice within three months. */
export function followUpsOf(
  { endReason, visits, known, end }: Schedule,
  illness: Illness,
  setup: Setup,
  random: Random,
): FollowUp[] {
  const { stated, turns, clock } = setup;
  const lastVisit = visits.at(-1);
  if (endReason === undefined || endReason === 'death' || lastVisit === undefined) return [];
  if (!random.chance(turns.has('followUps') ? 1 : stated(setup.key === 'portugal' ? 0.8 : 0.4))) return [];
  const ids = idsOf('F', setup.habits, random.branch('ids'));
  const days = [14, 30, 60, 91].map((n) => midnight(lastVisit.at) + n * day + random.integer(9, 15) * hour);
  const heard = days.filter((wall) => wall <= known).slice(-2);
  const last = midnight(end) + 12 * hour;
  const walls = heard.length > 0 ? heard : turns.has('followUps') || endReason === 'lostToFollowUp' ? [last] : [];
  return walls.map((wall, n) => {
    const own = random.branch(n);
    const lost = endReason === 'lostToFollowUp' && own.chance(0.8);
    const mood = own.chance(0.3)
      ? 'deteriorated'
      : illness.leftAt(wall) < 0.6
        ? own.pick(['improved', 'stable'])
        : 'stable';
    return {
      id: ids(n + 1),
      corrected: correctedAfter(wall, setup, own, 'followUps'),
      at: clock.loosely(wall, own),
      ...(!lost && {
        mood: own.maybe(0.85, () => mood),
        antidepressantChanged: own.maybe(stated(0.6), () => own.chance(mood === 'deteriorated' ? 0.7 : 0.1)),
        relapse: own.maybe(stated(0.5), () => mood === 'deteriorated' && own.chance(0.6)),
      }),
      lost: lost ? true : own.maybe(stated(0.3), () => false),
      note: own.maybe(stated(0.3), () => own.pick(followUpNotes)),
    };
  });
}
