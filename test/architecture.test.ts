import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { violations } from './architecture.ts';

const src = new URL('../src/', import.meta.url);

test('the house keeps its layers, its purity and its sizes', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const sources = files.map((name) => [name.replaceAll('\\', '/'), readFileSync(new URL(name, src), 'utf8')] as const);
  expect(sources.length).toBeGreaterThan(0);
  expect(violations(Object.fromEntries(sources))).toEqual([]);
});

describe('a planted violation is caught', () => {
  test.each([
    ['a folder above', 'not below', 'course/a.ts', `import { map } from '../mapping/maps.ts';`],
    ['a folder beside', 'not below', 'mapping/a.ts', `export * from '../validation/check.ts';`],
    ['a bottom folder beside', 'not below', 'outcome/a.ts', `import { parse } from '../json/json.ts';`],
    ['an adapter beside', 'not below', 'http/a.ts', `import { claim } from '../store/claim.ts';`],
    ['a type alone', 'not below', 'course/a.ts', `import type { Bundle } from '../mapping/bundle.ts';`],
    ['a type in place', 'not below', 'course/a.ts', `export type A = import('../mapping/bundle.ts').Bundle;`],
    ['a late import', 'not below', 'course/a.ts', `export const late = () => import('../exchange/push.ts');`],
    ['the configuration from below', 'not below', 'http/a.ts', `import { config } from '../config.ts';`],
    ['a test', 'outside src', 'mapping/a.ts', `import { course } from '../../test/course.ts';`],
    ['a folder nobody knows', 'no place', 'adapters/a.ts', `export const a = 1;`],
    ['the clock', 'Date.now', 'mapping/a.ts', `export const a = () => Date.now();`],
    ['the clock as a Date', 'new Date()', 'mapping/a.ts', `export const a = () => new Date();`],
    ['chance', 'Math.random', 'synthetic/a.ts', `export const a = () => Math.random();`],
    ['a random id', 'randomUUID', 'mapping/a.ts', `export const a = () => crypto.randomUUID();`],
    ['an imported random id', 'randomUUID', 'mapping/a.ts', `import { randomUUID } from 'node:crypto';`],
    ['the process', 'names process', 'outcome/a.ts', `process.stderr.write('a');`],
    ['files', 'node:fs', 'definitions/a.ts', `import { readFileSync } from 'node:fs';`],
    ['files by promise', 'node:fs', 'exchange/a.ts', `import { readFile } from 'node:fs/promises';`],
    ['the network', 'node:http', 'exchange/a.ts', `import { request } from 'node:http';`],
    ['a wait', 'setTimeout', 'exchange/a.ts', `export const a = (f: () => void) => setTimeout(f, 1);`],
    ['the environment', 'config.ts alone', 'http/a.ts', `export const a = process.env['A'];`],
    ['the environment taken apart', 'config.ts alone', 'cli.ts', `export const { env } = process;`],
    ['an empty name', '"utils"', 'mapping/date-utils.ts', `export const a = 1;`],
    ['a long file', '301 lines', 'mapping/a.ts', '// a line\n'.repeat(301)],
  ])('%s', (_, reason, file, source) => {
    expect(violations({ [file]: source })).toContainEqual(expect.stringContaining(reason));
  });
});

test('what is allowed stays allowed', () => {
  const sources = {
    'mapping/a.ts': `import { hash } from 'node:crypto';
      import { read } from '../course/read-course.ts';
      import own from './own.ts';
      // Date.now and process.env stand in this comment only
      export const a = (at: string) => [new Date(at), own.process, { process: 'Date.now()' }, read, hash];`,
    'definitions/a.ts': `import phq9 from '../../profiles/phq-9.json' with { type: 'json' };`,
    'synthetic/a.ts': `import { schedule } from '../definitions/schedule.ts';`,
    'exchange/ports.ts': `export interface Clock { now(): number; setTimeout(wait: number): Promise<void> }`,
    'fhir-client/a.ts': `import { setTimeout } from 'node:timers/promises';
      import type { Ports } from '../exchange/ports.ts';`,
    'main.ts': `import { config } from './config.ts';
      process.exitCode = 1;`,
    'cli.ts': `import { parts } from './main.ts';`,
    'config.ts': `export const config = process.env;`,
  };
  expect(violations(sources)).toEqual([]);
});
