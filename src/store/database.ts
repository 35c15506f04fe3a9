import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { refuseForeign } from './migrate.ts';

export type Where = { readonly file: string } | 'memory';

/** How long SQLite itself waits for another process: it keeps this whole process waiting, so not for long. */
const waitMs = 20;

/** A connection with everything set that holds for it alone. May find the database busy: then it is to be tried again. */
export function connect(where: Where, maxBytes: number | undefined): DatabaseSync {
  if (where !== 'memory') ownedByUs(where.file);
  const db = new DatabaseSync(where === 'memory' ? ':memory:' : where.file, { timeout: waitMs });
  try {
    refuseForeign(db);
    for (const setting of settings) db.exec(`pragma ${setting}`);
    if (maxBytes !== undefined) db.exec(`pragma max_page_count = ${Math.max(1, Math.floor(maxBytes / pageBytes))}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A course is 20 kB of text: pages of this size take it in two pieces, and small ones in seven. */
export const pageBytes = 8192;

const settings = [
  `page_size = ${pageBytes}`,
  'journal_mode = wal',
  // With a write-ahead log a transaction is on disk when it is told so with FULL alone.
  'synchronous = full',
  'foreign_keys = on',
  'trusted_schema = off',
  'temp_store = memory',
  'cache_size = -16384',
  `wal_autocheckpoint = ${(32 << 20) / pageBytes}`,
  `journal_size_limit = ${64 << 20}`,
];

/** The file is made readable to its owner alone; SQLite gives its log and the log's index the same mode. */
function ownedByUs(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A file that is there is not opened here: closing it would end the locks that this process holds on it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600);
}
