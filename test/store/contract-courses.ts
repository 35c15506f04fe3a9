import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/exchange/store.ts';
import {
  claim,
  course,
  finish,
  idsOf,
  keepTargets,
  otherTarget,
  snapshot,
  submit,
  target,
  type Open,
  type Opened,
} from './rows.ts';

export function coursePromises(open: Open): void {
  let opened: Opened;
  let store: Store;

  beforeEach(async () => {
    opened = await open();
    ({ store } = opened);
    await keepTargets(store);
    return () => store.close();
  });

  test('a course is what it was kept as, and nothing before', async () => {
    expect(await store.transaction((tx) => tx.course('course-1'))).toBeUndefined();
    await store.transaction((tx) => tx.keepCourse(course(1)));
    expect(await store.transaction((tx) => tx.course('course-1'))).toEqual(course(1));
  });

  test('a course is kept once, and moves to another patient with all that it has', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, {});
      await tx.keepCourse(course(1));
      await tx.keepCourse(course(1, 7));
    });
    const kept = await store.transaction((tx) => tx.course('course-1'));
    expect(kept).toMatchObject(course(1, 7));
    expect(kept?.version).toBeDefined();
    expect(await store.transaction((tx) => tx.courseIds({ limit: 9 }))).toEqual(['course-1']);
  });

  test('the present version is the newest', async () => {
    await store.transaction(async (tx) => {
      await submit(tx, 1, { id: 'a' });
      await submit(tx, 2, { id: 'b' });
      const seq = await submit(tx, 1, { id: 'c' });
      const version = { seq, courseId: 'course-1', submissionSeq: 3, hash: 'hash', at: 1 };
      expect((await tx.course('course-1'))?.version).toEqual(version);
      expect(await tx.version(seq)).toEqual({ ...version, text: '{"of":"c"}' });
      expect(await tx.version(seq + 1)).toBeUndefined();
    });
  });

  test('a course that was asked for before it was kept is kept once all the same', async () => {
    await store.transaction(async (tx) => {
      await tx.course('course-1');
      await submit(tx, 1, { id: 'a' });
      await submit(tx, 1, { id: 'b' });
      expect((await tx.delivery('a'))?.state).toBe('superseded');
    });
    const failing = store.transaction(async (tx) => {
      await tx.course('course-2');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await store.transaction((tx) => tx.keepCourse(course(2)));
    await store.transaction((tx) => tx.keepCourse(course(2, 9)));
    expect(await store.transaction((tx) => tx.course('course-2'))).toEqual(course(2, 9));
  });

  test('courses are listed in pages', async () => {
    await store.transaction(async (tx) => {
      for (const number of [3, 1, 2]) await tx.keepCourse(course(number));
      expect(await tx.courseIds({ limit: 2 })).toEqual(['course-1', 'course-2']);
      expect(await tx.courseIds({ limit: 2, after: 'course-2' })).toEqual(['course-3']);
    });
  });

  test('a submission comes back as it was sent, to the last digit', async () => {
    const sent = snapshot('course-1', 's-1', {
      kind: 'partial',
      state: 'held',
      order: { version: Number.MAX_SAFE_INTEGER, recordedAt: -5 },
      text: '{ "dose": 0.50, "note": "æøå \u{1f600} \\u0000" }',
      issues: [{ code: 'unclaimed-resource', at: 'sessions[0]', facts: { counted: 6, of: '0.20', yes: true } }],
      reason: 'told by phone',
      receivedAt: 1_795_000_000_123,
    });
    await store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      const seq = await tx.keepSubmission(sent);
      expect(await tx.submission('s-1')).toEqual({ ...sent, seq });
      expect(await tx.submission('s-2')).toBeUndefined();
    });
  });

  test('the present state follows from all that is not superseded', async () => {
    await store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      await tx.keepCourse(course(2));
      for (const state of ['superseded', 'in-force', 'pending', 'held'] as const) {
        await tx.keepSubmission(snapshot('course-1', state, { state }));
        await tx.keepSubmission(snapshot('course-2', `other ${state}`, { state }));
      }
      expect(idsOf(await tx.submissionsInForce('course-1'))).toEqual(['in-force', 'pending', 'held']);
      expect((await tx.submissionsInForce('course-1'))[0]?.text).toBe('{"id":"in-force"}');
    });
  });

  test('the history has all of them, without their texts', async () => {
    await store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      await tx.keepSubmission(snapshot('course-1', 'b', { state: 'superseded' }));
      await tx.keepSubmission(snapshot('course-1', 'a'));
      const history = await tx.submissionsOf('course-1');
      expect(idsOf(history)).toEqual(['b', 'a']);
      expect(history.some((one) => 'text' in one)).toBe(false);
    });
  });

  test('a submission changes its state, and its order where it is told', async () => {
    await store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      const order = { version: 4, recordedAt: 5 };
      const seq = await tx.keepSubmission(snapshot('course-1', 'a', { state: 'held', order }));
      await tx.changeSubmission(seq, { state: 'superseded' });
      expect(await tx.submission('a')).toMatchObject({ state: 'superseded', order });
      await tx.changeSubmission(seq, { state: 'in-force', order: { recordedAt: 9 } });
      expect((await tx.submission('a'))?.order).toEqual({ recordedAt: 9 });
    });
  });

  test('what is held is listed in pages, over all courses', async () => {
    await store.transaction(async (tx) => {
      const seqs: number[] = [];
      for (const number of [1, 2, 3]) {
        await tx.keepCourse(course(number));
        await tx.keepSubmission(snapshot(course(number).id, `in force ${number}`));
        seqs.push(await tx.keepSubmission(snapshot(course(number).id, `held ${number}`, { state: 'held' })));
      }
      expect(idsOf(await tx.heldSubmissions({ limit: 2 }))).toEqual(['held 1', 'held 2']);
      expect(idsOf(await tx.heldSubmissions({ limit: 2, after: 'held 2' }))).toEqual(['held 3']);
      expect(idsOf(await tx.heldSubmissions({ limit: 2, after: seqs[0] ?? 0 }))).toEqual(['held 2', 'held 3']);
      await tx.changeSubmission(seqs[1] ?? 0, { state: 'in-force' });
      expect(idsOf(await tx.heldSubmissions({ limit: 9 }))).toEqual(['held 1', 'held 3']);
    });
  });

  test('a version has a text of its own where its submission says something else', async () => {
    const texts = await store.transaction(async (tx) => {
      await tx.keepCourse(course(1));
      const submissionSeq = await tx.keepSubmission(snapshot('course-1', 'a', { text: 'sent' }));
      const keep = (text: string) => tx.keepVersion({ courseId: 'course-1', submissionSeq, hash: text, text, at: 1 });
      const seqs = [await keep('sent'), await keep('merged')];
      return Promise.all(seqs.map(async (seq) => (await tx.version(seq))?.text));
    });
    expect(texts).toEqual(['sent', 'merged']);
  });

  test('what was undone is not taken for what another kept', async () => {
    const other = await opened.another?.();
    if (other === undefined) return;
    const first = snapshot('course-1', 'first', { text: 'undone' });
    await store.transaction((tx) => tx.keepCourse(course(1)));
    const failing = store.transaction(async (tx) => {
      await tx.keepSubmission(first);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    // Its number may well be that of the first, which nobody has seen.
    const kept = await other.transaction((tx) => tx.keepSubmission({ ...first, text: 'kept' }));
    await other.close();
    const version = { courseId: 'course-1', submissionSeq: kept, hash: 'h', text: 'undone', at: 1 };
    const seq = await store.transaction((tx) => tx.keepVersion(version));
    expect((await store.transaction((tx) => tx.version(seq)))?.text).toBe('undone');
  });

  test('a target may hold the newest version of which a delivery was begun', async () => {
    const version = (id: string, to = target) => store.transaction((tx) => submit(tx, 1, { id, target: to }));
    const sent = async () => (await store.transaction((tx) => tx.sentVersions('course-1'))).map(({ seq }) => seq);
    const first = await version('a');
    expect(await sent()).toEqual([]);
    const [taken] = await claim(store, 20);
    expect(await sent()).toEqual([first]);
    const second = await version('b');
    const elsewhere = await version('c', otherTarget);
    expect(await sent()).toEqual([first]);
    await claim(store, 20, { target: otherTarget });
    expect(await sent()).toEqual([first, elsewhere]);
    if (taken !== undefined) await finish(store, taken);
    const [next] = await claim(store, 20);
    expect(await sent()).toEqual([second, elsewhere]);
    if (next !== undefined) await finish(store, next, { state: 'refused' });
    await store.transaction((tx) => tx.restart('b', { dueAt: 60, mode: 'repair' }));
    expect(await sent()).toEqual([second, elsewhere]);
  });
}
