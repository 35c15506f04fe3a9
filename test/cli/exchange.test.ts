import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { fhir, type Client } from '../http/service.ts';
import { run } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-exchange-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('COURSEBRIDGE_RETRY_SECONDS', '0.01');
// What one test pushed is nothing to the next.
let number = 0;
beforeEach(() => void vi.stubEnv('COURSEBRIDGE_DATA', `data-${(number += 1)}`));

const example = new URL('../../profiles/examples/portugal/course.json', import.meta.url).pathname;
const down = 'http://127.0.0.1:9';

interface Weight {
  id: string;
  valueQuantity: { value: number };
}

async function aWeight(target: Client): Promise<Weight> {
  const { json } = await target.send('GET', '/Observation?code=http://loinc.org|29463-7');
  const [entry] = (json as { entry: { resource: Weight }[] }).entry;
  if (entry === undefined) throw new Error('the example has no weight');
  return entry.resource;
}

test('push, verify, pull, compare; then somebody changes a value', async () => {
  const target = await fhir();
  const pushed = await run(['push', example, '--to', target.base, '--patients', 'create', '--verify']);
  expect([pushed.code, pushed.err.at(-1)]).toEqual([0, 'push: 1 course read, 1 delivered.']);
  expect(JSON.parse(pushed.out[0] ?? '')).toMatchObject({ state: 'delivered' });

  const again = await run(['push', example, '--to', target.base]);
  expect(again.err.at(-1)).toBe('push: 1 course read, 1 unchanged.');
  expect(again.out).toHaveLength(1);

  const pulled = await run(['pull', '--from', target.base, '--all', '--compare', example]);
  expect([pulled.code, pulled.out.length, pulled.err.at(-1)]).toEqual([0, 1, 'pull: 1 course pulled.']);

  const weight = await aWeight(target);
  weight.valueQuantity.value += 1;
  await target.send('PUT', `/Observation/${weight.id}`, JSON.stringify(weight));
  const compared = await run(['pull', '--from', target.base, '--all', '--compare', example]);
  expect(compared.code).toBe(4);
  expect(compared.err.join('\n')).toMatch(
    /TreatmentCourse\.sessions\[\d\]\.weight\.value: the target says something else\./,
  );

  await target.send('DELETE', `/Observation/${weight.id}`);
  const torn = await run(['pull', '--from', target.base, '--all']);
  expect(torn.code).toBe(1);
  expect(torn.err.join('\n')).toContain('A resource of the course is not there.');
});

test('selections: a course, a patient, several at once; a bar may be in an id', async () => {
  const target = await fhir();
  const system = 'https://hospital.example.org/courses';
  const patient = { system: 'https://hospital.example.org/patients', id: 'P|4' };
  const course = (id: string) => JSON.stringify({ schemaVersion: '1', system, id, patient, status: 'active' });
  const pushed = await run(
    ['push', '-', '--to', target.base, '--patients', 'create'],
    `${course('a|1')}\n${course('b')}`,
  );
  expect([pushed.code, pushed.out.length]).toEqual([0, 2]);

  const pull = (...args: string[]) => run(['pull', '--from', target.base, ...args]);
  expect((await pull('--course', `${system}|a|1`)).out).toEqual([course('a|1')]);
  expect((await pull('--patient', `${patient.system}|P|4`)).out.toSorted()).toEqual([course('a|1'), course('b')]);
  expect((await pull('--course', `${system}|b`, '--all')).out).toEqual([course('b'), course('a|1')]);

  const unknown = await pull('--course', `${system}|zqmarker`);
  expect([unknown.code, unknown.err]).toEqual([
    1,
    ['target: error: TreatmentCourse: There is no such course.', 'pull: 0 courses pulled.'],
  ]);

  writeFileSync(join(folder, 'other.ndjson'), course('c'));
  const compared = await pull('--course', `${system}|b`, '--compare', 'other.ndjson');
  expect(compared.code).toBe(4);
  expect(compared.err).toContain('other.ndjson:1: the target does not have this course, or it was not asked for.');
});

test('a patient whom the target does not know is refused, and another course still goes', async () => {
  const target = await fhir();
  const { code, out, err } = await run(['push', example, '-', '--to', target.base], '{"a":1}');
  expect([code, out.length, err.at(-1)]).toEqual([1, 1, 'push: 2 courses read, 2 refused.']);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ state: 'refused' });
});

test('a target that is down is 3, and nothing is lost', async () => {
  const pushed = await run(['push', example, example, '--to', down]);
  expect([pushed.code, pushed.out.length]).toEqual([3, 1]);
  expect(pushed.err).toContain('push: the target is not available.');
  expect(pushed.err.at(-1)).toBe('push: 2 courses read, 1 waiting.');
  expect((await run(['pull', '--from', down, '--all'])).code).toBe(3);
});

test('the environment names the target too', async () => {
  const target = await fhir();
  vi.stubEnv('FHIR_BASE_URL', target.base);
  expect((await run(['push', example, '--patients', 'create'])).code).toBe(0);
  expect((await run(['pull', '--all'])).out).toHaveLength(1);
  vi.stubEnv('FHIR_BASE_URL', '');
});
