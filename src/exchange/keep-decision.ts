import type { CourseKey } from '../course/identity.ts';
import type { Decision, Effective, Known, SubmittedState } from './decision.ts';
import type { Issue } from '../outcome/issue.ts';
import type { AuditEntry, KeptSubmission, NewSubmission, StoreTransaction } from './store.ts';
import type { SubmissionWorld } from './submission-world.ts';

/** What became of a submitted text. */
export interface Submitted {
  /** Our id of the course; absent where the text is no course. */
  readonly id?: string;
  readonly state: SubmittedState;
  /** Our id of the submission that is kept of it. */
  readonly submission?: string;
  /** Our ids of the deliveries that it makes. */
  readonly deliveries: readonly string[];
  readonly issues: readonly Issue[];
}

/** Who it is about, and what is known of it. */
export interface Case {
  readonly id: string;
  readonly key: CourseKey;
  readonly known: Known;
  readonly tx: StoreTransaction;
  readonly world: SubmissionWorld;
  readonly at: number;
}

/** Writes down what was decided of a submission that is new. */
export async function keepDecision(
  decision: Decision,
  one: Case,
  { kind, text, hash, reason }: Pick<NewSubmission, 'kind' | 'text' | 'hash' | 'reason'>,
): Promise<Submitted> {
  const { id, tx, world, at } = one;
  const { state, issues, keep, twin } = decision;
  if (keep === undefined) {
    return { id, state, ...(twin !== undefined && { submission: twin }), deliveries: [], issues };
  }
  await keepCourse(one, decision.version);
  const submission = world.newId();
  const seq = await tx.keepSubmission({
    id: submission,
    courseId: id,
    kind,
    ...keep,
    hash,
    text,
    issues,
    ...(reason !== undefined && { reason }),
    receivedAt: at,
  });
  const deliveries = await keepChanges(decision, seq, one);
  await note(kind === 'withdrawal' ? 'withdrawn' : 'submitted', kind === 'withdrawal' ? id : submission, one);
  return { id, state, submission, deliveries, issues };
}

/** Writes down what was decided of one that was held. */
export async function keepRelease(decision: Decision, one: Case, kept: KeptSubmission): Promise<Submitted> {
  const { state, issues } = decision;
  const named = { id: one.id, state, submission: kept.id, issues };
  if (state === 'refused') return { ...named, deliveries: [] };
  await one.tx.changeSubmission(kept.seq, decision.keep ?? { state: 'superseded' });
  if (decision.version !== undefined) await keepCourse(one, decision.version);
  const deliveries = await keepChanges(decision, kept.seq, one);
  await note('released', kept.id, one);
  return { ...named, deliveries };
}

/** Until a snapshot comes, nobody has said whose the course is, and nothing is delivered. */
const nobody = { system: '', value: '' };

async function keepCourse({ id, key, known: { record }, tx }: Case, version: Effective | undefined): Promise<void> {
  const patient = version?.patient ?? record?.patient ?? nobody;
  if (record?.patient.system === patient.system && record.patient.value === patient.value) return;
  await tx.keepCourse({ id, key, patient });
}

async function keepChanges({ changes, version }: Decision, submissionSeq: number, one: Case): Promise<string[]> {
  const { id, tx, world, at } = one;
  const versionSeq =
    version === undefined
      ? undefined
      : await tx.keepVersion({ courseId: id, submissionSeq, hash: version.hash, text: version.text, at });
  for (const { seq, ...change } of changes) await tx.changeSubmission(seq, change);
  if (versionSeq === undefined) return [];
  const deliveries: string[] = [];
  for (const target of world.targets) {
    const delivery = world.newId();
    await tx.addDelivery({ id: delivery, courseId: id, versionSeq, target, mode: 'changes', dueAt: at, createdAt: at });
    deliveries.push(delivery);
  }
  return deliveries;
}

/** Who did what, when. */
export const note = (
  action: AuditEntry['action'],
  subject: string,
  { tx, world, at }: Omit<Case, 'id' | 'key' | 'known'>,
) => tx.audit({ at, actor: world.actor, action, subject });
