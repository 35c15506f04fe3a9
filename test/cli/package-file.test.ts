import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { tgzOf } from '../../profiles/make/tar.ts';
import { readPackage } from '../../src/cli/package-file.ts';
import { ourPackage } from '../conformance/our-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function written(bytes: Uint8Array): string {
  files += 1;
  const file = join(folder, `${files}.tgz`);
  writeFileSync(file, bytes);
  return file;
}

const manifest = ['package/package.json', '{"name":"a","version":"1.0.0","fhirVersions":["4.0.1"]}'] as const;
const set = [
  'package/ValueSet-a.json',
  '{"resourceType":"ValueSet","url":"https://example.org/a","status":"draft"}',
] as const;
const issuesOf = async (bytes: Uint8Array): Promise<unknown> => (await readPackage(written(bytes))).issues;

test('our own package is read', async () => {
  const file = ourPackage();
  const { name, version, resources, issues } = await readPackage(file);
  rmSync(join(file, '..'), { recursive: true });
  expect({ name, version, issues }).toEqual({
    name: expect.stringContaining('coursebridge') as string,
    version: '0.1.0',
    issues: [],
  });
  const count = (type: string): number => resources.filter(({ resourceType }) => resourceType === type).length;
  expect(['StructureDefinition', 'ValueSet', 'CodeSystem', 'Questionnaire'].map((type) => count(type) > 10)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(resources.every(({ url }) => typeof url === 'string')).toBe(true);
});

test('what lies in folders, and what is no definition, is passed over', async () => {
  const { resources } = await readPackage(
    written(
      tgzOf([
        manifest,
        set,
        ['package/example/ValueSet-b.json', set[1]],
        ['package/other/package.json', '{'],
        ['package/Patient-a.json', '{"resourceType":"Patient"}'],
        ['package/Bundle-a.json', '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ValueSet"}}]}'],
        ['package/.index.json', '{"index-version":2,"files":[{"resourceType":"ValueSet"}]}'],
        ['package/readme.md', 'not JSON'],
      ]),
    ),
  );
  expect(resources.map(({ url }) => url)).toEqual(['https://example.org/a']);
});

test('numbers keep their digits, and a byte order mark is no fault', async () => {
  const { resources } = await readPackage(
    written(tgzOf([manifest, ['package/CodeSystem-a.json', '\uFEFF{"resourceType":"CodeSystem","count":1.50}']])),
  );
  expect(JSON.stringify(resources)).toBe('[{"resourceType":"CodeSystem","count":1.50}]');
});

test('the manifest may come last', async () => {
  expect((await readPackage(written(tgzOf([set, manifest])))).resources).toHaveLength(1);
});

/** The archive with another name for its last file, as a writer does whose names are long. */
function withLongName(path: string, kind: 'pax' | 'gnu'): Buffer {
  const record = `path=${path}\n`;
  const length = [1, 2, 3, 4]
    .map((digits) => record.length + 1 + digits)
    .find((sum, at) => String(sum).length === at + 1);
  const named = tgzOf([
    manifest,
    ['package/name', kind === 'pax' ? `${length} ${record}` : `${path}\0`],
    ['package/short', set[1]],
  ]);
  const tar = gunzipSync(named);
  const at = tar.indexOf('package/name');
  tar.write(kind === 'pax' ? 'x' : 'L', at + 156);
  sign(tar, at);
  return gzipSync(tar);
}

/** Writes the sum of a header's bytes into it. */
function sign(tar: Buffer, at: number): void {
  tar.fill(' ', at + 148, at + 156);
  const sum = tar.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
}

test.each(['pax', 'gnu'] as const)('a long name is read, %s', async (kind) => {
  const path = `package/ValueSet-${'long-'.repeat(40)}.json`;
  expect((await readPackage(written(withLongName(path, kind)))).resources).toHaveLength(1);
  expect((await readPackage(written(withLongName('package/../../a.json', kind)))).issues).toEqual([
    { code: 'package-path-outside', at: 'package/../../a.json' },
  ]);
});

test.each(['package/../a.json', '../package/a.json', '/etc/a.json', 'package/..\\a.json'])(
  '%s leads out',
  async (path) => {
    expect(await issuesOf(tgzOf([manifest, set, [path, '{}']]))).toEqual([{ code: 'package-path-outside', at: path }]);
  },
);

test('what is no package says so', async () => {
  const none = [{ code: 'not-a-package', at: '' }];
  expect(await issuesOf(Buffer.alloc(0))).toEqual(none);
  expect(await issuesOf(Buffer.from('{"resourceType":"ValueSet"}'))).toEqual(none);
  expect(await issuesOf(gzipSync('{"resourceType":"ValueSet"}'))).toEqual(none);
  expect(await issuesOf(gzipSync(Buffer.alloc(0)))).toEqual(none);
  expect(await issuesOf(gzipSync('x'.repeat(2000)))).toEqual(none);
});

test('a package needs a manifest with a name and a version', async () => {
  const none = [{ code: 'not-a-package', at: 'package/package.json' }];
  expect(await issuesOf(tgzOf([set]))).toEqual(none);
  expect(await issuesOf(tgzOf([['package/package.json', '[]'], set]))).toEqual(none);
  expect(await issuesOf(tgzOf([['package/package.json', '{"name":"a"}'], set]))).toEqual(none);
  expect(await issuesOf(tgzOf([['package/package.json', '{"name":'], set]))).toEqual([
    { code: 'package-file-malformed', at: 'package/package.json', facts: { kind: 'malformed', line: 1, column: 9 } },
  ]);
});

test('a package of another FHIR is read with a warning', async () => {
  for (const versions of ['["5.0.0"]', '"4.0.1"', '[]']) {
    const { resources, issues } = await readPackage(
      written(tgzOf([['package/package.json', `{"name":"a","version":"1","fhirVersions":${versions}}`], set])),
    );
    expect(issues).toEqual([{ code: 'package-of-other-fhir', at: 'package/package.json' }]);
    expect(resources).toHaveLength(1);
  }
});

test('every file that is malformed is named, and nothing of the package is taken', async () => {
  const { resources, issues } = await readPackage(
    written(
      tgzOf([
        manifest,
        ['package/a.json', '{"resourceType":"ValueSet",}'],
        set,
        ['package/b.json', '{"resourceType":"ValueSet","url":"a",\n"url":"b"}'],
      ]),
    ),
  );
  expect(resources).toEqual([]);
  expect(issues).toEqual([
    { code: 'package-file-malformed', at: 'package/a.json', facts: { kind: 'malformed', line: 1, column: 28 } },
    { code: 'package-file-malformed', at: 'package/b.json', facts: { kind: 'duplicate-key', line: 2, column: 1 } },
  ]);
});

test('a package that is cut off or damaged says so', async () => {
  const whole = tgzOf([manifest, set, ['package/long.json', `"${'abc'.repeat(1000)}"`]]);
  const tar = gunzipSync(whole);
  const damaged = [{ code: 'package-damaged', at: '' }];
  expect(await issuesOf(whole.subarray(0, whole.length - 20))).toEqual(damaged);
  expect(await issuesOf(gzipSync(tar.subarray(0, 2000)))).toEqual(damaged);
  const wrongSum = Buffer.from(whole);
  wrongSum.fill(0x55, whole.length - 8, whole.length - 4);
  expect(await issuesOf(wrongSum)).toEqual(damaged);
  const garbled = Buffer.from(tar);
  garbled.fill(0x55, 1024, 1400);
  expect(await issuesOf(gzipSync(garbled))).toEqual(damaged);
});

test('no cut of a package is taken for the package', async () => {
  const tar = gunzipSync(tgzOf([manifest, set]));
  for (let end = 0; end < tar.length - 1024; end += 97) {
    expect(await issuesOf(gzipSync(tar.subarray(0, end)))).toHaveLength(1);
  }
});

test('what unpacks to more than a bound is refused', async () => {
  const bomb = tgzOf([manifest, ['package/zeros.json', '0'.repeat(3_000_000)]]);
  expect(bomb.length).toBeLessThan(10_000);
  expect((await readPackage(written(bomb), 1_000_000)).issues).toEqual([
    { code: 'package-too-large', at: '', facts: { most: 1_000_000 } },
  ]);
});

test('a file that is not there, and a folder, cannot be read', async () => {
  const unreadable = [{ code: 'package-unreadable', at: '' }];
  expect((await readPackage(join(folder, 'nowhere.tgz'))).issues).toEqual(unreadable);
  expect((await readPackage(folder)).issues).toEqual(unreadable);
});
