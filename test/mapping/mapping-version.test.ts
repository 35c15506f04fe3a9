import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mappingVersion } from '../../src/mapping/mapping-version.ts';

/** What the golden Bundles come to under each mapping: a new line wherever they change. */
const bytesOf: Readonly<Record<string, string>> = {
  '1': '16e86429ff0fa19d',
};

test('the mapping has another version wherever it writes other bytes', () => {
  const folder = new URL('../golden/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.bundle.json') && name !== 'retracted.bundle.json');
  const bundles = names.toSorted().map((name) => `${name} ${readFileSync(new URL(name, folder), 'utf8')}`);
  // A golden pair that is added or renamed changes this too: then the line of the present version is written anew.
  expect(hash('sha256', bundles.join('\n')).slice(0, 16)).toBe(bytesOf[mappingVersion]);
});
