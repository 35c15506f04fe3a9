import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { fhir, type Client } from '../http/service.ts';
import { run } from './command-line.ts';
import { course, questionnaire } from './site-definitions.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('FHIR_BASE_URL', '');
let number = 0;
beforeEach(() => void vi.stubEnv('COURSEBRIDGE_DATA', `data-${(number += 1)}`));

/** The site's instrument with an item that must be answered, which no answers of the course do. */
mkdirSync(join(folder, 'site'));
const needed = { linkId: 'needed', type: 'string', required: true };
const item = [needed, ...(questionnaire.item as readonly object[])];
writeFileSync(join(folder, 'site/rest.json'), JSON.stringify({ ...questionnaire, item }));
const { programme: _, ...bare } = JSON.parse(course) as { programme?: unknown };
writeFileSync(join(folder, 'course.json'), JSON.stringify(bare));

const push = (target: Client, ...more: string[]) =>
  run(['push', 'course.json', '--to', target.base, '--patients', 'create', '--profiles', 'site', ...more]);

const deliveries = async (): Promise<{ state: string; attempts: number }[]> =>
  (await run(['deliveries', '--state', 'all', '--json'])).out.map((line) => JSON.parse(line) as never);

test('what our own check refuses is not sent, waits for a person at once, and says where', async () => {
  const target = await fhir();
  const { code, out, err } = await push(target);
  expect([code, err.at(-1)]).toEqual([1, 'push: 1 course read, 1 refused.']);
  expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([{ state: 'refused' }]);
  expect(err.join('\n')).toMatch(
    /error: TreatmentCourse\.assessments\[0\]: .* \(element QuestionnaireResponse, (?:.*, )?item needed\)/,
  );
  expect(await deliveries()).toMatchObject([{ state: 'refused', attempts: 1 }]);
  const { json } = await target.send('GET', '/Observation?_summary=count');
  expect(json).toMatchObject({ total: 0 });

  // A person who knows better may have it sent all the same.
  await run(['replay', '--failed']);
  const unchecked = await run([
    'push',
    '--to',
    target.base,
    '--patients',
    'create',
    '--profiles',
    'site',
    '--check',
    'off',
  ]);
  expect([unchecked.code, unchecked.err.at(-1)]).toEqual([0, 'push: no files, 1 delivered.']);
});

test('the environment says it too', async () => {
  const target = await fhir();
  vi.stubEnv('COURSEBRIDGE_CHECK', 'base');
  expect((await push(target)).code).toBe(1);
  vi.stubEnv('COURSEBRIDGE_CHECK', 'off');
  vi.stubEnv('COURSEBRIDGE_DATA', 'other');
  expect((await push(target)).code).toBe(0);
  vi.stubEnv('COURSEBRIDGE_CHECK', '');
});

test('a level that there is none of is wrong usage', async () => {
  const { code, err } = await run(['push', 'course.json', '--to', 'http://127.0.0.1:9', '--check', 'twice']);
  expect(code).toBe(2);
  expect(err.join('\n')).toContain('Allowed choices are off, base, ours.');
});
