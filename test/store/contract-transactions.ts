import { beforeEach, expect, test } from 'vitest';
import type { Store, StoreTransaction } from '../../src/exchange/store.ts';
import { course, keepTargets, submit, type Open, type Opened } from './rows.ts';

export function transactionPromises(open: Open): void {
  let opened: Opened;
  let store: Store;

  beforeEach(async () => {
    opened = await open();
    ({ store } = opened);
    return () => store.close();
  });

  const courses = () => store.transaction((tx) => tx.courseIds({ limit: 100 }));

  test('one that throws leaves nothing', async () => {
    await keepTargets(store);
    const failing = store.transaction(async (tx) => {
      await submit(tx, 1, {});
      throw new Error('not this one');
    });
    await expect(failing).rejects.toThrow('not this one');
    expect(await courses()).toEqual([]);
    await store.transaction((tx) => submit(tx, 2, {}));
    expect(await courses()).toEqual(['course-2']);
    expect(await store.transaction((tx) => tx.deliveries({}, { limit: 9 }))).toHaveLength(1);
  });

  test('what failed within one cannot be passed over', async () => {
    const failing = store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      // No such course: the database refuses it.
      await tx.keepVersion({ courseId: 'nobody', submissionSeq: 1, hash: '', text: '', at: 1 }).catch(() => undefined);
      await tx.keepCourse(course(2)).catch(() => undefined);
      return 'all is well';
    });
    await expect(failing).rejects.toThrow();
    expect(await courses()).toEqual([]);
  });

  test('they run one after the other', async () => {
    const order: string[] = [];
    const one = (name: string) =>
      store.transaction(async (tx) => {
        order.push(`${name} begins`);
        await tx.courseIds({ limit: 1 });
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`${name} ends`);
        if (name === 'b') throw new Error('b');
      });
    const done = await Promise.allSettled([one('a'), one('b'), one('c')]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('what is left over of one does nothing', async () => {
    let left: StoreTransaction | undefined;
    await store.transaction(async (tx) => {
      left = tx;
    });
    await expect(left?.keepCourse(course(1))).rejects.toThrow('ended');
    expect(await courses()).toEqual([]);
  });

  test('two connections never see half of what the other does', async () => {
    if (opened.another === undefined) return;
    const other = await opened.another();
    // The target's knowledge is a counter that each reads, and writes one higher.
    const count = (from: Store) =>
      from.transaction(async (tx) => {
        const known = Number((await tx.knowledge('first')) ?? 0);
        await new Promise((resolve) => setTimeout(resolve, 1));
        await tx.keepKnowledge('first', known + 1);
      });
    try {
      await keepTargets(store);
      await Promise.all(Array.from({ length: 40 }, (_, index) => count(index % 2 === 0 ? store : other)));
      expect(await other.transaction((tx) => tx.knowledge('first'))).toBe(40);
    } finally {
      await other.close();
    }
  });

  test('there is room, and it is told', async () => {
    expect(await store.freeBytes()).toBeGreaterThan(0);
  });

  test('a store that is closed ends what was begun, and takes nothing more', async () => {
    const begun = store.transaction((tx) => tx.keepCourse(course(1)));
    const closed = store.close();
    await expect(store.transaction((tx) => tx.keepCourse(course(2)))).rejects.toThrow('closed');
    await expect(begun).resolves.toBeUndefined();
    await closed;
    await store.close();
    await expect(store.freeBytes()).rejects.toThrow('closed');
  });
}
