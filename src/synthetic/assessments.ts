import type { Assessment, AssessmentItem } from '../course/schema.ts';
import type { Instrument } from '../definitions/instrument.ts';
import { answersTo } from './answers.ts';
import type { PlannedAssessment } from './assessment-plan.ts';
import { minute } from './clock.ts';
import { idsOf } from './ids.ts';
import type { Illness } from './illness.ts';
import type { Due } from './moments.ts';
import type { Random } from './random.ts';
import { scoresOf, statedOf } from './scores.ts';
import { correctedAfter, type Setup } from './setup.ts';

/** An assessment as it was written down, and what is known of it besides. */
export interface Taken extends Due {
  readonly instrument: Instrument;
  readonly assessment: Assessment;
  /** The sum of all answers, those too that were not written down. */
  readonly total: number | undefined;
}

/** The assessments of a course: falling, as one hopes, with a few missing answers and miscounted totals. */
export function assessmentsOf(
  planned: readonly PlannedAssessment[],
  illness: Illness,
  setup: Setup,
  random: Random,
): readonly Taken[] {
  const ids = idsOf('A', setup.habits, random.branch('ids'));
  const source = {
    language: random.pick(setup.programme.languages),
    byItem: random.chance(0.9),
    byUrl: random.chance(0.1),
  };
  return planned.map((one, n) => taken(ids(n + 1), one, illness, source, setup, random.branch(n)));
}

/** What a source does the same way for every assessment of a course. */
interface Source {
  readonly language: string;
  readonly byItem: boolean;
  /** It names instruments by their canonical urls. */
  readonly byUrl: boolean;
}

function taken(
  id: string,
  { instrument, burden, timepoint, at }: PlannedAssessment,
  illness: Illness,
  { language, byItem, byUrl }: Source,
  setup: Setup,
  random: Random,
): Taken {
  const { clock, staff, stated } = setup;
  const severity = burden * illness.severityAt(at);
  const answers = answersTo(instrument, severity, at, setup, random.branch('answers'));
  const scores = scoresOf(instrument, answers, severity, random.branch('scores'));
  const scored = new Set(instrument.scores.flatMap((score) => score.items));
  const items = byItem ? writtenItems(answers, scored, random.branch('items')) : [];
  const given = new Set(items.map(({ linkId }) => linkId));
  const complete = answers.every(({ linkId }) => given.has(linkId) || !scored.has(linkId));
  const assessment: Assessment = {
    id,
    corrected: correctedAfter(at, setup, random),
    instrument: byUrl ? instrument.url : instrument.key,
    instrumentVersion: random.maybe(stated(0.15), () => random.pick(['1999', 'v2/nb', '2.0'])),
    at: clock.loosely(at, random),
    answersChangedAt: random.maybe(stated(0.3), () => clock.moment(at + random.integer(1, 90) * minute, random)),
    timepoint: random.maybe(0.85, () => timepoint),
    rater: random.maybe(stated(0.5), () =>
      random.chance(instrument.key === 'madrs' ? 0.1 : 0.85) ? 'patient' : 'clinician',
    ),
    assessor: random.maybe(stated(0.25), () => staff.someone(random)),
    mode: random.maybe(stated(0.5), () => random.pick(['paper', 'digital', 'interview'])),
    language: random.maybe(stated(0.5), () => language),
    status: random.maybe(stated(0.5), () => (complete || random.chance(0.6) ? 'completed' : 'stopped')),
    items: [...items],
    ...statedOf(scores, items.length === 0, setup, random.branch('stated')),
  };
  return { instrument, timepoint, at, assessment, total: scores.get('total') };
}

/** What was written down of the answers: some sources send the totals alone, some patients leave out an item. */
function writtenItems(
  answers: readonly AssessmentItem[],
  scored: ReadonlySet<string>,
  random: Random,
): readonly AssessmentItem[] {
  if (random.chance(0.05)) return [];
  const missing = random.weighted([
    [88, 0],
    [8, 0.12],
    [4, 0.5],
  ]);
  // What counts nowhere is often left out, unless nothing counts.
  return answers.filter(({ linkId }) => !random.chance(scored.has(linkId) || scored.size === 0 ? missing : 0.6));
}
