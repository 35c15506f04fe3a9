import type { Identifier } from '../course/identity.ts';
import type { PartialCourse } from '../course/partial.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Issue } from '../outcome/issue.ts';
import type { CourseRecord, CourseVersion, KeptSubmission, Order, SubmissionState } from './store.ts';
import type { RetractionLimits } from './would-retract.ts';

/** What became of a submission. */
export type SubmittedState = 'accepted' | 'unchanged' | 'superseded' | 'held' | 'pending' | 'refused';

/** A submission that is right in itself. */
export type Incoming = IncomingSnapshot | IncomingPartial;

export interface IncomingSnapshot extends IncomingText {
  readonly kind: 'snapshot';
  /** In its canonical form. */
  readonly course: TreatmentCourse;
}

export interface IncomingPartial extends IncomingText {
  readonly kind: 'partial';
  readonly partial: PartialCourse;
}

interface IncomingText {
  /** What is kept of it: of a snapshot the canonical text, of a partial what was sent. */
  readonly text: string;
  /** The same for what says the same. */
  readonly hash: string;
  /** What is worth saying of it, but no fault. */
  readonly issues: readonly Issue[];
}

/** What is known of the course of a submission; asked for only where it is needed. */
export interface Known {
  readonly record: CourseRecord | undefined;
  /** Everything in force, pending or held, the oldest first. */
  readonly kept: readonly KeptSubmission[];
  /** The present version. */
  readonly present: () => Promise<CourseVersion | undefined>;
  /** Of each target the newest version that it may hold. */
  readonly sent: () => Promise<readonly CourseVersion[]>;
  /** Everything that was ever kept, the oldest first. */
  readonly history: () => Promise<readonly Omit<KeptSubmission, 'text'>[]>;
}

export interface Terms {
  readonly definitions: Definitions;
  readonly limits: RetractionLimits;
  /** Whether a person has said that it shall be in force: it is never held. Its kept self is then not among the known. */
  readonly released: boolean;
}

/** What is to be done about a submission. */
export interface Decision {
  readonly state: SubmittedState;
  readonly issues: readonly Issue[];
  /** The kept submission that says the same: this one is not kept. */
  readonly twin?: string;
  /** How it is kept, where it is. */
  readonly keep?: { readonly state: SubmissionState; readonly order: Order };
  /** What becomes of others. */
  readonly changes: readonly Change[];
  /** The course from now on, where that is another. */
  readonly version?: Effective;
}

export interface Change {
  readonly seq: number;
  readonly state: SubmissionState;
  readonly order?: Order;
}

export interface Effective {
  readonly text: string;
  readonly hash: string;
  readonly patient: Identifier;
}

/** A decision that leaves everything as it is. */
export const refusal = (issues: readonly Issue[]): Decision => ({ state: 'refused', issues, changes: [] });

/** What is said when the same comes again. */
export function again({ id, state, issues }: Pick<KeptSubmission, 'id' | 'state' | 'issues'>): Decision {
  return { state: state === 'in-force' ? 'unchanged' : state, issues, twin: id, changes: [] };
}
