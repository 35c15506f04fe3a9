import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { targetId } from '../../src/course/identity.ts';
import { fhir, type Client } from '../http/service.ts';
import { run, type Outcome } from './command-line.ts';
import { switchable } from './switchable.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('FHIR_BASE_URL', '');
vi.stubEnv('COURSEBRIDGE_RETRY_SECONDS', '0.01');
let number = 0;
beforeEach(() => void vi.stubEnv('COURSEBRIDGE_DATA', `data-${(number += 1)}`));

const example = (programme: string): string =>
  new URL(`../../profiles/examples/${programme}/course.json`, import.meta.url).pathname;

async function delivered(): Promise<Client> {
  const target = await fhir();
  const files = [example('portugal'), example('kaiser')];
  const { code } = await run(['push', ...files, '--to', target.base, '--patients', 'create']);
  expect(code).toBe(0);
  return target;
}

interface Weight {
  resourceType: string;
  id: string;
  valueQuantity: { value: number };
}

async function weightsOn(target: Client): Promise<Weight[]> {
  const { json } = await target.send('GET', '/Observation?code=http://loinc.org|29463-7&_count=1000');
  return (json as { entry: { resource: Weight }[] }).entry.map(({ resource }) => resource);
}

const found = ({ out }: Outcome): Record<string, unknown>[] =>
  out.map((line) => JSON.parse(line) as Record<string, unknown>);

const verify = (target: Client, ...more: readonly string[]): Promise<Outcome> =>
  run(['verify', '--to', target.base, ...more]);

const asDelivered = /^[-\da-f]{36} {2}[\da-f]{8} {2}\d+ +0 +0 +0 +0( +\d+ with other digits)?$/;

test('all is there: a row for each course, and 0', async () => {
  const target = await delivered();
  const { code, out, err } = await verify(target);
  expect([code, out.length, err]).toEqual([0, 3, ['verify: 2 courses compared, 0 different.']]);
  expect(out[0]).toMatch(/^course +target +resources +missing +changed +extra +duplicate +notes$/);
  // The server of these tests drops trailing zeros.
  for (const row of out.slice(1)) expect(row).toMatch(asDelivered);
  for (const one of found(await verify(target, '--json'))) {
    expect(one).toMatchObject({ target: targetId(target.base), state: 'as-delivered', newest: 'delivered' });
    expect(one).toMatchObject({ differences: [], notSought: [] });
  }
});

test('what is missing, changed or twice is said by its place, is 4, and can be repaired', async () => {
  const target = await delivered();
  const weights = await weightsOn(target);
  const [gone, changed, twice] = weights;
  if (gone === undefined || changed === undefined || twice === undefined) throw new Error('too few weights');
  await target.send('DELETE', `/Observation/${gone.id}`);
  changed.valueQuantity.value += 1;
  await target.send('PUT', `/Observation/${changed.id}`, JSON.stringify(changed));
  await target.send('PUT', '/Observation/90', JSON.stringify({ ...twice, id: '90' }));

  const { code, out, err } = await verify(target);
  expect([code, err]).toEqual([4, [expect.stringMatching(/^verify: 2 courses compared, [12] different\.$/)]]);
  const text = out.join('\n');
  expect(text).toMatch(/\n {2}missing {2}TreatmentCourse\.sessions\[\d+\]\.weight {2}Observation(\n|$)/);
  expect(text).toMatch(
    /\n {2}changed {2}TreatmentCourse\.sessions\[\d+\]\.weight {2}Observation\/[-\da-f]{36}\n {4}Observation\.value\.ofType\(Quantity\)\.value: says something else/,
  );
  expect(text).toMatch(/\n {2}duplicate {2}TreatmentCourse\.sessions\[\d+\]\.weight {2}Observation\/.*Observation\//);

  await target.send('DELETE', '/Observation/90');
  const repairing = await verify(target, '--repair');
  expect([repairing.code, repairing.err.at(-1)]).toEqual([4, expect.stringContaining('will be repaired')]);
  expect((await run(['push', '--to', target.base])).code).toBe(0);
  expect((await verify(target)).code).toBe(0);
  expect(await weightsOn(target)).toHaveLength(weights.length);
});

test('one course alone, by its own id', async () => {
  const target = await delivered();
  const [all] = found(await verify(target, '--json'));
  const one = found(await verify(target, '--json', '--course', String(all?.['course'])));
  expect(one.map(({ course }) => course)).toEqual([all?.['course']]);
});

test('what still waits, or was refused, is said', async () => {
  const target = await fhir();
  await run(['push', example('portugal'), '--to', target.base, '--patients', 'create']);
  await run(['push', example('kaiser'), '--to', target.base]);
  const { code, out, err } = await verify(target);
  expect([code, err]).toEqual([4, ['verify: 2 courses compared, 0 different.']]);
  expect(out.filter((row) => row.includes('nothing delivered yet, the newest version is refused'))).toHaveLength(1);
});

test('a target that is away is 3, one that nobody wrote to is wrong usage', async () => {
  const target = await switchable();
  expect((await run(['push', example('portugal'), '--to', target.base, '--patients', 'create'])).code).toBe(0);
  target.away = true;
  const { code, err } = await run(['verify', '--to', target.base]);
  expect([code, err[0]]).toEqual([3, 'verify: the target is not available, so what follows was not compared.']);
  const other = await run(['verify', '--to', 'http://127.0.0.1:9']);
  expect([other.code, other.err]).toEqual([2, ['Nothing in this data folder was ever addressed to this FHIR server.']]);
});
