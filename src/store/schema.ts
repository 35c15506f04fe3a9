import type { GeneratedAlways } from 'kysely';
import type { AuditEntry, DeliveryMode, DeliveryState, SubmissionKind, SubmissionState } from '../exchange/store.ts';

/** The tables as Kysely sees them. What each column means stands in README.md beside this file. */
export interface Tables {
  readonly schema_version: { readonly number: number; readonly name: string };
  readonly patient: PatientTable;
  readonly course: CourseTable;
  readonly submission: SubmissionTable;
  readonly version: VersionTable;
  readonly target: TargetTable;
  readonly delivery: DeliveryTable;
  readonly receipt: ReceiptTable;
  readonly open_attempt: OpenAttemptTable;
  readonly audit: AuditTable;
  readonly answer: AnswerTable;
}

interface PatientTable {
  readonly id: GeneratedAlways<number>;
  readonly system: string;
  readonly value: string;
}

interface CourseTable {
  readonly id: string;
  readonly source_system: string;
  readonly source_id: string;
  readonly patient_id: number;
  readonly version_seq: number | null;
}

interface SubmissionTable {
  readonly seq: GeneratedAlways<number>;
  readonly id: string;
  readonly course_id: string;
  readonly kind: SubmissionKind;
  readonly state: SubmissionState;
  readonly order_version: number | null;
  readonly order_recorded_at: number | null;
  readonly hash: string;
  readonly issues: string;
  readonly reason: string | null;
  readonly received_at: number;
  readonly text: string;
}

interface VersionTable {
  readonly seq: GeneratedAlways<number>;
  readonly course_id: string;
  readonly submission_seq: number;
  readonly hash: string;
  readonly at: number;
  readonly text: string | null;
}

interface TargetTable {
  readonly id: string;
  readonly base: string;
  readonly knowledge: string | null;
}

interface DeliveryTable {
  readonly seq: GeneratedAlways<number>;
  readonly id: string;
  readonly course_id: string;
  readonly version_seq: number;
  readonly target: string;
  readonly patient_id: number;
  readonly mode: DeliveryMode;
  readonly state: DeliveryState;
  readonly notification: 'none' | 'pending' | 'told';
  readonly attempts: number;
  readonly begun: number;
  readonly due_at: number;
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly lease: string | null;
  readonly issues: string;
}

interface ReceiptTable {
  readonly target: string;
  readonly course_id: string;
  readonly version_seq: number;
  readonly mapping: string;
  readonly at: number;
  readonly resources: string;
}

interface OpenAttemptTable {
  readonly target: string;
  readonly course_id: string;
  readonly lease: string;
  readonly since: number;
}

interface AuditTable {
  readonly seq: GeneratedAlways<number>;
  readonly at: number;
  readonly actor: string;
  readonly action: AuditEntry['action'];
  readonly subject: string;
}

interface AnswerTable {
  readonly key_hash: string;
  readonly request_hash: string;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  readonly at: number;
}
