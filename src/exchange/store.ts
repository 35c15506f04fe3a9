import type { Identifier, CourseKey } from '../course/identity.ts';
import type { Json } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';

/**
 * What must outlive the process: submissions, course versions, deliveries, receipts, an audit trail. Times are
 * milliseconds since 1970 of the caller's clock. Everything that holds patient data is named by an id of ours.
 */
export interface Store {
  /**
   * Runs the work as one transaction: when the promise resolves, all of it is on disk; when it rejects, none of it is.
   * Transactions of one process run one after the other. Throws `StoreFull` where there is no room, `StoreAway` where the
   * store cannot be used now.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /** Bytes that can still be written: what the disk has, or what the setting leaves, whichever is less. */
  freeBytes(): Promise<number>;
  close(): Promise<void>;
}

/** The disk, or the room that a setting leaves, is used up: nothing of the transaction was kept. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull';
}

/** The store cannot be used now: nothing of the transaction was kept. The message is a fixed sentence. */
export class StoreAway extends Error {
  override readonly name: string = 'StoreAway';
}

export interface StoreTransaction {
  // Courses and their submissions
  course(id: string): Promise<CourseRecord | undefined>;
  /** Makes the course, or finds it; a course that moved to another patient keeps its record's new patient. */
  keepCourse(course: NewCourse): Promise<void>;
  courseIds(page: Page): Promise<readonly string[]>;
  /**
   * What the course's present state follows from: all that is not superseded (in force, held, pending), in the order of
   * `seq`. Whoever keeps a newer snapshot notes which older submissions it supersedes.
   */
  submissionsInForce(courseId: string): Promise<readonly KeptSubmission[]>;
  /** All of them, the oldest first, without their texts: the history of the course. */
  submissionsOf(courseId: string): Promise<readonly Omit<KeptSubmission, 'text'>[]>;
  submission(id: string): Promise<KeptSubmission | undefined>;
  /** Held submissions of all courses, the oldest first. */
  heldSubmissions(page: Page): Promise<readonly Omit<KeptSubmission, 'text'>[]>;
  keepSubmission(submission: NewSubmission): Promise<number>;
  /** Another state, and, where it is released, the order that it has from now on. */
  changeSubmission(seq: number, change: { readonly state: SubmissionState; readonly order?: Order }): Promise<void>;

  // Versions: what a course is after a submission
  /** Becomes the course's present version. */
  keepVersion(version: NewVersion): Promise<number>;
  version(seq: number): Promise<CourseVersion | undefined>;
  /** Of each target the newest version of the course of which a delivery was ever begun: what it may hold. */
  sentVersions(courseId: string): Promise<readonly CourseVersion[]>;

  // Deliveries
  /**
   * One per course version and target. Those of the same course and target that still wait, for their time or for a
   * person, become `superseded`.
   */
  addDelivery(delivery: NewDelivery): Promise<void>;
  /**
   * Takes deliveries that are due: waiting and `dueAt` past, or in flight under a lease that has run out. Never two of
   * one patient, nor of one course, on one target; the one that is due longest first. Each gets a new `lease`, one more
   * attempt, and marks its course as open on the target. Leases that have run out are lost, whether taken anew or not.
   */
  claim(claim: Claim): Promise<readonly ClaimedDelivery[]>;
  /** Keeps the lease; false where it is no longer ours, and then nothing more may be written. */
  renew(id: string, lease: string, until: number): Promise<boolean>;
  /**
   * Ends an attempt. False, and nothing is changed, where the lease is no longer ours. What did not arrive is
   * `superseded` where a newer delivery of the same course and target waits behind it.
   */
  finish(id: string, lease: string, end: AttemptEnd): Promise<boolean>;
  delivery(id: string): Promise<Delivery | undefined>;
  /** The oldest first. */
  deliveries(filter: DeliveryFilter, page: Page): Promise<readonly Delivery[]>;
  /**
   * Puts a delivery that ended, or waits, back to the start: due then, no attempts. True where it did: not what is in
   * flight, and not what a newer delivery of the same course and target has replaced.
   */
  restart(id: string, restart: { readonly dueAt: number; readonly mode: DeliveryMode }): Promise<boolean>;
  /** Everything that waits or is in flight for a target later than `latest` becomes due then: for a clock that was put back. */
  clampDue(target: string, latest: number): Promise<void>;
  /** The sender has been told how the delivery ended. */
  noteTold(deliveryIds: readonly string[]): Promise<void>;

  // Targets and receipts
  keepTarget(target: { readonly id: string; readonly base: string }): Promise<void>;
  targets(): Promise<readonly { readonly id: string; readonly base: string }[]>;
  /** What was learnt of a target, in a form of the caller's own. */
  knowledge(target: string): Promise<Json | undefined>;
  keepKnowledge(target: string, knowledge: Json): Promise<void>;
  receipt(target: string, courseId: string): Promise<KeptReceipt | undefined>;
  /** Receipts of a target, the course ids in order, for verify and for replays of another mapping. */
  receipts(target: string, page: Page & { readonly notMapping?: string }): Promise<readonly KeptReceipt[]>;

  // Who did what, and what was answered
  audit(entry: AuditEntry): Promise<void>;
  auditTrail(page: Page): Promise<readonly (AuditEntry & { readonly seq: number })[]>;
  answer(keyHash: string): Promise<KeptAnswer | undefined>;
  keepAnswer(answer: KeptAnswer & { readonly keyHash: string }): Promise<void>;
  forgetAnswers(before: number): Promise<void>;

  // How things stand
  standing(now: number): Promise<Standing>;
}

/** A page of a list; `after` is the last id, or `seq` where there is one, of the page before. */
export interface Page {
  readonly limit: number;
  readonly after?: string | number;
}

export interface CourseRecord {
  /** courseServiceId. */
  readonly id: string;
  readonly key: CourseKey;
  readonly patient: Identifier;
  /** Undefined as long as only held submissions, or partials without a snapshot, are known. */
  readonly version?: Omit<CourseVersion, 'text'>;
}

export type NewCourse = Pick<CourseRecord, 'id' | 'key'> & { readonly patient: Identifier };

export type SubmissionKind = 'snapshot' | 'partial' | 'withdrawal';

/**
 * `in-force`: the present state rests on it. `superseded`: a newer one says it all. `held`: it waits for a person.
 * `pending`: a partial of a course that has no snapshot yet.
 */
export type SubmissionState = 'in-force' | 'superseded' | 'held' | 'pending';

/** What orders submissions of a course: the source's own version, or else when it recorded it (an instant, in ms). */
export interface Order {
  readonly version?: number;
  readonly recordedAt?: number;
}

export interface NewSubmission {
  /** An opaque id. */
  readonly id: string;
  readonly courseId: string;
  readonly kind: SubmissionKind;
  readonly state: SubmissionState;
  readonly order: Order;
  /** sha256 of the canonical text, in hex. */
  readonly hash: string;
  /** The submitted JSON, every digit as it was sent. */
  readonly text: string;
  readonly issues: readonly Issue[];
  readonly reason?: string;
  readonly receivedAt: number;
}
export type KeptSubmission = NewSubmission & { readonly seq: number };

export interface NewVersion {
  readonly courseId: string;
  /** The submission that brought it about. */
  readonly submissionSeq: number;
  readonly hash: string;
  /** The whole course as JSON. */
  readonly text: string;
  readonly at: number;
}
export type CourseVersion = NewVersion & { readonly seq: number };

/**
 * How a delivery is doing. `waiting` and `in-flight` go on by themselves; `refused` (the target said no),
 * `unresolved` (nobody can tell whether it arrived) and `given-up` wait for a person; the rest has ended.
 */
export type DeliveryState =
  'waiting' | 'in-flight' | 'delivered' | 'in-part' | 'refused' | 'unresolved' | 'given-up' | 'superseded';

/** `changes`: what the receipts say is missing. `repair`: the target itself is looked at, resource by resource. */
export type DeliveryMode = 'changes' | 'repair';

export interface NewDelivery {
  /** An opaque id. */
  readonly id: string;
  readonly courseId: string;
  readonly versionSeq: number;
  readonly target: string;
  readonly mode: DeliveryMode;
  readonly dueAt: number;
  readonly createdAt: number;
}

export interface Delivery extends NewDelivery {
  readonly state: DeliveryState;
  /** Whether the sender has asked for the receipt since the delivery ended. */
  readonly notification: 'none' | 'pending' | 'told';
  readonly attempts: number;
  readonly endedAt?: number;
  readonly issues: readonly Issue[];
}

export interface Claim {
  readonly target: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly lease: () => string;
  readonly limit: number;
}

export interface ClaimedDelivery extends Delivery {
  readonly lease: string;
  readonly version: CourseVersion;
  readonly receipt?: KeptReceipt;
  /**
   * An earlier attempt of this course on this target never told how it ended: something may have been written of which
   * no receipt knows. It is the last moment at which that attempt may have sent something.
   */
  readonly openSince?: number;
}

/** How an attempt ended: the delivery's next state, and what is known of the target now. */
export interface AttemptEnd {
  readonly state: Exclude<DeliveryState, 'in-flight' | 'superseded'>;
  readonly issues: readonly Issue[];
  readonly at: number;
  /** When to try again; for `waiting` alone. */
  readonly dueAt?: number;
  /** Absent where nothing new is known. */
  readonly receipt?: Omit<KeptReceipt, 'target' | 'courseId'>;
  /** Whether something may have been written of which the receipt does not tell. */
  readonly open: boolean;
  /** With `open`: when this attempt last lost an answer. Absent: what an attempt before it left open stays as it is. */
  readonly lostAt?: number;
}

/** What a target holds of a course, as far as we were told. */
export interface KeptReceipt {
  readonly target: string;
  readonly courseId: string;
  /** The version that the target was last told in full, or in part. */
  readonly versionSeq: number;
  /** The mapping that wrote it, and what was claimed: `writingOf`. */
  readonly mapping: string;
  /** Resource by resource, in a form of exchange/'s own. */
  readonly resources: Json;
  readonly at: number;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | readonly DeliveryState[];
  readonly courseId?: string;
  readonly target?: string;
}

export interface AuditEntry {
  readonly at: number;
  /** Who: a name of ours for a way in (`http`, `cli`), later an authenticated client. */
  readonly actor: string;
  readonly action: 'submitted' | 'replayed' | 'released' | 'withdrawn' | 'rejected';
  /** The id of ours that it was done to: of a course, a submission or a delivery. */
  readonly subject: string;
}

/** An answer that is given again when the same request comes again. */
export interface KeptAnswer {
  readonly requestHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

export interface Standing {
  readonly deliveries: Readonly<Partial<Record<DeliveryState, number>>>;
  readonly heldSubmissions: number;
  /** When the oldest delivery that waits or is in flight was created. */
  readonly oldestWaiting?: number;
}
