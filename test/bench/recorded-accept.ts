import type { NewDelivery, NewSubmission, NewVersion, Store, StoreTransaction } from '../../src/exchange/store.ts';

/** One call that taking a submission makes of a store. */
type Call = (tx: StoreTransaction, numbers: Numbers) => Promise<unknown>;

/** What a store numbered otherwise than the one that the calls were made of. */
interface Numbers {
  readonly submissions: number[];
  readonly versions: number[];
}

const nothing = async (): Promise<undefined> => undefined;

/** A store that keeps nothing: what taking a submission costs without one. `calls` is told what was asked of it. */
export function emptyStore(calls?: Call[]): Store {
  let submissions = 0;
  let versions = 0;
  const known: Partial<StoreTransaction> = {
    course: (id) => noted((tx) => tx.course(id)),
    keepCourse: (course) => noted((tx) => tx.keepCourse(course)),
    submissionsInForce: async (id) => (await noted((tx) => tx.submissionsInForce(id))) ?? [],
    sentVersions: async (id) => (await noted((tx) => tx.sentVersions(id))) ?? [],
    keepSubmission: async (submission) => {
      await noted(keepSubmission(submission));
      return submissions++;
    },
    keepVersion: async (version) => {
      await noted(keepVersion(version));
      return versions++;
    },
    addDelivery: (delivery) => noted(addDelivery(delivery)),
    audit: (entry) => noted((tx) => tx.audit(entry)),
  };
  const noted = (call: Call): Promise<undefined> => {
    calls?.push(call);
    return nothing();
  };
  // Whatever else is asked of it is a fault of the bench.
  const tx = known as StoreTransaction;
  return { transaction: (work) => work(tx), freeBytes: async () => Infinity, close: nothing };
}

const keepSubmission =
  (submission: NewSubmission): Call =>
  async (tx, { submissions }) =>
    submissions.push(await tx.keepSubmission(submission));

const keepVersion =
  (version: NewVersion): Call =>
  async (tx, { submissions, versions }) =>
    versions.push(await tx.keepVersion({ ...version, submissionSeq: submissions[version.submissionSeq] ?? 0 }));

const addDelivery =
  (delivery: NewDelivery): Call =>
  (tx, { versions }) =>
    tx.addDelivery({ ...delivery, versionSeq: versions[delivery.versionSeq] ?? 0 });

/** Makes the same calls of another store, in one transaction. */
export const replay = (calls: readonly Call[], store: Store): Promise<void> =>
  store.transaction(async (tx) => {
    const numbers: Numbers = { submissions: [], versions: [] };
    for (const call of calls) await call(tx, numbers);
  });
