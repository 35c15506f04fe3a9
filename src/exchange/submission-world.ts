import type { Definitions } from '../definitions/definitions.ts';
import type { CourseRecord, KeptSubmission, Store, StoreTransaction } from './store.ts';
import type { Known } from './decision.ts';
import type { RetractionLimits } from './would-retract.ts';

/** What submissions are taken with. */
export interface SubmissionWorld {
  readonly store: Store;
  readonly definitions: Definitions;
  /** The ids of the targets that get a delivery of every version. */
  readonly targets: readonly string[];
  /** What a version may take back unasked. */
  readonly limits: RetractionLimits;
  readonly now: () => number;
  readonly newId: () => string;
  /** Who, for the audit trail: a name of ours for a way in. */
  readonly actor: string;
}

/** What the store knows of a course, without one of its submissions where that is to be decided of again. */
export async function knownOf(
  id: string,
  record: CourseRecord | undefined,
  tx: StoreTransaction,
  without?: KeptSubmission,
): Promise<Known> {
  const others = <T extends { readonly id: string }>(list: readonly T[]): readonly T[] =>
    without === undefined ? list : list.filter((one) => one.id !== without.id);
  const kept = record === undefined ? [] : others(await tx.submissionsInForce(id));
  return {
    record,
    kept,
    present: async () => {
      if (record?.version === undefined) return undefined;
      // A snapshot in force is the present version as a rule, and has been read already.
      const same = kept.find(({ kind, hash }) => kind !== 'partial' && hash === record.version?.hash);
      return same === undefined ? tx.version(record.version.seq) : { ...record.version, text: same.text };
    },
    sent: () => tx.sentVersions(id),
    history: async () => others(await tx.submissionsOf(id)),
  };
}
