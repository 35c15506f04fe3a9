import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/exchange/store.ts';
import { claim, claimOne, course, finish, idsOf, keepTargets, otherTarget, submit, type Open } from './rows.ts';

export function claimPromises(open: Open): void {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await keepTargets(store);
    return () => store.close();
  });

  const renew = (id: string, lease: string, until: number) => store.transaction((tx) => tx.renew(id, lease, until));

  test('what is taken has its version, its lease, and one more attempt', async () => {
    const versionSeq = await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const taken = await claimOne(store, 20, { lease: () => 'mine' });
    expect(taken).toEqual({
      id: 'a',
      courseId: 'course-1',
      versionSeq,
      target: 'first',
      mode: 'changes',
      dueAt: 35,
      createdAt: 10,
      state: 'in-flight',
      notification: 'none',
      attempts: 1,
      issues: [],
      lease: 'mine',
      version: { seq: versionSeq, courseId: 'course-1', submissionSeq: 1, hash: 'hash', text: '{"of":"a"}', at: 1 },
    });
    const { lease: _lease, version: _version, ...kept } = taken;
    expect(await store.transaction((tx) => tx.delivery('a'))).toEqual(kept);
  });

  test('only what is due on the target is taken, what is due longest first, and no more than asked for', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'fourth', dueAt: 20 });
      await submit(tx, 2, { id: 'second', dueAt: 11 });
      await submit(tx, 3, { id: 'first', dueAt: 10 });
      await submit(tx, 4, { id: 'third', dueAt: 11 });
      await submit(tx, 5, { id: 'not yet', dueAt: 21 });
      await submit(tx, 6, { id: 'elsewhere', target: otherTarget });
    });
    expect(idsOf(await claim(store, 20, { limit: 3 }))).toEqual(['first', 'second', 'third']);
    expect(idsOf(await claim(store, 20, { limit: 3 }))).toEqual(['fourth']);
    expect(idsOf(await claim(store, 20, { limit: 0 }))).toEqual([]);
  });

  test('never two of one patient, though another target may have one', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'a', patient: 1, dueAt: 1 });
      await submit(tx, 2, { id: 'b', patient: 1, dueAt: 2 });
      await submit(tx, 3, { id: 'c', patient: 2, dueAt: 3 });
      await submit(tx, 4, { id: 'd', patient: 1, target: otherTarget });
    });
    const [first, other] = await claim(store, 20, { limit: 2 });
    expect([first?.id, other?.id]).toEqual(['a', 'c']);
    expect(await claim(store, 20)).toEqual([]);
    expect((await claimOne(store, 20, { target: otherTarget })).id).toBe('d');
    if (first !== undefined) await finish(store, first);
    expect((await claimOne(store, 20)).id).toBe('b');
  });

  test('never two of one course, though it has moved to another patient', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'before', patient: 1 }));
    const taken = await claimOne(store, 20);
    await store.transaction((tx) => submit(tx, 1, { id: 'after', patient: 2 }));
    await store.transaction((tx) => submit(tx, 2, { id: 'of the new patient', patient: 2, dueAt: 11 }));
    expect(idsOf(await claim(store, 20))).toEqual(['of the new patient']);
    await finish(store, taken);
    expect(await claim(store, 20)).toEqual([]);
  });

  test('a patient with many deliveries does not stand in the way of others', async () => {
    await store.transaction(async (tx) => {
      for (let number = 1; number <= 50; number += 1) await submit(tx, number, { patient: 1, dueAt: number });
      await submit(tx, 51, { id: 'other', dueAt: 60 });
    });
    expect(idsOf(await claim(store, 100, { limit: 2 }))).toEqual(['delivery-1', 'other']);
  });

  test('a lease that is kept is not taken, and one that has run out is', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const first = await claimOne(store, 20);
    expect(await claim(store, 34)).toEqual([]);
    expect(await renew('a', first.lease, 50)).toBe(true);
    expect(await claim(store, 49)).toEqual([]);
    const second = await claimOne(store, 50);
    expect(second).toMatchObject({ id: 'a', attempts: 2, openSince: 50 });
    expect(second.lease).not.toBe(first.lease);
  });

  test('whoever lost the lease changes nothing any more', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const first = await claimOne(store, 20);
    const second = await claimOne(store, 35);
    const before = await store.transaction((tx) => tx.delivery('a'));
    expect(await renew('a', first.lease, 500)).toBe(false);
    const receipt = { versionSeq: first.versionSeq, mapping: 'm', resources: [], at: 1 };
    expect(await finish(store, first, { receipt })).toBe(false);
    expect(await store.transaction((tx) => tx.delivery('a'))).toEqual(before);
    expect(await store.transaction((tx) => tx.receipt('first', 'course-1'))).toBeUndefined();
    expect(await finish(store, second, { state: 'waiting', dueAt: 60, open: true })).toBe(true);
    expect(await finish(store, second)).toBe(false);
    expect(await renew('a', second.lease, 500)).toBe(false);
    expect(await renew('nobody', second.lease, 500)).toBe(false);
  });

  test('a lease that ran out is lost when another delivery of the patient is taken', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a', patient: 1 }));
    const first = await claimOne(store, 20);
    await store.transaction((tx) => submit(tx, 2, { id: 'b', patient: 1, dueAt: 1 }));
    expect((await claimOne(store, 35)).id).toBe('b');
    expect(await renew('a', first.lease, 500)).toBe(false);
    expect(await finish(store, first)).toBe(false);
  });

  test('an attempt that told everything leaves nothing open', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    expect(await claimOne(store, 20)).not.toHaveProperty('openSince');
    const again = await claimOne(store, 35);
    expect(again.openSince).toBe(35);
    await finish(store, again, { state: 'waiting', dueAt: 60, open: false });
    expect(await claimOne(store, 60)).not.toHaveProperty('openSince');
  });

  test('an attempt that lost an answer leaves the course open, for whichever delivery comes next', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    await finish(store, await claimOne(store, 20), { state: 'waiting', dueAt: 60, open: true, at: 30 });
    await store.transaction((tx) => submit(tx, 1, { id: 'b' }));
    await store.transaction((tx) => submit(tx, 2, { id: 'c' }));
    const [b, c] = await claim(store, 40);
    expect(b).toMatchObject({ id: 'b', openSince: 30 });
    expect(c).not.toHaveProperty('openSince');
  });

  test('an attempt that only waited for an open one does not put the time off', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const again = { state: 'waiting', open: true } as const;
    await finish(store, await claimOne(store, 20), { ...again, dueAt: 40, at: 30 });
    await finish(store, await claimOne(store, 40), { ...again, dueAt: 60, at: 41 });
    const third = await claimOne(store, 60);
    expect(third.openSince).toBe(30);
    await finish(store, third, { ...again, dueAt: 80, at: 79, lostAt: 70 });
    expect((await claimOne(store, 80)).openSince).toBe(70);
  });

  test('a lost answer is never forgotten for an earlier one', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const again = { state: 'waiting', open: true, dueAt: 40 } as const;
    await finish(store, await claimOne(store, 20), { ...again, at: 90 });
    await finish(store, await claimOne(store, 91), { ...again, at: 92, lostAt: 45 });
    expect((await claimOne(store, 93)).openSince).toBe(90);
  });

  test('what is open since a time that is yet to come, for the clock was put back, is open from now on', async () => {
    await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const again = { state: 'waiting', open: true, dueAt: 40 } as const;
    await finish(store, await claimOne(store, 20), { ...again, at: 90_000 });
    const second = await claimOne(store, 50);
    expect(second.openSince).toBe(50);
    await finish(store, second, { ...again, dueAt: 55, at: 51 });
    expect((await claimOne(store, 60)).openSince).toBe(50);
  });

  test('the receipt of an attempt comes with the next', async () => {
    const versionSeq = await store.transaction((tx) => submit(tx, 1, { id: 'a' }));
    const receipt = { versionSeq, mapping: 'm1', resources: [{ uuid: 'u' }], at: 44 };
    await finish(store, await claimOne(store, 20), { state: 'in-part', receipt });
    await store.transaction((tx) => submit(tx, 1, { id: 'b' }));
    const taken = await claimOne(store, 60);
    expect(taken.receipt).toEqual({ ...receipt, target: 'first', courseId: course(1).id });
    await finish(store, taken, { state: 'refused' });
    expect(await store.transaction((tx) => tx.receipt('first', 'course-1'))).toEqual(taken.receipt);
  });
}
