import { expect, onTestFinished, test } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { failedStates, replayDeliveries } from '../../src/exchange/operations.ts';
import type { AttemptEnd, Delivery } from '../../src/exchange/store.ts';
import { submitTexts } from '../../src/exchange/submit.ts';
import { openStore } from '../../src/store/open-store.ts';
import { smallCourse } from '../http/small-course.ts';

const targets = ['target-1', 'target-2'];

/** A store with courses, all of whose deliveries ended in one way. */
async function storeWith(count: number, state: AttemptEnd['state']) {
  const store = await openStore('memory');
  onTestFinished(() => store.close());
  let ids = 0;
  let now = 1000;
  const world = {
    store,
    definitions: shippedDefinitions,
    targets,
    limits: { parts: 5, share: 0.2 },
    now: () => now,
    newId: () => `id-${(ids += 1)}`,
    actor: 'test',
  };
  await store.transaction(async (tx) => {
    for (const id of targets) await tx.keepTarget({ id, base: `https://${id}.example` });
  });
  const texts = Array.from({ length: count }, (_, index) => ({
    text: smallCourse(String(index), { version: 1 }),
    kind: 'snapshot' as const,
  }));
  await submitTexts(texts, world);
  const end = async (mapping: string): Promise<void> => {
    for (const target of targets) {
      await store.transaction(async (tx) => {
        const claimed = await tx.claim({ target, now, leaseUntil: now + 10, lease: () => 'lease', limit: count });
        for (const { id, versionSeq } of claimed) {
          const receipt = { versionSeq, mapping, resources: [], at: now };
          const ended: AttemptEnd = { state, issues: [], at: now, open: false };
          await tx.finish(id, 'lease', state === 'delivered' ? { ...ended, receipt } : ended);
        }
      });
    }
  };
  await end('mapping-1');
  now += 1000;
  const all = (): Promise<readonly Delivery[]> => store.transaction((tx) => tx.deliveries({}, { limit: 10_000 }));
  return { world, all, end };
}

test('all that failed are sent again, however many there are', async () => {
  const { world, all } = await storeWith(700, 'given-up');
  const { replayed, unknown } = await replayDeliveries({ states: failedStates }, 'changes', world);
  expect([replayed.length, new Set(replayed).size, unknown]).toEqual([1400, 1400, []]);
  const deliveries = await all();
  expect(new Set(deliveries.map(({ state, attempts, dueAt }) => `${state} ${attempts} ${dueAt}`))).toEqual(
    new Set(['waiting 0 2000']),
  );
  const trail = await world.store.transaction((tx) => tx.auditTrail({ limit: 10_000 }));
  expect(trail.filter(({ action }) => action === 'replayed').map(({ subject }) => subject)).toEqual(replayed);
  expect(await replayDeliveries({ states: failedStates }, 'changes', world)).toEqual({ replayed: [], unknown: [] });
});

test('what has arrived is looked at on the target, whatever was asked for', async () => {
  const { world, all } = await storeWith(1, 'delivered');
  const [first] = await all();
  const ids = [first?.id ?? '', 'nothing'];
  expect(await replayDeliveries({ ids }, 'changes', world)).toEqual({ replayed: [first?.id], unknown: ['nothing'] });
  expect((await all())[0]).toMatchObject({ state: 'waiting', mode: 'repair' });
});

test('an older delivery brings the course as it is now, once', async () => {
  const { world, all } = await storeWith(1, 'delivered');
  const [old] = await all();
  const { deliveries } =
    (await submitTexts([{ text: smallCourse('0', { version: 2 }), kind: 'snapshot' }], world))[0] ?? {};
  const replayed = await replayDeliveries({ ids: [old?.id ?? '', deliveries?.[0] ?? ''] }, 'changes', world);
  expect(replayed).toEqual({ replayed: [deliveries?.[0]], unknown: [] });
});

test('what another mapping wrote goes once more, and nothing else', async () => {
  const { world, all, end } = await storeWith(3, 'delivered');
  expect((await replayDeliveries({ mapping: 'mapping-1' }, 'repair', world)).replayed).toEqual([]);
  const { replayed } = await replayDeliveries({ mapping: 'mapping-2' }, 'repair', world);
  expect(replayed).toHaveLength(6);
  const deliveries = await all();
  expect(deliveries.map(({ id, mode, state }) => [id, mode, state])).toEqual(
    deliveries.map(({ id }) => [id, 'repair', 'waiting']),
  );
  expect(new Set(replayed)).toEqual(new Set(deliveries.map(({ id }) => id)));
  await end('mapping-2');
  expect((await replayDeliveries({ mapping: 'mapping-2' }, 'repair', world)).replayed).toEqual([]);
});

test('what is in flight goes on as it is', async () => {
  const { world, all } = await storeWith(1, 'given-up');
  await replayDeliveries({ states: failedStates }, 'changes', world);
  const claim = { target: 'target-1', now: 3000, leaseUntil: 9000, lease: () => 'lease', limit: 1 };
  const [claimed] = await world.store.transaction((tx) => tx.claim(claim));
  expect(await replayDeliveries({ ids: [claimed?.id ?? ''] }, 'repair', world)).toEqual({ replayed: [], unknown: [] });
  expect((await all()).find(({ id }) => id === claimed?.id)).toMatchObject({ state: 'in-flight', mode: 'changes' });
});
