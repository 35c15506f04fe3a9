import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store, StoreTransaction } from '../exchange/store.ts';
import { connect, pageBytes, type Where } from './database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';
import { isBusy, storeFault } from './sqlite-fault.ts';
import { SqliteSession } from './sqlite-session.ts';
import { StoreFault } from './store-fault.ts';
import { transactionOver } from './store-transaction.ts';

export interface StoreLimits {
  /** How large the database may grow, its write-ahead log aside. */
  readonly maxBytes?: number;
}

/**
 * Opens the store in a file, which is made where there is none, or an empty one in memory. Several processes may have
 * one file open. Throws `StoreFault` for a file that cannot be used, and `StoreFull` where there is no room.
 */
export function openStore(where: Where, limits: StoreLimits = {}): Promise<Store> {
  return openStoreAt(migrations, where, limits);
}

/** The store with a schema of these steps alone: an older one, for tests. */
export async function openStoreAt(
  steps: readonly Migration[],
  where: Where,
  { maxBytes }: StoreLimits = {},
): Promise<Store> {
  try {
    const db = await whenFree(() => connect(where, maxBytes));
    const store = new SqliteStore(db, where, maxBytes);
    await store.migrate(steps);
    return store;
  } catch (error) {
    throw openFault(error);
  }
}

/** What the operating system refused is about the file or its folder. */
function openFault(error: unknown): unknown {
  const fault = storeFault(error);
  return fault instanceof Error && 'syscall' in fault ? new StoreFault('unopenable', fault) : fault;
}

/** Longer than any transaction of another process takes, on a slow disk too. */
const patienceMs = 60_000;

/** Tries until no other process stands in the way; this process does other things meanwhile. */
async function whenFree<T>(work: () => T): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let pause = 1; ; pause = Math.min(16, pause * 2)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await wait(pause);
    }
  }
}

class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #where: Where;
  readonly #maxBytes: number | undefined;
  readonly #session: SqliteSession;
  readonly #over: StoreTransaction;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(db: DatabaseSync, where: Where, maxBytes: number | undefined) {
    this.#db = db;
    this.#where = where;
    this.#maxBytes = maxBytes;
    this.#session = new SqliteSession(db);
    this.#over = transactionOver(this.#session);
  }

  async migrate(steps: readonly Migration[]): Promise<void> {
    try {
      await this.#within(async () => migrate(this.#db, steps));
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreFault('closed'));
    const done = this.#last.then(() => this.#within(() => work(this.#over)));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async freeBytes(): Promise<number> {
    if (this.#closed) throw new StoreFault('closed');
    return Math.min(roomOnDisk(this.#where), this.#roomBySetting());
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last;
    this.#db.close();
  }

  async #within<T>(work: () => Promise<T>): Promise<T> {
    try {
      await whenFree(() => this.#session.begin());
      const result = await work();
      if (this.#session.fault !== undefined) throw this.#session.fault;
      this.#session.commit();
      return result;
    } catch (error) {
      this.#session.rollback();
      throw storeFault(error);
    }
  }

  #roomBySetting(): number {
    if (this.#maxBytes === undefined) return Infinity;
    const pages = this.#pragma('page_count') - this.#pragma('freelist_count');
    return Math.max(0, this.#maxBytes - pages * pageBytes);
  }

  #pragma(name: string): number {
    return Number(this.#session.statement(`pragma ${name}`).get()?.[name]);
  }
}

/** Bytes that the disk, or the memory, has left for us. */
function roomOnDisk(where: Where): number {
  if (where === 'memory') return process.availableMemory();
  const { bavail, bsize } = statfsSync(dirname(where.file));
  return bavail * bsize;
}
