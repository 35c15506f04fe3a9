import { expect, test } from 'vitest';
import { errorsIn, fhir, nowhere, service } from './service.ts';
import { smallCourse, sourceSystem } from './small-course.ts';

const ndjson = { 'Content-Type': 'application/x-ndjson' };
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

test('the metrics say how deliveries, submissions and requests went', async () => {
  const { send } = await service();
  await send('POST', '/courses', smallCourse('a'));
  await send('POST', '/courses', smallCourse('a'));
  await send('POST', '/courses', `{\n${smallCourse('b')}`, ndjson);
  await send('GET', '/courses/nobody');
  await send('GET', '/nowhere');
  const { status, headers, text } = await send('GET', '/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)]);
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'coursebridge_deliveries{state="waiting"} 2',
      'coursebridge_held_submissions 0',
      'coursebridge_submissions_total{kind="snapshot",state="accepted"} 2',
      'coursebridge_submissions_total{kind="snapshot",state="unchanged"} 1',
      'coursebridge_submissions_total{kind="snapshot",state="refused"} 1',
      'coursebridge_http_requests_total{route="/courses",status="202"} 2',
      'coursebridge_http_requests_total{route="/courses",status="200"} 1',
      'coursebridge_http_requests_total{route="/courses/{id}",status="404"} 1',
      'coursebridge_http_requests_total{route="none",status="404"} 1',
    ]),
  );
  expect(text).toMatch(/coursebridge_oldest_waiting_seconds \d/);
});

test('the log has every request once, by its route and the id that its answer carries', async () => {
  const { send, log } = await service();
  const got = [
    await send('POST', '/courses?secret=zq', smallCourse('a')),
    await send('GET', '/courses/zq-name'),
    await send('DELETE', '/courses/zq-name'),
    await send('GET', '/zq-name'),
    await send('GET', '/courses/%E0%A4'),
  ];
  await expect.poll(() => log.length).toBe(5);
  expect(log.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['POST', '/courses', 202],
    ['GET', '/courses/{id}', 404],
    ['DELETE', '/courses/{id}', 405],
    ['GET', 'none', 404],
    ['GET', 'none', 400],
  ]);
  expect(log.map(({ id }) => id)).toEqual(got.map(({ headers }) => headers.get('x-request-id')));
  expect(JSON.stringify(log)).not.toContain('zq');
});

test('readiness is that of the store and of the target, life is our own', async () => {
  const ready = await service((await fhir()).base);
  expect((await ready.send('GET', '/readyz')).json).toEqual({ status: 'ready' });
  const alone = await service();
  const notReady = await alone.send('GET', '/readyz');
  expect([notReady.status, errorsIn(notReady.json)]).toEqual([503, ['target-unavailable']]);
  await alone.store.close();
  const broken = await alone.send('GET', '/readyz');
  expect([broken.status, errorsIn(broken.json)]).toEqual([503, ['store-unavailable', 'target-unavailable']]);
  const taken = await alone.send('POST', '/courses', smallCourse('a'));
  expect([taken.status, errorsIn(taken.json)]).toEqual([503, ['store-unavailable']]);
  expect((await alone.send('GET', '/livez')).status).toBe(200);
});

test('what was received stands in no answer but the course itself, in no log and in no metric', async () => {
  const it = await service(nowhere);
  const marked = (more: object = {}): string =>
    JSON.stringify({
      schemaVersion: '1',
      system: sourceSystem,
      id: 'MARKER-course',
      version: 1,
      patient: { system: sourceSystem, id: 'MARKER-patient' },
      status: 'active',
      clinician: { name: 'MARKER name' },
      sessions: [{ id: 'MARKER-session', status: 'completed', note: 'MARKER note' }],
      assessments: [
        { id: 'MARKER-assessment', instrument: 'kset-followup', items: [{ linkId: 'MARKER-item', text: 'MARKER' }] },
      ],
      ...more,
    });
  const answers: string[] = [];
  const send = async (...request: Parameters<typeof it.send>) => {
    const got = await it.send(...request);
    answers.push(got.text, JSON.stringify([...got.headers]));
    return got;
  };
  const fine = { assessments: [] };
  const first = await send('POST', '/courses', marked(fine), { 'Idempotency-Key': 'MARKER' });
  const { id, submission, deliveries } = first.json as { id: string; submission: string; deliveries: string[] };
  expect(first.status).toBe(202);
  for (const [method, path, body, headers] of [
    ['POST', '/courses', marked()],
    ['POST', '/courses', marked({ ...fine, status: 'MARKER' })],
    ['POST', '/courses', marked({ ...fine, 'MARKER-field': 1 })],
    ['POST', '/courses', marked({ ...fine, status: 'onHold' })],
    ['POST', '/courses', marked({ ...fine, version: 2, patient: { system: sourceSystem, id: 'MARKER-other' } })],
    ['POST', '/courses', '{"MARKER": MARKER'],
    ['POST', '/courses', `MARKER\n${marked(fine)}\n{"MARKER":1,"MARKER":2}`, ndjson],
    ['POST', '/courses', marked({ id: 'other' }), { 'Idempotency-Key': 'MARKER' }],
    ['PUT', `/courses/${id}`, marked({ ...fine, id: 'MARKER-2' })],
    [
      'PATCH',
      `/courses/${id}`,
      marked({ version: 3, sessions: [{ id: 'MARKER-session', retracted: { at: 'MARKER' } }] }),
    ],
    ['GET', '/courses'],
    ['GET', '/courses/MARKER'],
    ['GET', '/MARKER?MARKER=MARKER'],
    ['GET', `/courses/${id}/history`],
    ['GET', '/deliveries'],
    ['GET', '/deliveries?state=held'],
    ['GET', '/deliveries?state=MARKER'],
    ['GET', '/deliveries?course=MARKER'],
    ['GET', `/deliveries/${deliveries[0]}`],
    ['POST', `/deliveries/${deliveries[0]}/replay`, '{"MARKER":1}'],
    ['POST', '/submissions/MARKER/release'],
    ['POST', `/submissions/${submission}/release`],
    ['POST', '/deliveries/replay', '{"state":"MARKER"}'],
    ['POST', `/courses/${id}/withdraw`, '{"reason":"MARKER"}'],
    ['POST', '/pull', '{"course":{"system":"https://a.example","id":"MARKER"}}'],
    ['GET', '/audit'],
    ['GET', '/metrics'],
    ['GET', '/readyz'],
  ] as [string, string, string?, Record<string, string>?][]) {
    await send(method, path, body, headers);
  }
  expect(answers.filter((text) => /marker/i.test(text))).toEqual([]);
  await expect.poll(() => it.log.length).toBe(29);
  expect(JSON.stringify([it.log, it.notes])).not.toMatch(/marker/i);
  expect(it.faults).toEqual([]);
  // The course itself is its caller's, and is all there.
  expect((await it.send('GET', `/courses/${id}`)).text.match(/MARKER/g)?.length).toBeGreaterThan(4);
});

test('no course has an id of its source in an address', async () => {
  const { send } = await service();
  const { json, headers } = await send('POST', '/courses', smallCourse('zq'));
  const { receipt } = json as { receipt: string };
  expect([headers.get('location'), receipt].map((path) => path?.replace(uuid, '*'))).toEqual([
    '/courses/*',
    '/courses/*/receipt',
  ]);
});
