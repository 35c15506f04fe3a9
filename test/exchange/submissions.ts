import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import type { Store, StoreTransaction } from '../../src/exchange/store.ts';
import type { SubmissionWorld } from '../../src/exchange/submit.ts';
import { writeJson } from '../../src/json/json.ts';
import { openStore } from '../../src/store/open-store.ts';

/** A course with a dose, two sessions and a stated total. */
export const course: TreatmentCourse = {
  schemaVersion: '1',
  system: 'https://clinic.example/courses',
  id: 'C-17',
  patient: { system: 'https://clinic.example/patients', id: 'P-1' },
  status: 'active',
  sessions: [
    {
      id: '1',
      status: 'completed',
      at: '2026-01-05T09:00:00+01:00',
      administrations: [
        { id: '1', status: 'completed', substance: 'ketamine', route: 'IM', amount: { value: 35, unit: 'mg' } },
      ],
    },
    { id: '2', status: 'notDone', at: '2026-01-08T09:00:00+01:00' },
  ],
  assessments: [{ id: '1', instrument: 'phq9', at: '2026-01-05T08:00:00+01:00', statedTotal: 14 }],
};

/** A world over a store in memory, whose clock stands still and whose ids count up. */
export async function submissionWorld(more: Partial<SubmissionWorld> = {}): Promise<SubmissionWorld> {
  let ids = 0;
  const { store = await openStore('memory'), targets = ['t1'] } = more;
  await store.transaction(async (tx) => {
    for (const id of targets) await tx.keepTarget({ id, base: `https://${id}.example` });
  });
  return {
    store,
    definitions,
    targets,
    limits: { parts: 5, share: 0.2 },
    now: () => Date.UTC(2026, 3, 1, 12),
    newId: () => `id-${(ids += 1)}`,
    actor: 'test',
    ...more,
  };
}

export const snapshotOf = (json: object) => ({
  text: writeJson(json),
  kind: 'snapshot' as const,
});
export const partialOf = (partial: object) => ({ text: writeJson(partial), kind: 'partial' as const });

export const read = <T>(store: Store, look: (tx: StoreTransaction) => Promise<T>): Promise<T> =>
  store.transaction(look);

/** Begins every delivery that is due, so that a target may hold it. */
export const beginDeliveries = ({ store, now }: SubmissionWorld, target = 't1') =>
  store.transaction((tx) =>
    tx.claim({ target, now: now(), leaseUntil: now() + 15_000, lease: () => 'lease', limit: 100 }),
  );
