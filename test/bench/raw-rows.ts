import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { connect } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/migrations.ts';

/** A row as an insert takes it. */
export interface Row {
  readonly table: string;
  readonly values: readonly SQLInputValue[];
}

const tables = ['target', 'patient', 'course', 'submission', 'version', 'delivery', 'audit'];

/** Every row that a store's file has of courses with one submission each: course by course, as they were written. */
export function rowsIn(file: string): Row[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (table: string) => db.prepare(`select * from ${table}`).all();
  const row = (table: string, columns: Columns | undefined): Row[] =>
    columns === undefined ? [] : [{ table, values: Object.values(columns) }];
  const courses = new Map(all('course').map((course) => [course['id'], course]));
  const patients = new Map(all('patient').map((patient) => [patient['id'], patient]));
  const [versions, deliveries, trail] = [all('version'), all('delivery'), all('audit')];
  const rows = all('submission').flatMap((submission, index) => {
    const course = courses.get(submission['course_id'] ?? null);
    const patientId = course?.['patient_id'] ?? null;
    const patient = patients.get(patientId);
    patients.delete(patientId);
    return [
      ...row('patient', patient),
      ...row('course', course),
      ...row('submission', submission),
      ...row('version', versions[index]),
      ...row('delivery', deliveries[index]),
      ...row('audit', trail[index]),
    ];
  });
  const targets = all('target').flatMap((columns) => row('target', columns));
  db.close();
  return [...targets, ...rows];
}

type Columns = Readonly<Record<string, SQLInputValue>>;

/** A new database of the store's schema and settings, asked without the store. */
export class RawDatabase {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = connect({ file }, undefined);
    migrate(this.#db, migrations);
  }

  /** Inserts rows in one transaction, as fast as it can be done by hand. */
  insert(rows: readonly Row[]): void {
    const statements = new Map(
      tables.map((table) => {
        const columns = this.#db.prepare(`pragma table_info(${table})`).all().length;
        return [table, this.#db.prepare(`insert into ${table} values (${Array(columns).fill('?').join()})`)] as const;
      }),
    );
    this.#db.exec('begin immediate');
    for (const { table, values } of rows) statements.get(table)?.run(...values);
    this.#db.exec('commit');
  }

  close(): void {
    this.#db.close();
  }
}
