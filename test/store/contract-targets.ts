import { beforeEach, expect, test } from 'vitest';
import type { AuditEntry, Store } from '../../src/exchange/store.ts';
import { claim, finish, keepTargets, submit, target, type Open } from './rows.ts';

export function targetPromises(open: Open): void {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    return () => store.close();
  });

  test('a target is kept once, with the base that was said last, and what was learnt of it', async () => {
    await keepTargets(store);
    await store.transaction(async (tx) => {
      expect(await tx.knowledge(target)).toBeUndefined();
      await tx.keepKnowledge(target, { strategy: 'update-as-create', sizes: [1, 2.5] });
      await tx.keepTarget({ id: target, base: 'https://new.example/r4' });
      expect(await tx.targets()).toEqual([
        { id: 'first', base: 'https://new.example/r4' },
        { id: 'second', base: 'https://other.example/r4' },
      ]);
      expect(await tx.knowledge(target)).toEqual({ strategy: 'update-as-create', sizes: [1, 2.5] });
      expect(await tx.knowledge('nobody')).toBeUndefined();
    });
    await expect(store.transaction((tx) => tx.keepKnowledge('nobody', {}))).rejects.toThrow();
  });

  test('receipts are replaced, and listed by course in pages', async () => {
    await keepTargets(store);
    for (const mapping of ['m1', 'm2']) {
      for (const number of mapping === 'm1' ? [3, 1, 2] : [2]) {
        await store.transaction((tx) => submit(tx, number, { id: `${mapping} ${number}` }));
        const [taken] = await claim(store, 20);
        if (taken === undefined) throw new Error('nothing was due');
        const receipt = { versionSeq: taken.versionSeq, mapping, resources: `${number} ${mapping}`, at: 1 };
        await finish(store, taken, { receipt });
      }
    }
    await store.transaction(async (tx) => {
      const resources = async (page: Parameters<typeof tx.receipts>[1]) =>
        (await tx.receipts(target, page)).map((one) => one.resources);
      expect(await resources({ limit: 9 })).toEqual(['1 m1', '2 m2', '3 m1']);
      expect(await resources({ limit: 1, after: 'course-1' })).toEqual(['2 m2']);
      expect(await resources({ limit: 9, notMapping: 'm2' })).toEqual(['1 m1', '3 m1']);
      expect(await tx.receipt(target, 'course-2')).toMatchObject({ mapping: 'm2', versionSeq: 4 });
      expect(await tx.receipts('second', { limit: 9 })).toEqual([]);
    });
  });

  test('the audit trail tells who did what, in pages', async () => {
    const entries: AuditEntry[] = [
      { at: 5, actor: 'http', action: 'submitted', subject: 'a' },
      { at: 4, actor: 'cli', action: 'withdrawn', subject: 'b' },
      { at: 6, actor: 'cli', action: 'replayed', subject: 'a' },
    ];
    await store.transaction(async (tx) => {
      for (const entry of entries) await tx.audit(entry);
      expect(await tx.auditTrail({ limit: 2 })).toEqual([
        { seq: 1, ...entries[0] },
        { seq: 2, ...entries[1] },
      ]);
      expect(await tx.auditTrail({ limit: 2, after: 2 })).toEqual([{ seq: 3, ...entries[2] }]);
    });
  });

  test('an answer is given again until it is forgotten', async () => {
    const answer = { requestHash: 'r', status: 202, headers: { location: '/courses/1' }, body: '{"å":0.50}', at: 7 };
    await store.transaction(async (tx) => {
      await tx.keepAnswer({ keyHash: 'k', ...answer });
      await tx.keepAnswer({ keyHash: 'old', ...answer, at: 6 });
    });
    await expect(store.transaction((tx) => tx.keepAnswer({ keyHash: 'k', ...answer, status: 500 }))).rejects.toThrow();
    await store.transaction((tx) => tx.forgetAnswers(7));
    await store.transaction(async (tx) => {
      expect(await tx.answer('k')).toEqual(answer);
      expect(await tx.answer('old')).toBeUndefined();
    });
  });
}
