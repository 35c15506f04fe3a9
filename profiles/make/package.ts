/**
 * `npm run profiles:package`: writes coursebridge-fhir-<version>.tgz at the root, or names what is wrong and writes
 * nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { everythingPublished, pages, profiles } from './artefacts.ts';
import { faultsIn } from './faults.ts';
import { packageFiles } from './package-files.ts';
import { tgzOf } from './tar.ts';

const root = `${profiles}../`;
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
const { version } = JSON.parse(read('package.json')) as { readonly version: string };

const published = everythingPublished();
const faults = faultsIn(
  published.map(({ artefact }) => artefact),
  pages(),
);
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
} else {
  const file = `coursebridge-fhir-${version}.tgz`;
  const notices = ['LICENSE', 'NOTICE'].map((name) => [name, read(name)] as const);
  writeFileSync(`${root}${file}`, tgzOf(packageFiles(version, published, pages(), notices)));
  process.stdout.write(`${file}\n`);
}
