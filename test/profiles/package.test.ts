import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { everythingPublished, pages } from '../../profiles/make/artefacts.ts';
import { packageFiles } from '../../profiles/make/package-files.ts';
import { tgzOf } from '../../profiles/make/tar.ts';

const published = everythingPublished();
const files = packageFiles('1.2.3', published, pages(), [['NOTICE', 'Whose it is\n']]);

/** The files of a tar by their paths, read by its own rules. */
function entriesOf(tar: Buffer): Map<string, string> {
  const entries = new Map<string, string>();
  for (let at = 0; tar[at] !== 0;) {
    const path = tar.toString('utf8', at, tar.indexOf(0, at));
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    entries.set(path, tar.toString('utf8', at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

const entries = entriesOf(gunzipSync(tgzOf(files)));
const json = (path: string): unknown => JSON.parse(entries.get(path) ?? 'null');

test('the same files give the same bytes', () => {
  expect(tgzOf(files).equals(tgzOf(files))).toBe(true);
});

test('the manifest says what it is and needs R4 alone', () => {
  expect(json('package/package.json')).toMatchObject({
    name: 'coursebridge.fhir',
    version: '1.2.3',
    canonical: 'https://w3id.org/coursebridge',
    fhirVersions: ['4.0.1'],
    dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  });
});

test('every artefact is in it as it is in the repository, and in the index', () => {
  const index = json('package/.index.json') as { files: { filename: string; resourceType: string; id: string }[] };
  expect(index.files.map(({ resourceType, id }) => `${resourceType}-${id}.json`)).toEqual(
    index.files.map(({ filename }) => filename),
  );
  expect(index.files.length).toBe(published.length);
  for (const { text, artefact } of published) {
    expect(entries.get(`package/${artefact.resourceType}-${artefact.id}.json`)).toBe(text);
  }
});

test('pages and notices come along', () => {
  expect(entries.get('package/doc/NOTICE')).toBe('Whose it is\n');
  expect(entries.get('package/doc/index.md')).toContain('# coursebridge');
});

test('a name that a tar cannot hold is not cut', () => {
  expect(() => tgzOf([['x'.repeat(101), '']])).toThrow('too long');
});
