import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

const [from, to] = ['<!-- run -->', '<!-- /run -->'];

/** Puts a text in the place of the last run in the README. */
export async function writeTables(text: string): Promise<void> {
  const path = join(import.meta.dirname, 'README.md');
  const readme = readFileSync(path, 'utf8');
  const [start = '', rest = ''] = readme.split(from);
  const end = rest.split(to)[1] ?? '';
  const written = `${start}${from}\n\n${text}\n\n${to}${end}`;
  writeFileSync(path, await format(written, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' }));
}
