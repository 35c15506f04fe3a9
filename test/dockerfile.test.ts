import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { copiedFiles, stages, textsOf, wordsOf } from './dockerfile.ts';

// There is no Docker engine here: nothing below says that the image was built.
const root = new URL('../', import.meta.url);
const all = stages(readFileSync(new URL('Dockerfile', root), 'utf8'));
const last = all.at(-1);

test('both stages start from the slim Node 24', () => {
  expect(all.map(({ image }) => image)).toEqual(['node:24-slim', 'node:24-slim']);
});

test('what is copied exists, and reaches the engine', () => {
  const ignored = readFileSync(new URL('.dockerignore', root), 'utf8').split('\n');
  const copied = all.flatMap(copiedFiles);
  expect(copied.length).toBeGreaterThan(0);
  expect(copied.filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
  expect(copied.filter((name) => !ignored.includes(`!${name}`))).toEqual([]);
});

test('the program that it starts exists and is copied', () => {
  const [node, program = ''] = wordsOf(textsOf(last, 'CMD').at(-1));
  expect(node).toBe('node');
  expect(existsSync(new URL(program, root))).toBe(true);
  expect(copiedFiles(last)).toContain(program.split('/')[0]);
});

test('it does not run as root', () => {
  const user = textsOf(last, 'USER').at(-1);
  expect(user).toBeDefined();
  expect(['root', '0']).not.toContain(user?.split(':')[0]);
});

test('it has a health check', () => {
  expect(wordsOf(textsOf(last, 'HEALTHCHECK')[0]).join(' ')).toContain('/livez');
});
