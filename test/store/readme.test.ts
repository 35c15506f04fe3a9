import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/migrations.ts';

const readme = readFileSync(new URL('../../src/store/README.md', import.meta.url), 'utf8');

/** The tables of the page, each with its columns and whether there is an example of every one. */
function described(page: string): Record<string, string[]> {
  const sections = page.split(/^## /m).slice(1);
  return Object.fromEntries(sections.map((section) => [section.slice(0, section.indexOf('\n')), columnsIn(section)]));
}

/** The first cells of rows whose last is an example. */
const columnsIn = (section: string): string[] =>
  [...section.matchAll(/^\| `(\w+)` +\|[^|]*\| `[^`]+` +\|$/gm)].map(([, column = '']) => column);

function actual(): Record<string, string[]> {
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations);
  const tables = db.prepare("select name from sqlite_schema where type = 'table'").all();
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      db
        .prepare(`pragma table_info(${String(name)})`)
        .all()
        .map((row) => row['name']),
    ]),
  ) as Record<string, string[]>;
}

test('every table and column stands in the README, with an example', () => {
  expect(described(readme)).toEqual(actual());
});

test('a column without an example is missed', () => {
  expect(described('## a\n| `b` | text |\n| `c` | text | `1` |\n')).toEqual({ a: ['c'] });
});
