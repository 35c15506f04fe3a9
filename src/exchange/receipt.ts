import { courseServiceId } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import type { Issue } from '../outcome/issue.ts';

/** What happened to one resource of a course on the target. */
export interface ReceiptEntry {
  readonly type: string;
  /** The value of the resource's identifier; of a created Patient the course's own name for it, never the patient's. */
  readonly identifier: string;
  readonly at: string;
  readonly state: EntryState;
  readonly serverId?: string;
  readonly version?: string;
}

export type EntryState = 'created' | 'updated' | 'unchanged' | 'refused' | 'unknown' | 'not-sent';

/**
 * What a target holds of a course after a push. `delivered`: all of it. `refused`, `unavailable`: nothing was written.
 * `partly`: some was, and the issues list each resource. `unknown`: whether something was written is not known.
 */
export interface Receipt {
  readonly courseServiceId: string;
  readonly state: 'delivered' | 'refused' | 'unavailable' | 'unknown' | 'partly';
  readonly entries: readonly ReceiptEntry[];
  readonly issues: readonly Issue[];
  readonly counts: Readonly<Record<EntryState, number>>;
  readonly retryAfterSeconds?: number;
}

/** How one resource ended. */
export interface Ending {
  readonly state: EntryState;
  readonly serverId?: string;
  readonly version?: string;
}

export function receiptOf(
  course: TreatmentCourse,
  state: Receipt['state'],
  endings: readonly (readonly [MappedResource, Ending])[],
  issues: readonly Issue[],
): Receipt {
  const entries = endings.map(([{ resource, identifier, at }, ending]): ReceiptEntry => ({
    type: resource.resourceType,
    identifier: identifier.value,
    at,
    ...ending,
  }));
  return { courseServiceId: courseServiceId(course), state, entries, issues, counts: countsOf(entries) };
}

function countsOf(entries: readonly ReceiptEntry[]): Record<EntryState, number> {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0, unknown: 0, 'not-sent': 0 };
  for (const { state } of entries) counts[state] += 1;
  return counts;
}
