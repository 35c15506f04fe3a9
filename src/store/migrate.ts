import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from './migrations/migration.ts';
import { StoreFault } from './store-fault.ts';

/** Marks a file as ours: "CBrg", in the header of the database. */
const applicationId = 0x43427267;

/** Whether the database is ours, or has nothing in it yet. Reads, and writes nothing. */
export function refuseForeign(db: DatabaseSync): void {
  // In this order: another process may be making the tables, and marks the file in the same transaction.
  const tables = numberOf(db, 'select count(*) as tables from sqlite_schema', 'tables');
  const id = numberOf(db, 'pragma application_id', 'application_id');
  if (id !== applicationId && (id !== 0 || tables > 0)) throw new StoreFault('foreign');
}

/** Brings the schema up to the last of these steps, within a transaction that the caller has begun. */
export function migrate(db: DatabaseSync, steps: readonly Migration[]): void {
  db.exec('create table if not exists schema_version (number integer primary key, name text not null) strict');
  const reached = numberOf(db, 'select coalesce(max(number), 0) as reached from schema_version', 'reached');
  if (reached > (steps.at(-1)?.number ?? 0)) throw new StoreFault('newer');
  db.exec(`pragma application_id = ${applicationId}`);
  const note = db.prepare('insert into schema_version (number, name) values (?, ?)');
  for (const { number, name, statements } of steps.filter((step) => step.number > reached)) {
    db.exec(statements);
    note.run(number, name);
  }
}

function numberOf(db: DatabaseSync, sql: string, column: string): number {
  const value = db.prepare(sql).get()?.[column];
  return typeof value === 'number' ? value : 0;
}
