import type { Assessment, AssessmentItem, Session } from '../course/schema.ts';
import { day, hour, midnight, minute, type Wall } from './clock.ts';
import { idsOf } from './ids.ts';
import { written } from './numbers.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** When an assessment was due. */
interface Due {
  readonly timepoint: NonNullable<Assessment['timepoint']>;
  readonly at: Wall;
}

/** The PHQ-9 assessments of a course: falling, as one hopes, with a few missing answers and miscounted totals. */
export function assessmentsOf(
  schedule: Schedule,
  sessions: readonly Session[],
  setup: Setup,
  random: Random,
): Assessment[] {
  const due = dueIn(schedule, sessions, random.branch('due')).filter(({ at }) => at <= schedule.known);
  const few = random.chance(0.08) ? 0 : random.integer(1, 3);
  const wanted = setup.size === 'full' ? random.integer(5, 8) : few;
  const ids = idsOf('A', setup.habits, random.branch('ids'));
  const course = {
    severity: random.between(0.55, 0.95),
    // What is left at the end: half or less is a response.
    left: random.between(0.15, 0.85),
    language: random.pick(setup.programme.languages),
    byItem: random.chance(0.9),
  };
  return thinned(due, wanted, random).map(({ timepoint, at }, n) => {
    const progress = Math.min(1, Math.max(0, (at - schedule.start) / Math.max(day, schedule.end - schedule.start)));
    const severity = course.severity * (1 - (1 - course.left) * progress);
    return assessmentOf(ids(n + 1), timepoint, at, { ...course, severity }, setup, random.branch(n));
  });
}

// The first and the last are what a programme compares; what lies between is left out first.
function thinned(due: readonly Due[], wanted: number, random: Random): readonly Due[] {
  const kept = [...due];
  while (kept.length > wanted) kept.splice(kept.length > 2 ? random.integer(1, kept.length - 2) : kept.length - 1, 1);
  return kept;
}

function dueIn(schedule: Schedule, sessions: readonly Session[], random: Random): readonly Due[] {
  const { start, end, visits } = schedule;
  const first = midnight(visits[0]?.at ?? start);
  const due: Due[] = [{ timepoint: { kind: 'baseline' }, at: first - random.integer(1, 3) * day + 10 * hour }];
  visits.forEach(({ ordinal, at }, n) => {
    const sessionId = sessions[n]?.id;
    const named = random.weighted([
      [3, { n: ordinal, sessionId }],
      [3, { sessionId }],
      [2, { n: ordinal }],
    ]);
    due.push({ timepoint: { kind: 'afterSession', ...named }, at: at + random.integer(3, 26) * hour });
  });
  const weeks = Math.floor((end - start) / (7 * day));
  if (weeks >= 1) {
    const n = Math.min(weeks, 8);
    due.push({ timepoint: { kind: 'week', n }, at: start + n * 7 * day + 10 * hour });
  }
  due.push({ timepoint: { kind: 'day', n: 26 }, at: start + 26 * day + 11 * hour });
  due.push({ timepoint: { kind: 'month', n: 3 }, at: start + 91 * day + 12 * hour });
  const last = random.pick(['endOfTreatment', 'followUp'] as const);
  due.push({ timepoint: { kind: last }, at: end + 13 * hour });
  return due.toSorted((a, b) => a.at - b.at);
}

interface State {
  /** How bad it is, from 0 to 1. */
  readonly severity: number;
  readonly language: string;
  readonly byItem: boolean;
}

function assessmentOf(
  id: string,
  timepoint: Due['timepoint'],
  at: Wall,
  state: State,
  { clock, staff, stated, ...rest }: Setup,
  random: Random,
): Assessment {
  const answers = answersOf(state.severity, random.branch('answers'));
  const total = answers.reduce((sum, answer) => sum + answer, 0);
  const items = itemsOf(answers, state.byItem, random.branch('items'));
  const complete = items.filter(({ value }) => value !== undefined).length === answers.length;
  return {
    id,
    corrected: correctedAfter(at, { clock, staff, stated, ...rest }, random),
    instrument: 'phq9',
    instrumentVersion: random.maybe(stated(0.15), () => random.pick(['1999', 'v2/nb', '2.0'])),
    at: clock.loosely(at, random),
    answersChangedAt: random.maybe(stated(0.3), () => clock.moment(at + random.integer(1, 90) * minute, random)),
    timepoint: random.maybe(0.85, () => timepoint),
    rater: random.maybe(stated(0.5), () => (random.chance(0.85) ? 'patient' : 'clinician')),
    assessor: random.maybe(stated(0.25), () => staff.someone(random)),
    mode: random.maybe(stated(0.5), () => random.pick(['paper', 'digital', 'interview'])),
    language: random.maybe(stated(0.5), () => state.language),
    status: random.maybe(stated(0.5), () => (complete || random.chance(0.3) ? 'completed' : 'stopped')),
    items,
    statedTotal: random.maybe(complete ? 0.6 : 0.7, () =>
      // Adding nine numbers in one's head goes wrong now and then.
      written(random.chance(0.06) ? Math.max(0, total - 1) : total, random.chance(0.03) ? 1 : 0, random),
    ),
  };
}

const linkIds = [
  '44250-9',
  '44255-8',
  '44259-0',
  '44254-1',
  '44251-7',
  '44258-2',
  '44252-5',
  '44253-3',
  '44260-8',
] as const;

function answersOf(severity: number, random: Random): readonly number[] {
  return linkIds.map((linkId) => {
    // The last item asks for thoughts of death: rarer than the rest at the same severity.
    const level = linkId === '44260-8' ? severity * 0.5 : severity;
    return Math.min(3, Math.max(0, Math.round(level * 3 + random.between(-0.9, 0.9))));
  });
}

const difficulties = [
  ['LA6572-7', 'Not difficult at all'],
  ['LA6573-5', 'Somewhat difficult'],
  ['LA6575-0', 'Very difficult'],
  ['LA6574-3', 'Extremely difficult'],
] as const;

function itemsOf(answers: readonly number[], byItem: boolean, random: Random): AssessmentItem[] {
  // Some sources send the total alone.
  if (!byItem || random.chance(0.05)) return [];
  const missing = random.weighted([
    [88, 0],
    [8, 0.12],
    [4, 0.5],
  ]);
  const items: AssessmentItem[] = linkIds.flatMap((linkId, n) =>
    random.chance(missing) ? [] : [{ linkId, value: answers[n] ?? 0 }],
  );
  if (random.chance(0.3)) {
    const [code, display] = random.pick(difficulties);
    const system = 'http://loinc.org';
    items.push({ linkId: '69722-7', code: random.chance(0.6) ? { system, code, display } : { system, code } });
  }
  return items;
}
