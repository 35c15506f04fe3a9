import { canonicalCourse } from '../course/canonical.ts';
import { partialOf } from '../course/partial.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { severityOf } from '../outcome/issue.ts';
import { decidePartial } from './decide-partial.ts';
import { decideSnapshot } from './decide-snapshot.ts';
import { refusal, type Decision, type Incoming } from './decision.ts';
import { courseIn, groundOf } from './ground.ts';
import { keepDecision, keepRelease, note, type Submitted } from './keep-decision.ts';
import { allOtherInForce, effectiveOf, inForce } from './settle.ts';
import type { KeptSubmission } from './store.ts';
import { knownOf, type SubmissionWorld } from './submission-world.ts';

/** What a person decides: a course is taken back, a held submission is let go or turned down. */

/**
 * Takes a whole course back: all of it becomes entered in error, on every target, whatever it held.
 * @param reason goes to the targets: no names.
 */
export function withdrawCourse(id: string, reason: string, world: SubmissionWorld): Promise<Submitted> {
  return world.store.transaction(async (tx) => {
    const record = await tx.course(id);
    if (record?.version === undefined) return refused('course-unknown');
    const known = await knownOf(id, record, tx);
    const ground = groundOf(known);
    const present = await known.present();
    if (present === undefined) return refused('course-unknown');
    if (ground.base?.kind === 'withdrawal') {
      return { id, state: 'unchanged', submission: ground.base.id, deliveries: [], issues: [] };
    }
    const at = world.now();
    const course = withdrawn(courseIn(present.text), at, reason);
    const { issues } = acceptCourse(course as unknown as Json, world.definitions);
    const faults = issues.filter((issue) => severityOf(issue) === 'error');
    if (faults.length > 0) return { id, state: 'refused', deliveries: [], issues: faults };
    const effective = effectiveOf(course);
    const decision = inForce(ground.newest, effective, known, allOtherInForce(known), []);
    return keepDecision(
      decision,
      { id, key: record.key, known, tx, world, at },
      { kind: 'withdrawal', ...effective, reason },
    );
  });
}

const withdrawn = (course: TreatmentCourse, at: number, reason: string): TreatmentCourse =>
  canonicalCourse({ ...course, status: 'enteredInError', corrected: { at: new Date(at).toISOString(), reason } });

/** Puts a held submission in force, as if it had come now and nothing spoke against it. */
export function releaseSubmission(submissionId: string, world: SubmissionWorld): Promise<Submitted> {
  return world.store.transaction(async (tx) => {
    const kept = await tx.submission(submissionId);
    if (kept === undefined) return refused('submission-unknown');
    if (kept.state !== 'held') return { ...refused('not-held'), id: kept.courseId, submission: kept.id };
    const record = await tx.course(kept.courseId);
    if (record === undefined) throw new Error('a submission is of a course');
    const known = await knownOf(kept.courseId, record, tx, kept);
    const terms = { definitions: world.definitions, limits: world.limits, released: true };
    const decision = await decideAgain(kept, (incoming) =>
      incoming.kind === 'snapshot' ? decideSnapshot(incoming, known, terms) : decidePartial(incoming, known, terms),
    );
    return keepRelease(decision, { id: record.id, key: record.key, known, tx, world, at: world.now() }, kept);
  });
}

async function decideAgain(
  { kind, text, hash }: KeptSubmission,
  decide: (incoming: Incoming) => Promise<Decision>,
): Promise<Decision> {
  const course = courseIn(text);
  if (kind === 'snapshot') return decide({ kind, course, text, hash, issues: [] });
  if (kind === 'partial') {
    return decide({ kind, partial: partialOf(course as unknown as JsonObject), text, hash, issues: [] });
  }
  return refusal([{ code: 'not-held', at: '' }]);
}

/** Turns a held submission down, or one that waits for what never comes: it is kept, and changes nothing. */
export function rejectSubmission(submissionId: string, world: SubmissionWorld): Promise<Submitted> {
  return world.store.transaction(async (tx) => {
    const kept = await tx.submission(submissionId);
    if (kept === undefined) return refused('submission-unknown');
    const named = { id: kept.courseId, submission: kept.id };
    if (!isWaiting(kept)) return { ...refused('not-held'), ...named };
    await tx.changeSubmission(kept.seq, { state: 'superseded' });
    await note('rejected', kept.id, { tx, world, at: world.now() });
    return { ...named, state: 'superseded', deliveries: [], issues: [] };
  });
}

const isWaiting = ({ state }: KeptSubmission): boolean => state === 'held' || state === 'pending';

const refused = (code: 'course-unknown' | 'submission-unknown' | 'not-held'): Submitted => ({
  state: 'refused',
  deliveries: [],
  issues: [{ code, at: '' }],
});
