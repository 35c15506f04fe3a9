import { beforeEach, expect, test } from 'vitest';
import type { DeliveryState, Store } from '../../src/exchange/store.ts';
import {
  claim,
  claimOne,
  course,
  finish,
  idsOf,
  keepTargets,
  otherTarget,
  snapshot,
  submit,
  target,
  type Open,
} from './rows.ts';

const ends = ['delivered', 'in-part', 'refused', 'unresolved', 'given-up'] as const;
const restingOnPeople: readonly DeliveryState[] = ['refused', 'unresolved', 'given-up'];

export function deliveryPromises(open: Open): void {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await keepTargets(store);
    return () => store.close();
  });

  const delivery = (id: string) => store.transaction((tx) => tx.delivery(id));
  const stateOf = async (id: string) => (await delivery(id))?.state;

  test('a delivery waits, due when it was said', async () => {
    const versionSeq = await store.transaction((tx) =>
      submit(tx, 1, { id: 'a', mode: 'repair', dueAt: 12, createdAt: 11 }),
    );
    expect(await delivery('a')).toEqual({
      id: 'a',
      courseId: 'course-1',
      versionSeq,
      target,
      mode: 'repair',
      dueAt: 12,
      createdAt: 11,
      state: 'waiting',
      notification: 'none',
      attempts: 0,
      issues: [],
    });
    expect(await delivery('b')).toBeUndefined();
  });

  test('there is one for each version and target', async () => {
    const versionSeq = await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const again = { courseId: 'course-1', versionSeq, mode: 'changes', dueAt: 1, createdAt: 1 } as const;
    await store.transaction((tx) => tx.addDelivery({ ...again, id: 'b', target: otherTarget }));
    await expect(store.transaction((tx) => tx.addDelivery({ ...again, id: 'c', target }))).rejects.toThrow();
    expect(await delivery('c')).toBeUndefined();
    expect(await stateOf('a')).toBe('waiting');
  });

  test('a newer one supersedes an older one that waits, on its own target alone', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'old' });
      await submit(tx, 1, { id: 'elsewhere', target: otherTarget });
      await submit(tx, 2, { id: 'of another course' });
      await submit(tx, 1, { id: 'new', createdAt: 30 });
    });
    expect(await delivery('old')).toMatchObject({ state: 'superseded', notification: 'pending', endedAt: 30 });
    for (const id of ['elsewhere', 'of another course', 'new']) expect(await stateOf(id)).toBe('waiting');
    expect(idsOf(await claim(store, 40)).toSorted()).toEqual(['new', 'of another course']);
  });

  test.each(ends)('what was %s is superseded where it waited for a person', async (state) => {
    await store.transaction((tx) => submit(tx, 1, { id: 'old' }));
    await finish(store, await claimOne(store, 20), { state });
    await store.transaction((tx) => submit(tx, 1, { id: 'new' }));
    expect(await stateOf('old')).toBe(restingOnPeople.includes(state) ? 'superseded' : state);
  });

  test('one in flight is left alone, and superseded when it ends without having arrived', async () => {
    for (const state of [...ends, 'waiting'] as const) {
      const [old, young] = [`old ${state}`, `young ${state}`];
      await store.transaction((tx) => submit(tx, 1, { id: old }));
      const taken = await claimOne(store, 20);
      await store.transaction((tx) => submit(tx, 1, { id: young }));
      expect(await stateOf(old)).toBe('in-flight');
      expect(await claim(store, 20)).toEqual([]);
      await finish(store, taken, { state, dueAt: 90 });
      const arrived = state === 'delivered' || state === 'in-part';
      expect(await delivery(old)).toMatchObject({
        state: arrived ? state : 'superseded',
        notification: 'pending',
        endedAt: 50,
      });
      const next = await claimOne(store, 20);
      expect(next.id).toBe(young);
      await finish(store, next);
    }
  });

  test('one whose lease ran out is superseded too', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'old' }));
    const taken = await claimOne(store, 20);
    await store.transaction((tx) => submit(tx, 1, { id: 'young' }));
    const next = await claimOne(store, 35);
    expect(next).toMatchObject({ id: 'young', openSince: 35 });
    expect(await delivery('old')).toMatchObject({ state: 'superseded', notification: 'pending', endedAt: 35 });
    expect(await finish(store, taken)).toBe(false);
  });

  test.each(ends)('%s is an end, and the sender is to be told once', async (state) => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const taken = await claimOne(store, 20);
    await store.transaction((tx) => tx.noteTold(['a']));
    expect((await delivery('a'))?.notification).toBe('none');
    const issues = [{ code: 'target-unknown-outcome', at: 'sessions[1]' }] as const;
    expect(await finish(store, taken, { state, issues })).toBe(true);
    expect(await delivery('a')).toMatchObject({ state, issues, notification: 'pending', endedAt: 50, attempts: 1 });
    expect(await claim(store, 1e9)).toEqual([]);
    await store.transaction((tx) => tx.noteTold(['a', 'unknown']));
    expect((await delivery('a'))?.notification).toBe('told');
  });

  test('one that is to be tried again waits until then', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    await finish(store, await claimOne(store, 20), { state: 'waiting', dueAt: 70 });
    const waiting = await delivery('a');
    expect(waiting).toMatchObject({ state: 'waiting', dueAt: 70, notification: 'none', attempts: 1 });
    expect(waiting).not.toHaveProperty('endedAt');
    expect(await claim(store, 69)).toEqual([]);
    expect(await claimOne(store, 70)).toMatchObject({ id: 'a', attempts: 2 });
  });

  test('one that ended, or waits, is put back to the start', async () => {
    const restart = () => store.transaction((tx) => tx.restart('a', { dueAt: 60, mode: 'repair' }));
    expect(await restart()).toBe(false);
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    expect(await restart()).toBe(true);
    const taken = await claimOne(store, 60);
    expect(taken.mode).toBe('repair');
    expect(await restart()).toBe(false);
    await finish(store, taken, { state: 'given-up', issues: [{ code: 'target-unknown-outcome', at: '' }] });
    expect(await restart()).toBe(true);
    const back = await delivery('a');
    expect(back).toMatchObject({ state: 'waiting', dueAt: 60, attempts: 0, notification: 'none', issues: [] });
    expect(back).not.toHaveProperty('endedAt');
  });

  test('what a newer one has replaced is never sent again', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'old' }));
    await finish(store, await claimOne(store, 20));
    await store.transaction((tx) => submit(tx, 1, { id: 'replaced' }));
    await store.transaction((tx) => submit(tx, 1, { id: 'new' }));
    for (const id of ['old', 'replaced']) {
      expect(await store.transaction((tx) => tx.restart(id, { dueAt: 60, mode: 'changes' }))).toBe(false);
    }
    expect(await stateOf('old')).toBe('delivered');
  });

  test('a newer one on another target does not stand in the way', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    await store.transaction((tx) => submit(tx, 1, { id: 'b', target: otherTarget }));
    expect(await store.transaction((tx) => tx.restart('a', { dueAt: 60, mode: 'changes' }))).toBe(true);
  });

  test('after a clock was put back nothing waits for a time that is far away', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'far', dueAt: 900 });
      await submit(tx, 2, { id: 'near', dueAt: 30 });
      await submit(tx, 3, { id: 'elsewhere', dueAt: 900, target: otherTarget });
      await submit(tx, 4, { id: 'leased', dueAt: 1 });
    });
    await claimOne(store, 10, { leaseUntil: 900 });
    await store.transaction((tx) => tx.clampDue(target, 50));
    const due = async (id: string) => (await delivery(id))?.dueAt;
    expect(await Promise.all(['far', 'near', 'elsewhere', 'leased'].map(due))).toEqual([50, 30, 900, 50]);
  });

  test('deliveries are listed by state, course and target, the oldest first, in pages', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'd' });
      await submit(tx, 2, { id: 'c', target: otherTarget });
      await submit(tx, 1, { id: 'b' });
      await submit(tx, 3, { id: 'a' });
    });
    await store.transaction(async (tx) => {
      const all = { limit: 9 };
      expect(idsOf(await tx.deliveries({}, all))).toEqual(['d', 'c', 'b', 'a']);
      expect(idsOf(await tx.deliveries({}, { limit: 2, after: 'c' }))).toEqual(['b', 'a']);
      expect(idsOf(await tx.deliveries({}, { limit: 1, after: 'c' }))).toEqual(['b']);
      expect(idsOf(await tx.deliveries({}, { limit: 9, after: 'nobody' }))).toEqual([]);
      expect(idsOf(await tx.deliveries({ state: 'superseded' }, all))).toEqual(['d']);
      expect(idsOf(await tx.deliveries({ state: ['superseded', 'waiting'] }, all))).toEqual(['d', 'c', 'b', 'a']);
      const either = { state: ['superseded', 'waiting', 'waiting'] } as const;
      expect(idsOf(await tx.deliveries(either, { limit: 2 }))).toEqual(['d', 'c']);
      expect(idsOf(await tx.deliveries({ state: [] }, all))).toEqual([]);
      expect(idsOf(await tx.deliveries({ courseId: course(1).id }, all))).toEqual(['d', 'b']);
      expect(idsOf(await tx.deliveries({ target: otherTarget, state: 'waiting' }, all))).toEqual(['c']);
    });
  });

  test('how things stand', async () => {
    const standing = () => store.transaction((tx) => tx.standing(100));
    expect(await standing()).toEqual({ deliveries: {}, heldSubmissions: 0 });
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'a', createdAt: 11, dueAt: 1 });
      await submit(tx, 2, { id: 'b', createdAt: 12 });
      await submit(tx, 3, { id: 'c', createdAt: 13 });
      await tx.keepSubmission(snapshot('course-1', 'held', { state: 'held' }));
    });
    const [taken] = await claim(store, 20, { limit: 1 });
    expect(await standing()).toEqual({
      deliveries: { waiting: 2, 'in-flight': 1 },
      heldSubmissions: 1,
      oldestWaiting: 11,
    });
    if (taken !== undefined) await finish(store, taken);
    await store.transaction((tx) => submit(tx, 2, { id: 'd', createdAt: 14 }));
    expect(await standing()).toEqual({
      deliveries: { waiting: 2, delivered: 1, superseded: 1 },
      heldSubmissions: 1,
      oldestWaiting: 13,
    });
  });
}
