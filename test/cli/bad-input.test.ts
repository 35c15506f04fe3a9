import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { faults, planted, type Fault } from '../bad-input/faults.ts';
import { errorsIn, fhir, service } from '../http/service.ts';
import { run } from './command-line.ts';

const data = mkdtempSync(join(tmpdir(), 'coursebridge-bad-input-'));
afterAll(() => rmSync(data, { recursive: true }));
vi.stubEnv('COURSEBRIDGE_DATA', data);

const cases: readonly (readonly Fault[])[] = [
  ...faults.map((fault) => [fault]),
  ...faults.flatMap((one, index) => faults.slice(index + 1).map((other) => [one, other])),
];
const input = cases.map((put) => planted(put)).join('\n');
const expected = cases.map((put) => put.map(({ code, at }) => `${code} ${at}`).toSorted());
const names = cases.map((put) => put.map(({ name }) => name).join(' and '));

describe('every fault and every pair of them', () => {
  test('is reported by validate, a course a line, each at its path', async () => {
    const { code, out } = await run(['validate', '-'], input);
    expect(code).toBe(1);
    expect(out).toHaveLength(cases.length);
    out.forEach((line, index) => expect(errorsIn(JSON.parse(line)), names[index]).toEqual(expected[index]));
  });

  test('is said by map on stderr, with its line', async () => {
    const { code, out, err } = await run(['map', '-'], input);
    expect([code, out]).toEqual([1, []]);
    cases.forEach((put, index) => {
      for (const { at } of put)
        expect(err, names[index]).toContainEqual(expect.stringContaining(`stdin:${index + 1}: error: ${at}: `));
    });
  });

  test('is refused over HTTP, and nothing is written', async () => {
    const target = await fhir();
    const { send } = await service(target.base);
    const got = await send('POST', '/courses', input, { 'Content-Type': 'application/x-ndjson' });
    expect(got.status).toBe(422);
    const results = got.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { issues: unknown });
    results.forEach(({ issues }, index) => expect(errorsIn(issues), names[index]).toEqual(expected[index]));
    expect(results).toHaveLength(cases.length);
    for (const type of ['Patient', 'Observation', 'MedicationAdministration', 'QuestionnaireResponse']) {
      expect((await target.send('GET', `/${type}`)).json).toMatchObject({ total: 0 });
    }
  });

  test('alone has its own status', async () => {
    const { send } = await service((await fhir()).base);
    for (const fault of faults) {
      const got = await send('POST', '/courses', planted([fault]));
      expect([got.status, errorsIn(got.json)], fault.name).toEqual([422, [`${fault.code} ${fault.at}`]]);
    }
  });
});

describe('no received value is repeated', () => {
  /** The good course with a marker in every string, which spoils it, and in every text alone, which does not. */
  const marked = (where: (name: string) => boolean): string =>
    JSON.stringify(JSON.parse(planted([])), (name, value: unknown) =>
      typeof value === 'string' && where(name) ? `${value} zqmarker` : value,
    );
  const spoilt = marked(() => true);
  const fine = marked((name) =>
    /^(name|note|text|display|reason|action|lot|device|sourceSystem|changedBecause)$/.test(name),
  );

  test('on the command line', async () => {
    for (const [args, code] of [
      [['map', '-'], 1],
      [['validate', '-'], 1],
      [['unmap', '-', '--issues', '/dev/null'], 1],
      [['push', '-', '--to', 'http://127.0.0.1:9'], 3],
    ] as const) {
      const { code: ended, out, err } = await run(args, `${spoilt}\n${fine.slice(0, -3)}\n${fine}`);
      expect(ended, args[0]).toBe(code);
      expect(err.join('\n'), args[0]).not.toContain('zqmarker');
      if (args[0] !== 'map') expect(out.join('\n'), args[0]).not.toContain('zqmarker');
    }
  });

  test('over HTTP, where the receipt has none either', async () => {
    const { send, faults: ownFaults } = await service((await fhir()).base);
    for (const [body, status] of [
      [spoilt, 422],
      [fine.slice(0, -3), 400],
      [fine, 202],
    ] as const) {
      const got = await send('POST', '/courses', body);
      expect(got.status).toBe(status);
      expect(got.text).not.toContain('zqmarker');
      expect([...got.headers.values()].join('\n')).not.toContain('zqmarker');
    }
    const pull = await send('POST', '/pull', '{"zqmarker":{"system":"zqmarker","id":"zqmarker"}}');
    expect([pull.status, pull.text.includes('zqmarker')]).toEqual([422, false]);
    expect(ownFaults).toEqual([]);
  });
});
