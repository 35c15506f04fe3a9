import type { Compilable, Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

/** A value that SQLite keeps. */
export type Kept = string | number | null;

export type Parameters = Readonly<Record<string, Kept>>;

/** A query that is compiled once and asked often, with other parameters each time. */
export interface Query<P extends Parameters, Row> {
  readonly build: (db: Db, parameters: P) => Compilable<Row>;
}

/** `build` is given placeholders of the parameters' types: it may pass them on, and look into none. */
export const query = <P extends Parameters, Row>(build: Query<P, Row>['build']): Query<P, Row> => ({ build });

/** An answer of the database: a promise where it is asked over a wire, and none where it need not be waited for. */
export type Told<T> = T | Promise<T>;

/** Asks a database, within the transaction that is going on. Every fault ends the transaction. */
export interface Session {
  all<P extends Parameters, Row>(asked: Query<P, Row>, parameters: P): Told<Row[]>;
  first<P extends Parameters, Row>(asked: Query<P, Row>, parameters: P): Told<Row | undefined>;
  /** The number of rows that changed. */
  change<P extends Parameters>(asked: Query<P, unknown>, parameters: P): Told<number>;
  /** The number that the inserted row was given. */
  insert<P extends Parameters>(asked: Query<P, unknown>, parameters: P): Told<number>;
  /** A query whose shape depends on what is asked for, compiled each time. */
  list<Row>(build: (db: Db) => Compilable<Row>): Told<Row[]>;
  readonly memory: TransactionMemory;
}

/** What a transaction has seen itself, and need not ask for again: nobody else writes as long as it lasts. */
export class TransactionMemory {
  /** Courses that are not there. */
  readonly absentCourses = new Set<string>();
  /** Courses that were made, and have no delivery yet. */
  readonly newCourses = new Set<string>();
  /** The submission that was kept last. */
  submission: { readonly seq: number; readonly text: string } | undefined;
}

/** Stands in a compiled query where a parameter will stand. */
export class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A placeholder for whatever parameter is asked for. */
export const placeholders: unknown = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });
