/** A step of the schema. Once released it never changes: a further step follows it. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** SQL of SQLite, run in one transaction. */
  readonly statements: string;
}
