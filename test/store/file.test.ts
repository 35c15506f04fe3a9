import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StoreFull, type Store } from '../../src/exchange/store.ts';
import { connect } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { StoreFault } from '../../src/store/store-fault.ts';
import { linesOf, start } from './processes.ts';
import { course, snapshot } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keepText = (store: Store, id: string, bytes: number): Promise<unknown> =>
  store.transaction(async (tx) => {
    await tx.keepCourse(course(1));
    await tx.keepSubmission(snapshot('course-1', `${id} a`, { text: 'x' }));
    await tx.keepSubmission(snapshot('course-1', id, { text: 'x'.repeat(bytes) }));
  });

const submissionIds = async (store: Store): Promise<string[]> =>
  (await store.transaction((tx) => tx.submissionsOf('course-1'))).map(({ id }) => id);

test('nobody but its owner may read the store, its log, or its folder', async () => {
  const lines = await linesOf(start('modes.ts', join(folder, 'of', 'mine', 'store.sqlite')));
  expect(lines).toEqual(['. 700', 'store.sqlite 600', 'store.sqlite-shm 600', 'store.sqlite-wal 600']);
  expect(statSync(join(folder, 'of')).mode & 0o777).toBe(0o700);
});

test('a file that others could read is closed to them', async () => {
  const file = join(folder, 'restored.sqlite');
  await (await openStore({ file })).close();
  chmodSync(file, 0o644);
  await (await openStore({ file })).close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what is committed is on disk', () => {
  const db = connect({ file: join(folder, 'settings.sqlite') }, undefined);
  const setting = (name: string) => db.prepare(`pragma ${name}`).get()?.[name];
  // 2 is FULL: with a write-ahead log, NORMAL may lose what was committed when the power fails.
  expect([setting('journal_mode'), setting('synchronous'), setting('foreign_keys')]).toEqual(['wal', 2, 1]);
  db.close();
});

test('what was kept is there when the store is opened again', async () => {
  const file = join(folder, 'again.sqlite');
  const first = await openStore({ file });
  await keepText(first, 'kept', 10);
  await first.close();
  const second = await openStore({ file });
  expect(await submissionIds(second)).toEqual(['kept a', 'kept']);
  await second.close();
});

describe('without room', () => {
  test('nothing of a transaction is kept, and the store goes on when there is room again', async () => {
    const file = join(folder, 'full.sqlite');
    const maxBytes = 1 << 20;
    const small = await openStore({ file }, { maxBytes });
    const atFirst = await small.freeBytes();
    expect(atFirst).toBeLessThan(maxBytes);
    await keepText(small, 'first', 300_000);
    expect(atFirst - (await small.freeBytes())).toBeGreaterThan(290_000);
    const answer = { requestHash: '', status: 202, headers: {}, body: 'y'.repeat(200_000), at: 1 };
    await small.transaction((tx) => tx.keepAnswer({ keyHash: 'k', ...answer }));

    await expect(keepText(small, 'too much', 500_000)).rejects.toThrow(StoreFull);
    expect(await submissionIds(small)).toEqual(['first a', 'first']);
    await keepText(small, 'little', 1000);
    await small.transaction((tx) => tx.forgetAnswers(2));
    await keepText(small, 'more', 200_000);
    expect(await submissionIds(small)).toEqual(['first a', 'first', 'little a', 'little', 'more a', 'more']);
    await small.close();

    const large = await openStore({ file }, { maxBytes: 4 * maxBytes });
    await keepText(large, 'too much', 500_000);
    await large.close();
    // What is larger than the setting already can be read, and nothing is added.
    const smaller = await openStore({ file }, { maxBytes: 1 << 18 });
    expect(await smaller.freeBytes()).toBe(0);
    expect(await submissionIds(smaller)).toHaveLength(8);
    await expect(keepText(smaller, 'again', 300_000)).rejects.toThrow(StoreFull);
    await smaller.close();
  });

  test('in memory the setting holds too', async () => {
    const store = await openStore('memory', { maxBytes: 1 << 20 });
    await expect(keepText(store, 'too much', 2_000_000)).rejects.toThrow(StoreFull);
    await keepText(store, 'little', 1000);
    expect(await store.freeBytes()).toBeLessThan(1 << 20);
    await store.close();
  });

  test('a store that has no room to be made says so', async () => {
    await expect(openStore({ file: join(folder, 'tiny.sqlite') }, { maxBytes: 1 })).rejects.toThrow(StoreFull);
  });
});

describe('a file that cannot be used is refused in a fixed sentence, and left as it is', () => {
  const refusal = async (file: string): Promise<StoreFault> => {
    const fault: unknown = await openStore({ file }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(fault instanceof StoreFault)) throw new Error('it was not refused', { cause: fault });
    return fault;
  };

  test('no database', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'A text of some length, which stands here in place of a database.\n'.repeat(20));
    expect((await refusal(file)).kind).toBe('foreign');
    expect(statSync(file).size).toBe(1300);
  });

  test("somebody else's database", async () => {
    const file = join(folder, 'other.sqlite');
    const other = new DatabaseSync(file);
    other.exec('create table notes (text text)');
    other.close();
    expect(await refusal(file)).toMatchObject({ kind: 'foreign', message: expect.stringContaining('no database of') });
    const still = new DatabaseSync(file);
    expect(still.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'delete' });
    still.close();
  });

  test('a folder', async () => {
    const file = join(folder, 'folder.sqlite');
    mkdirSync(file);
    expect((await refusal(file)).kind).toBe('unopenable');
  });

  test('below a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect((await refusal(join(folder, 'file', 'store.sqlite'))).kind).toBe('unopenable');
  });
});
