import { readdirSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { migrations } from '../../src/store/migrations/migrations.ts';
import { openStore, openStoreAt } from '../../src/store/open-store.ts';
import { claimOne, finish, keepTargets, submit } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every file of migrations is run, in the order of its number', () => {
  const files = readdirSync(new URL('../../src/store/migrations/', import.meta.url)).filter((name) => /^\d/.test(name));
  const names = migrations.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`);
  expect(names).toEqual(files.toSorted());
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
});

/** Every row of every table, as it stands in the file. */
function rowsIn(file: string): Map<string, unknown[]> {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = db.prepare("select name from sqlite_schema where type = 'table' order by name").all();
  const rows = tables.map(({ name }) => [String(name), db.prepare(`select * from ${String(name)}`).all()] as const);
  db.close();
  return new Map(rows);
}

describe('a store of the schema before', () => {
  for (let reached = 1; reached < migrations.length; reached += 1) {
    test(`opens with all that was kept under number ${reached}`, async () => {
      const file = join(folder, `${reached}.sqlite`);
      const older = await openStoreAt(migrations.slice(0, reached), { file });
      await keepTargets(older);
      await older.transaction(async (tx) => {
        await submit(tx, 1, { id: 'a' });
        await submit(tx, 2, { id: 'b' });
        await tx.audit({ at: 1, actor: 'cli', action: 'submitted', subject: 'course-1' });
      });
      const taken = await claimOne(older, 20, { limit: 1 });
      const receipt = { versionSeq: taken.versionSeq, mapping: 'm', resources: [], at: 1 };
      await finish(older, taken, { state: 'waiting', dueAt: 90, open: true, receipt });
      await older.close();
      const before = rowsIn(file);

      const newer = await openStore({ file });
      expect(await newer.transaction((tx) => tx.answer('k'))).toBeUndefined();
      await newer.close();
      const after = rowsIn(file);
      for (const [table, rows] of before) {
        if (table !== 'schema_version') expect(after.get(table), table).toEqual(rows);
      }
      expect(before.get('delivery')).toHaveLength(2);
      expect(after.get('schema_version')).toHaveLength(migrations.length);
      expect(after.get('answer')).toEqual([]);
    });
  }
});

test('a migration that fails leaves the store as it was', async () => {
  const file = join(folder, 'failing.sqlite');
  await (await openStoreAt(migrations.slice(0, 1), { file })).close();
  const failing = { number: 2, name: 'failing', statements: 'create table half (a text); create table half (a text);' };
  await expect(openStoreAt([...migrations.slice(0, 1), failing], { file })).rejects.toThrow('already exists');
  expect(rowsIn(file).has('half')).toBe(false);
  await (await openStore({ file })).close();
});

test('a store of a newer release is refused, and left as it is', async () => {
  const file = join(folder, 'newer.sqlite');
  const next = { number: migrations.length + 1, name: 'next', statements: 'create table next (a text)' };
  await (await openStoreAt([...migrations, next], { file })).close();
  const before = rowsIn(file);
  await expect(openStore({ file })).rejects.toMatchObject({ kind: 'newer', message: expect.stringContaining('newer') });
  expect(rowsIn(file)).toEqual(before);
});

test('the audit trail is only ever added to', async () => {
  const file = join(folder, 'audit.sqlite');
  const store = await openStore({ file });
  await store.transaction((tx) => tx.audit({ at: 1, actor: 'cli', action: 'submitted', subject: 'a' }));
  await store.close();
  const db = new DatabaseSync(file);
  expect(() => db.exec("update audit set actor = 'nobody'")).toThrow('only ever added to');
  expect(() => db.exec('delete from audit')).toThrow('only ever added to');
  db.close();
  expect(rowsIn(file).get('audit')).toEqual([{ seq: 1, at: 1, actor: 'cli', action: 'submitted', subject: 'a' }]);
});
