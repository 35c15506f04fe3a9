import { canonicalCourse } from '../../src/course/canonical.ts';
import type { Assessment, Session, TreatmentCourse } from '../../src/course/schema.ts';
import type { Random } from '../../src/synthetic/random.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';

/** A small course that nothing in it points across: any part can leave. */
export function beginning(seed: number): TreatmentCourse {
  const course = synthesize('norway', { seed, index: 0, size: 'small' });
  return canonicalCourse({
    ...course,
    assessments: (course.assessments ?? []).map(({ timepoint: _timepoint, ...rest }): Assessment => rest),
    psychotherapySessions: [],
    adverseEvents: [],
    interviews: [],
    outcomes: [],
    phaseTransitions: [],
  });
}

/** The next version: some part added, changed, gone or back again. `former` are the versions so far. */
export function next(former: readonly TreatmentCourse[], random: Random): TreatmentCourse {
  const [last] = former.slice(-1);
  if (last === undefined) throw new Error('no version to follow');
  const n = former.length;
  const { sessions = [], assessments = [], followUps = [] } = last;
  const make = random.weighted<() => TreatmentCourse>([
    [3, () => ({ ...last, sessions: without(sessions, random) })],
    [2, () => ({ ...last, sessions: sessions.map((one) => (random.chance(0.4) ? lighter(one, random) : one)) })],
    [
      3,
      () => ({ ...last, sessions: sessions.map((one) => (random.chance(0.3) ? { ...one, note: `note ${n}` } : one)) }),
    ],
    [2, () => ({ ...last, assessments: without(assessments, random) })],
    [2, () => ({ ...last, assessments: assessments.map((one) => answered(one, n)) })],
    [2, () => ({ ...last, followUps: [...followUps, { id: `f${n}`, mood: 'stable' }] })],
    [1, () => random.pick([last, ...former])],
    [1, () => ({ ...last, status: last.status === 'enteredInError' ? 'completed' : 'enteredInError' })],
  ]);
  return canonicalCourse(make());
}

const without = <T>(list: readonly T[], random: Random): T[] => {
  const index = random.integer(0, list.length);
  return list.filter((_, i) => i !== index);
};

function lighter(session: Session, random: Random): Session {
  const { readings = [], sideEffects = [] } = session;
  return { ...session, readings: without(readings, random), sideEffects: without(sideEffects, random) };
}

const answered = (assessment: Assessment, n: number): Assessment => ({
  ...assessment,
  items: assessment.items?.map((item, index) =>
    index === 0 && item.value !== undefined ? { ...item, value: n % 2 } : item,
  ),
});
