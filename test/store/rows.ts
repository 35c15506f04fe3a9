import type {
  AttemptEnd,
  Claim,
  ClaimedDelivery,
  NewDelivery,
  NewSubmission,
  Store,
  StoreTransaction,
} from '../../src/exchange/store.ts';

/** A store, opened empty for one test. */
export interface Opened {
  readonly store: Store;
  /** One more connection to the same data, as another process has. */
  readonly another?: () => Promise<Store>;
}
export type Open = () => Promise<Opened>;

export const target = 'first';
export const otherTarget = 'second';

/** The course of this number; its patient is of the same number, or of another. */
export const course = (number: number, patient = number) => ({
  id: `course-${number}`,
  key: { system: 'https://clinic.example/courses', id: `C-${number}` },
  patient: { system: 'https://clinic.example/patients', value: `P-${patient}` },
});

export const snapshot = (courseId: string, id: string, more: Partial<NewSubmission> = {}): NewSubmission => ({
  id,
  courseId,
  kind: 'snapshot',
  state: 'in-force',
  order: {},
  hash: `hash of ${id}`,
  text: `{"id":"${id}"}`,
  issues: [],
  receivedAt: 1,
  ...more,
});

export const keepTargets = (store: Store): Promise<void> =>
  store.transaction(async (tx) => {
    await tx.keepTarget({ id: target, base: 'https://fhir.example/r4' });
    await tx.keepTarget({ id: otherTarget, base: 'https://other.example/r4' });
  });

/** A course version with its delivery, as one submission brings it about; the number of the version. */
export async function submit(
  tx: StoreTransaction,
  number: number,
  delivery: Partial<NewDelivery> & { patient?: number },
) {
  const { patient, ...more } = delivery;
  const { id: courseId } = course(number);
  await tx.keepCourse(course(number, patient));
  const id = more.id ?? `delivery-${number}`;
  const text = `{"of":"${id}"}`;
  const submissionSeq = await tx.keepSubmission(snapshot(courseId, `submission of ${id}`, { text }));
  const versionSeq = await tx.keepVersion({ courseId, submissionSeq, hash: 'hash', text, at: 1 });
  await tx.addDelivery({
    id,
    courseId,
    versionSeq,
    target,
    mode: 'changes',
    dueAt: 10,
    createdAt: 10,
    ...more,
  });
  return versionSeq;
}

let leases = 0;

export const claimAt = (now: number, more: Partial<Claim> = {}): Claim => ({
  target,
  now,
  leaseUntil: now + 15,
  lease: () => `lease-${(leases += 1)}`,
  limit: 100,
  ...more,
});

export const claim = (store: Store, now: number, more: Partial<Claim> = {}): Promise<readonly ClaimedDelivery[]> =>
  store.transaction((tx) => tx.claim(claimAt(now, more)));

/** Takes the one delivery that is due. */
export async function claimOne(store: Store, now: number, more: Partial<Claim> = {}): Promise<ClaimedDelivery> {
  const [one, ...others] = await claim(store, now, more);
  if (one === undefined || others.length > 0) throw new Error(`${others.length + (one === undefined ? 0 : 1)} are due`);
  return one;
}

export const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

export const finish = (store: Store, taken: ClaimedDelivery, end: Partial<AttemptEnd> = {}): Promise<boolean> =>
  store.transaction((tx) =>
    tx.finish(taken.id, taken.lease, { state: 'delivered', issues: [], at: 50, open: false, ...end }),
  );
