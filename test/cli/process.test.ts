import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { fhir } from '../http/service.ts';
import { runProcess } from './command-line.ts';

// Real processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });
const root = new URL('../../', import.meta.url);
const data = mkdtempSync(join(tmpdir(), 'coursebridge-process-'));
afterAll(() => rmSync(data, { recursive: true }));

test('a closed pipe ends quietly', async () => {
  const child = spawn(process.execPath, ['src/cli.ts', 'synthesize', 'norway', '--courses', '5000'], { cwd: root });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((done) => void child.once('close', done));
  expect([code, err]).toEqual([0, '']);
});

test('the launcher runs the command where the caller is, with input by a pipe', async () => {
  const child = spawn(
    process.execPath,
    [new URL('bin/coursebridge.js', root).pathname, 'validate', '-', 'course.json'],
    {
      cwd: root,
      env: { ...process.env, INIT_CWD: new URL('profiles/examples/norway/', root).pathname },
    },
  );
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stdin.end('{"a":');
  const code = await new Promise((done) => void child.once('close', done));
  expect(code).toBe(1);
  expect(out.split('\n').map((line) => line.includes('malformed-json'))).toEqual([true, false, false]);
});

test('serve listens where it says, answers, and ends on a signal; main.ts is the same', async () => {
  const target = await fhir();
  for (const program of ['src/cli.ts', 'src/main.ts']) {
    const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
      cwd: root,
      env: { ...process.env, FHIR_BASE_URL: target.base, COURSEBRIDGE_DATA: data },
    });
    const address = await new Promise<string>((ready) => {
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString();
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(err) ?? [];
        if (found !== undefined) ready(found);
      });
    });
    expect((await fetch(`${address}/readyz`)).status, program).toBe(200);
    child.kill('SIGTERM');
    expect(await new Promise((done) => void child.once('exit', done)), program).toBe(0);
  }
});

test('serve on a port that is taken is wrong usage', async () => {
  const { base } = await fhir();
  const { code, err } = await runProcess('src/main.ts', ['serve', '--port', new URL(base).port], {
    environment: { FHIR_BASE_URL: base, COURSEBRIDGE_DATA: data },
  });
  expect([code, err.at(-1)]).toEqual([2, expect.stringContaining('the port is taken')]);
});

test('the commands work beside a running serve, which delivers what they leave', { timeout: 120_000 }, async () => {
  const target = await fhir();
  const beside = join(data, 'beside');
  const environment = { FHIR_BASE_URL: target.base, COURSEBRIDGE_DATA: beside };
  const child = spawn(process.execPath, ['src/cli.ts', 'serve', '--port', '0', '--patients', 'create'], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const address = await new Promise<string>((ready) => {
    child.stderr.on('data', (chunk: Buffer) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString()) ?? [];
      if (found !== undefined) ready(found);
    });
  });
  const course = (id: string): string =>
    JSON.stringify({
      schemaVersion: '1',
      system: 'https://hospital.example.org/courses',
      id,
      patient: { system: 'https://hospital.example.org/patients', id: `P-${id}` },
      status: 'active',
    });
  const headers = { 'Content-Type': 'application/json' };
  expect((await fetch(`${address}/courses`, { method: 'POST', headers, body: course('a') })).status).toBe(202);
  const cli = (args: readonly string[], input = '') => runProcess('src/cli.ts', args, { environment, input });
  const pushed = await cli(['push', '-', '--patients', 'create'], course('b'));
  expect([pushed.code, pushed.err.at(-1)]).toEqual([0, 'push: 1 course read, 1 delivered.']);
  expect((await cli(['verify'])).err.at(-1)).toBe('verify: 2 courses compared, 0 different.');
  const replayed = await cli(['replay', '--all']);
  expect([replayed.code, replayed.out.length]).toEqual([0, 2]);
  for (let open = 2; open > 0; open = (await cli(['deliveries', '--json'])).out.length);
  const listed = await cli(['deliveries', '--state', 'delivered', '--json']);
  expect(listed.out).toHaveLength(2);
});
