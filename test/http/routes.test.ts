import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { mounted } from '../../src/http/routes.ts';
import { errorsIn, listen, service } from './service.ts';

const paths = [
  '/courses',
  '/courses/x',
  '/courses/x/bundle',
  '/courses/x/receipt',
  '/courses/x/history',
  '/courses/x/withdraw',
  '/submissions/x/release',
  '/submissions/x/reject',
  '/deliveries',
  '/deliveries/replay',
  '/deliveries/x',
  '/deliveries/x/replay',
  '/audit',
  '/pull',
  '/fhir/metadata',
  '/fhir/ValueSet',
  '/fhir/ValueSet/_search',
  '/fhir/ValueSet/$validate',
  '/fhir/ValueSet/x',
  '/fhir/NamingSystem',
  '/fhir/NamingSystem/_search',
  '/livez',
  '/readyz',
  '/metrics',
  '/openapi.json',
];

test('every address knows its methods', async () => {
  const { send } = await service();
  for (const path of paths) {
    const options = await send('OPTIONS', path);
    expect(options.status, path).toBe(204);
    const refused = await send('DELETE', path);
    expect(refused.status, path).toBe(405);
    expect(refused.headers.get('allow'), path).toBe(options.headers.get('allow'));
    expect(errorsIn(refused.json), path).toEqual(['method-not-allowed']);
  }
  expect((await send('OPTIONS', '/courses')).headers.get('allow')).toBe('OPTIONS, GET, HEAD, POST');
});

test('the documented addresses are the real ones', async () => {
  const { send } = await service();
  const { paths: documented } = (await send('GET', '/openapi.json')).json as { paths: Record<string, object> };
  for (const [path, methods] of Object.entries(documented)) {
    const allowed =
      (await send('OPTIONS', path.replace('{id}', 'x').replace('{type}', 'ValueSet'))).headers.get('allow') ?? '';
    const named = Object.keys(methods).filter((name) => /^(get|put|post|patch)$/.test(name));
    const real = allowed.split(', ').filter((name) => /^(GET|PUT|POST|PATCH)$/.test(name));
    expect(named.map((name) => name.toUpperCase()).toSorted(), path).toEqual(real.toSorted());
  }
  expect(Object.keys(documented)).toHaveLength(paths.length);
});

describe('what is wrong with a request', () => {
  const gzip = { 'Content-Encoding': 'gzip' };
  test.each<[string, string, string, string | Buffer | undefined, Record<string, string>, number, string]>([
    ['no such address', 'GET', '/nowhere', undefined, {}, 404, 'no-such-route'],
    ['an address that cannot be decoded', 'GET', '/courses/%E0%A4', undefined, {}, 400, 'bad-request'],
    ['a course that was not submitted', 'GET', '/courses/c0ffee', undefined, {}, 404, 'course-unknown'],
    [
      'another media type',
      'POST',
      '/courses',
      '<a/>',
      { 'Content-Type': 'application/xml' },
      415,
      'unsupported-media-type',
    ],
    ['no media type', 'POST', '/courses', Buffer.from('{}'), { 'Content-Type': '' }, 415, 'unsupported-media-type'],
    [
      'another character set',
      'POST',
      '/courses',
      '{}',
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'unsupported-media-type',
    ],
    ['a compressed body', 'POST', '/courses', '{}', gzip, 415, 'unsupported-media-type'],
    [
      'lines where one course is due',
      'PUT',
      '/courses/x',
      '{}',
      { 'Content-Type': 'application/x-ndjson' },
      415,
      'unsupported-media-type',
    ],
    ['no JSON', 'POST', '/courses', '{"a":', {}, 400, 'malformed-json'],
    ['no bytes', 'POST', '/courses', '', { 'Content-Type': 'application/json' }, 400, 'malformed-json'],
    ['no UTF-8', 'POST', '/courses', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'malformed-json'],
    ['a name twice', 'POST', '/courses', '{"id":1,"id":2}', {}, 400, 'duplicate-field'],
    ['no lines', 'POST', '/courses', '\n', { 'Content-Type': 'application/x-ndjson' }, 400, 'malformed-json'],
    ['no course', 'POST', '/courses', '[]', {}, 400, 'not-a-course TreatmentCourse'],
    ['a pull of nothing', 'POST', '/pull', '{}', {}, 422, 'bad-request'],
    ['a pull of everything and more', 'POST', '/pull', '{"all":true,"course":{}}', {}, 422, 'bad-request'],
    ['too much', 'POST', '/courses', Buffer.alloc(17 * 1024 * 1024, 0x20), {}, 413, 'body-too-large'],
  ])('%s', async (_, method, path, body, headers, status, issue) => {
    const { send } = await service();
    const got = await send(method, path, body, headers);
    expect(got.status).toBe(status);
    expect(errorsIn(got.json)).toEqual([issue]);
    expect(got.headers.get('content-type')).toBe('application/fhir+json');
  });
});

test('too much without a length is refused too', async () => {
  const { base } = await service();
  const status = await new Promise<number | undefined>((done) => {
    const sent = request(`${base}/courses`, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
    sent.on('response', ({ statusCode }) => done(statusCode)).on('error', () => undefined);
    for (let megabytes = 0; megabytes < 17; megabytes += 1) sent.write(Buffer.alloc(1024 * 1024, 0x20));
    sent.end();
  });
  expect(status).toBe(413);
});

test('HEAD is GET without a body, and nothing tells what serves it', async () => {
  const { send } = await service();
  const head = await send('HEAD', '/livez');
  expect([head.status, head.text]).toEqual([200, '']);
  expect(head.headers.get('x-powered-by')).toBeNull();
  expect(head.headers.get('cache-control')).toBe('no-store');
});

test('on loopback a request that names another host is refused: it comes from a page elsewhere', async () => {
  const { base } = await service();
  const status = (host: string) =>
    new Promise<number | undefined>((done) => {
      request(`${base}/livez`, { headers: { Host: host } }, (response) => {
        response.resume();
        done(response.statusCode);
      }).end();
    });
  expect(await status('evil.example.org')).toBe(400);
  expect(await status('127.0.0.1.example.org')).toBe(400);
  expect(await status('localhost:8080')).toBe(200);
  expect(await status('[::1]:8080')).toBe(200);
});

test('a fault of our own is an id, in the answer and in the log', async () => {
  const faults: [string, unknown][] = [];
  const fault = new Error('zqmarker');
  const base = await listen(
    mounted([{ path: '/broken', get: () => Promise.reject(fault) }], {
      loopbackOnly: true,
      newRequestId: () => 'fault-7',
      reportFault: (id, error) => faults.push([id, error]),
    }),
  );
  const response = await fetch(`${base}/broken`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).toContain('fault-7');
  expect(text).not.toContain('zqmarker');
  expect(faults).toEqual([['fault-7', fault]]);
});
