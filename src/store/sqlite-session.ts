import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
} from 'kysely';
import {
  Placeholder,
  placeholders,
  TransactionMemory,
  type Kept,
  type Parameters,
  type Query,
  type Session,
} from './query.ts';
import type { Tables } from './schema.ts';

/** Kysely as a writer of SQL alone: the database is asked by prepared statements, without a promise in between. */
const writer = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

interface Prepared {
  readonly statement: StatementSync;
  readonly parameters: readonly unknown[];
}

/** A connection to SQLite that keeps what it has compiled and prepared. */
export class SqliteSession implements Session {
  memory = new TransactionMemory();
  /** Why the transaction cannot go on. */
  fault: Error | undefined;
  readonly #db: DatabaseSync;
  readonly #queries = new Map<Query<never, unknown>, Prepared>();
  readonly #statements = new Map<string, StatementSync>();
  #open = false;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  begin(): void {
    // What could not be undone when it failed, a full disk for one, is undone now.
    if (this.#db.isTransaction) this.statement('rollback').run();
    this.statement('begin immediate').run();
    this.memory = new TransactionMemory();
    this.fault = undefined;
    this.#open = true;
  }

  commit(): void {
    this.statement('commit').run();
    this.#open = false;
  }

  /** Whatever was begun is undone; SQLite has done so by itself where it could not go on. */
  rollback(): void {
    this.#open = false;
    if (this.#db.isTransaction) this.statement('rollback').run();
  }

  all<P extends Parameters, Row>(asked: Query<P, Row>, parameters: P): Row[] {
    const { statement, parameters: places } = this.#prepared(asked);
    return this.#guarded(() => statement.all(...bound(places, parameters))) as Row[];
  }

  first<P extends Parameters, Row>(asked: Query<P, Row>, parameters: P): Row | undefined {
    const { statement, parameters: places } = this.#prepared(asked);
    return this.#guarded(() => statement.get(...bound(places, parameters))) as Row | undefined;
  }

  change<P extends Parameters>(asked: Query<P, unknown>, parameters: P): number {
    const { statement, parameters: places } = this.#prepared(asked);
    return Number(this.#guarded(() => statement.run(...bound(places, parameters))).changes);
  }

  insert<P extends Parameters>(asked: Query<P, unknown>, parameters: P): number {
    const { statement, parameters: places } = this.#prepared(asked);
    // With RETURNING SQLite would look for rows that refer to the new one, through whole tables (fkey.c, isMultiWrite).
    return Number(this.#guarded(() => statement.run(...bound(places, parameters))).lastInsertRowid);
  }

  list<Row>(build: (db: Kysely<Tables>) => { compile(): CompiledQuery<Row> }): Row[] {
    const { sql, parameters } = build(writer).compile();
    return this.#guarded(() => this.statement(sql).all(...(parameters as Kept[]))) as Row[];
  }

  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  #prepared<P extends Parameters>(asked: Query<P, unknown>): Prepared {
    const known = this.#queries.get(asked);
    if (known !== undefined) return known;
    const { sql, parameters } = asked.build(writer, placeholders as P).compile();
    const made = { statement: this.statement(sql), parameters };
    this.#queries.set(asked, made);
    return made;
  }

  #guarded<T>(work: () => T): T {
    if (!this.#open) throw new Error('the transaction has ended');
    if (this.fault !== undefined) throw this.fault;
    try {
      return work();
    } catch (error) {
      // A database may have undone everything: whoever goes on all the same would write outside a transaction.
      this.fault = error instanceof Error ? error : new Error('the database failed', { cause: error });
      throw error;
    }
  }
}

function bound(places: readonly unknown[], parameters: Parameters): Kept[] {
  const values: Kept[] = [];
  for (const place of places) {
    values.push(place instanceof Placeholder ? (parameters[place.name] ?? null) : (place as Kept));
  }
  return values;
}
