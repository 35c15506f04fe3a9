import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faults, usedOtherwise, type Manifest, type Repository } from './package.ts';

const root = new URL('../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;

function sources(): Record<string, string> {
  const files = ['src', 'bin', 'test'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  // This file's planted cases are no imports.
  return Object.fromEntries(files.filter((name) => name !== 'test/package.test.ts').map((name) => [name, read(name)]));
}

test('every dependency is used, in its right list, pinned and explained', () => {
  expect(faults({ manifest, sources: sources(), contributing: read('CONTRIBUTING.md') })).toEqual([]);
});

test('the exceptions are still dependencies', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const declared = { ...dependencies, ...devDependencies, ...optionalDependencies };
  expect(Object.keys(usedOtherwise).filter((name) => !(name in declared))).toEqual([]);
});

test('the lock file names no host, so that every registry serves', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

describe('a planted fault is caught', () => {
  const good: Repository = {
    manifest: {
      scripts: { lint: 'c --all' },
      dependencies: { a: '1.0.0' },
      devDependencies: { '@b/b': '1.0.0', c: '1.0.0' },
      optionalDependencies: {},
    },
    sources: {
      'src/a.ts': `import {\n  a,\n} from 'a/part';\nimport type { B } from '@b/b';\nimport './b.ts';`,
      'test/b.ts': `const b = await import('@b/b');\nimport 'node:fs';`,
    },
    contributing: '\n- `a`: a\n- `@b/b`: b\n- `c`: c\n',
  };
  const withManifest = (part: Partial<Manifest>): Repository => ({ ...good, manifest: { ...good.manifest, ...part } });

  test('and the plain case is none', () => expect(faults(good)).toEqual([]));

  test.each<[string, Repository]>([
    ['not one exact version', withManifest({ dependencies: { a: '^1.0.0' } })],
    ['gives no reason', { ...good, contributing: '\n- `a`: a\n- `@b/b`: b\n' }],
    ['nobody uses it', withManifest({ scripts: {} })],
    ['src does not import it', { ...good, sources: { 'test/b.ts': `import 'a';\nimport '@b/b';` } }],
    ['no devDependency', { ...good, sources: { 'src/a.ts': `import 'a';\nexport { b } from '@b/b';` } }],
    ['package.json lacks it', { ...good, sources: { ...good.sources, 'test/c.ts': `import d from 'd';` } }],
  ])('%s', (fault, repository) => {
    expect(faults(repository)).toEqual([expect.stringContaining(fault)]);
  });
});
