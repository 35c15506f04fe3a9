import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import { run } from '../cli/command-line.ts';
import { errorsIn, fhir, listen, service } from './service.ts';

const file = new URL('../golden/maximal.course.json', import.meta.url);
const maximal = readFileSync(file, 'utf8');
const { system, id, patient } = JSON.parse(maximal) as {
  system: string;
  id: string;
  patient: { system: string; id: string };
};
const path = `/courses/${courseServiceId({ system, id })}`;
const lines = { 'Content-Type': 'application/x-ndjson' };

test('a course goes in, and comes out as it was, as FHIR and as a receipt', async () => {
  const { send, faults } = await service((await fhir()).base);
  const posted = await send('POST', '/courses', maximal);
  expect(posted.status).toBe(202);
  expect(posted.headers.get('location')).toBe(path);
  expect(posted.json).toMatchObject({ state: 'delivered', counts: { refused: 0 } });

  const got = await send('GET', path);
  const digits = (text: string) => text.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/g);
  expect(digits(got.text)).toEqual(digits(maximal));
  expect(got.json).toEqual(JSON.parse(maximal));

  const [bundle] = (await run(['map', file.pathname])).out;
  expect((await send('GET', `${path}/bundle`)).text).toBe(`${bundle}\n`);
  expect((await send('GET', `${path}/receipt`)).text).toBe(posted.text);

  const list = await send('GET', '/courses');
  expect(list.json).toEqual({ courses: [{ id: path.slice('/courses/'.length) }] });

  const again = await send('PUT', path, maximal);
  expect(again.status).toBe(202);
  expect(again.json).toMatchObject({ counts: { created: 0, updated: 0 } });
  expect(faults).toEqual([]);
});

test('a course under the address of another is refused', async () => {
  const { send } = await service((await fhir()).base);
  const other = path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  const got = await send('PUT', other, maximal);
  expect([got.status, errorsIn(got.json)]).toEqual([409, ['id-mismatch']]);
  expect((await send('GET', '/courses')).json).toEqual({ courses: [] });
});

describe('a stream', () => {
  const course = (own: string, more: object = {}): string =>
    JSON.stringify({ schemaVersion: '1', system, id: own, patient, status: 'active', ...more });

  test('has a result a line, and the good are not lost to the bad', async () => {
    const { send } = await service((await fhir()).base);
    const body = [course('a'), '{"a":', '', course('b', { ammount: 1 }), course('c')].join('\n');
    const got = await send('POST', '/courses', body, lines);
    expect(got.status).toBe(202);
    expect(got.headers.get('content-type')).toBe('application/x-ndjson');
    const results = got.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results.map(({ line, state, issues }) => [line, state, errorsIn(issues)])).toEqual([
      [1, 'delivered', []],
      [2, 'refused', ['malformed-json']],
      [4, 'refused', ['unknown-field TreatmentCourse.ammount']],
      [5, 'delivered', []],
    ]);
    expect((await send('GET', '/courses')).json).toEqual({
      courses: [{ id: results[0]?.['id'] }, { id: results[3]?.['id'] }],
    });
  });

  test('without a good line is refused as a whole', async () => {
    const { send } = await service((await fhir()).base);
    const got = await send('POST', '/courses', `${course('a', { status: 7 })}\n{`, lines);
    expect(got.status).toBe(422);
    expect(got.text.trimEnd().split('\n')).toHaveLength(2);
  });

  test('to a target that is down says so', async () => {
    const { send } = await service('http://127.0.0.1:9');
    expect((await send('POST', '/courses', course('a'), lines)).status).toBe(503);
  });
});

describe('what the target does to a course', () => {
  test('a patient whom it does not know', async () => {
    const target = await fhir();
    const { send } = await service(target.base, 'resolve');
    const got = await send('POST', '/courses', maximal);
    expect([got.status, errorsIn(got.json)]).toEqual([422, ['patient-unknown TreatmentCourse.patient']]);
    expect((await target.send('GET', '/Observation')).json).toMatchObject({ total: 0 });
    expect((await send('GET', path)).status).toBe(404);
  });

  test('a patient whom it knows twice', async () => {
    const target = await fhir();
    const twin = JSON.stringify({
      resourceType: 'Patient',
      identifier: [{ system: patient.system, value: patient.id }],
    });
    await target.send('POST', '/Patient', twin);
    await target.send('POST', '/Patient', twin);
    const { send } = await service(target.base);
    const got = await send('POST', '/courses', maximal);
    expect([got.status, errorsIn(got.json)]).toEqual([422, ['patient-ambiguous TreatmentCourse.patient']]);
    expect((await target.send('GET', '/Observation')).json).toMatchObject({ total: 0 });
  });

  test('a resource of another patient under our identifier', async () => {
    const target = await fhir();
    const { send } = await service(target.base);
    await send('POST', '/courses', maximal);
    const before = await target.send('GET', '/Observation');
    const swapped = maximal.replace(`"id": "${patient.id}"`, '"id": "somebody-else"');
    expect(swapped).not.toBe(maximal);
    const got = await send('POST', '/courses', swapped);
    expect(got.status).toBe(409);
    expect(new Set(errorsIn(got.json).map((issue) => issue.split(' ')[0]))).toEqual(new Set(['other-patient']));
    expect((await target.send('GET', '/Observation')).text).toBe(before.text);
  });

  test.each<[string, number, string, Parameters<typeof listen>[0]]>([
    [
      'HTML',
      503,
      'target-not-fhir',
      (_, response) => response.setHeader('Content-Type', 'text/html').end('<p>zqmarker</p>'),
    ],
    [
      'another FHIR version',
      503,
      'target-wrong-version',
      (_, response) => response.end('{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"}'),
    ],
    ['a closed door', 503, 'target-not-authorised', (_, response) => response.writeHead(401).end()],
    ['no room', 503, 'target-unavailable', (_, response) => response.writeHead(503, { 'Retry-After': '1' }).end()],
  ])('a target that answers with %s', async (_, status, code, answer) => {
    const { send } = await service(await listen(answer));
    const got = await send('POST', '/courses', maximal);
    expect([got.status, errorsIn(got.json).map((issue) => issue.split(' ')[0])]).toEqual([status, [code]]);
    expect(got.text).not.toContain('zqmarker');
    expect((await send('POST', '/pull', '{"all":true}')).status).toBe(status);
  });
});

test('a pull gives what the target holds, and nothing that we remember', async () => {
  const target = await fhir();
  await (await service(target.base)).send('POST', '/courses', maximal);
  const { send } = await service(target.base);
  const own = { system, id };
  for (const body of [{ course: own }, { patient }, { all: true }]) {
    const wanted = 'patient' in body ? { patient: { system: patient.system, id: patient.id } } : body;
    const got = await send('POST', '/pull', JSON.stringify(wanted));
    expect(got.status).toBe(200);
    const { courses } = got.json as { courses: { course: { id: string } }[] };
    expect(courses.map(({ course }) => course.id)).toEqual([id]);
  }
  const asLines = await send('POST', '/pull', '{"all":true}', { Accept: 'application/x-ndjson' });
  expect(asLines.headers.get('content-type')).toBe('application/x-ndjson');
  expect(asLines.text.trimEnd().split('\n')).toHaveLength(1);
  const unknown = await send('POST', '/pull', JSON.stringify({ course: { system, id: 'nobody' } }));
  expect([unknown.status, errorsIn(unknown.json)]).toEqual([404, ['course-unknown TreatmentCourse']]);
  const nobody = await send('POST', '/pull', JSON.stringify({ patient: { system, id: 'nobody' } }));
  expect(nobody.status).toBe(404);
});

test('an answer that was lost is not known to have failed: 504, and the receipt can be looked up', async () => {
  const target = await fhir();
  const { pathname } = new URL(target.base);
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '', headers } = request;
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const type = { 'Content-Type': headers['content-type'] ?? '' };
    const got = await target.send(method, url.slice(pathname.length), method === 'GET' ? undefined : body, type);
    response.writeHead(got.status, { 'Content-Type': 'application/fhir+json' }).end(got.text);
  };
  const proxy = await listen((request, response) => {
    const isTransaction = request.method === 'POST' && request.url === pathname;
    if (isTransaction) request.socket.destroy();
    else void forward(request, response);
  });
  const { send } = await service(`${proxy}${pathname}`);
  const got = await send('POST', '/courses', maximal);
  expect([got.status, errorsIn(got.json)]).toEqual([504, ['target-unknown-outcome TreatmentCourse']]);
  const receipt = await send('GET', `${got.headers.get('location')}/receipt`);
  expect(receipt.json).toMatchObject({ state: 'unknown' });
});
