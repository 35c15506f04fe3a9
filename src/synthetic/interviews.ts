import type { Keyword } from '../course/keywords.ts';
import type { Interview } from '../course/schema.ts';
import type { Appointment } from './appointments.ts';
import { interviewMoments, type Moment } from './batteries.ts';
import { idsOf } from './ids.ts';
import type { Illness } from './illness.ts';
import { dueAt } from './moments.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** What the clinic heard when it asked how the patient is. */
export function interviewsOf(
  schedule: Schedule,
  appointments: readonly Appointment[],
  illness: Illness,
  setup: Setup,
  random: Random,
): Interview[] {
  const { stated, turns, clock, staff, size, key } = setup;
  const { often, at } = interviewMoments[key];
  const surely = turns.has('interviews');
  if (!surely && !random.chance(stated(often))) return [];
  const moments: readonly Moment[] = surely ? [{ kind: 'baseline' }, ...at] : at;
  const due = moments.flatMap((moment) => dueAt(moment, schedule, appointments, random.branch(moment.kind)));
  const ids = idsOf('I', setup.habits, random.branch('ids'));
  return due.slice(-(size === 'full' ? 4 : 2)).map(({ timepoint, at: wall }, n) => {
    const own = random.branch(n);
    return {
      id: ids(n + 1),
      corrected: correctedAfter(wall, setup, own, 'interviews'),
      at: clock.loosely(wall, own),
      timepoint: own.maybe(0.85, () => timepoint),
      improvement:
        timepoint.kind === 'baseline' ? 'none' : improvementAt(illness.leftAt(wall) + own.between(-0.2, 0.2)),
      assessor: own.maybe(stated(0.6), () => staff.someone(own)),
    };
  });
}

function improvementAt(left: number): Keyword<'improvement'> {
  if (left < 0.25) return 'complete';
  if (left < 0.8) return 'partial';
  return left < 1.05 ? 'none' : 'worse';
}
