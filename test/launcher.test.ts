import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../bin/coursebridge.js', import.meta.url));

/** A program that says how it was called, and ends by its first argument. */
const echo = `
import { readFileSync } from 'node:fs';
process.stdout.write(JSON.stringify([process.versions.node, process.argv.slice(2), readFileSync(0, 'utf8')]));
process.exitCode = Number(process.argv[2]);`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coursebridge-launcher-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A package of its own around the launcher; `old` plays a Node 20, since no second Node is at hand. */
function pack(files: Record<string, string>, folder = root): string {
  const all = { 'package.json': '{"type":"module"}', 'old.cjs': pretend('20.0.0'), ...files };
  for (const [name, text] of Object.entries(all)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  const copy = join(folder, 'bin', 'coursebridge.js');
  cpSync(launcher, copy);
  return copy;
}

const pretend = (version: string) => `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;

test('arguments, stdin and exit code pass through', () => {
  const bin = pack({ 'src/cli.ts': `const code: string = '';${echo}` });
  const { stdout, status } = spawnSync(process.execPath, [bin, '4', '--a b'], { input: 'in', encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([process.versions.node, ['4', '--a b'], 'in']);
  expect(status).toBe(4);
});

test('an installed package runs its emitted code', () => {
  const bin = pack({ 'src/cli.ts': 'process.exitCode = 9;', 'dist/cli.js': echo }, join(root, 'node_modules', 'a'));
  expect(spawnSync(process.execPath, [bin, '0'], { input: '' }).status).toBe(0);
});

test('an old Node goes on under the packaged one', () => {
  const bin = pack({ 'src/cli.ts': echo });
  const name = `node-${process.platform}-${process.arch}`;
  const packaged = join(root, 'node_modules', name);
  mkdirSync(join(packaged, 'bin'), { recursive: true });
  writeFileSync(join(packaged, 'package.json'), '{}');
  symlinkSync(process.execPath, join(packaged, 'bin', 'node'));
  const run = ['-r', join(root, 'old.cjs'), bin, '3'];
  const { stdout, status } = spawnSync(process.execPath, run, { input: '', encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([process.versions.node, ['3'], '']);
  expect(status).toBe(3);
});

test('an old Node without a packaged one gets a sentence', () => {
  const bin = pack({ 'src/cli.ts': echo });
  const run = ['-r', join(root, 'old.cjs'), bin];
  const { stdout, stderr, status } = spawnSync(process.execPath, run, { encoding: 'utf8' });
  expect(stderr).toMatch(/^coursebridge needs Node 24 or newer and this is 20\.0\.0; .* please install one .*\n$/);
  expect([stdout, status]).toEqual(['', 2]);
});

test('a signal reaches the program, and its own exit code comes back', async () => {
  const bin = pack({
    'src/cli.ts': `process.once('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up');`,
  });
  const child = spawn(process.execPath, [bin], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(7);
});
