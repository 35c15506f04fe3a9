import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import { run } from '../cli/command-line.ts';
import { codesIn, errorsIn, fhir, listen, service, type Service } from './service.ts';
import { smallCourse } from './small-course.ts';

const file = new URL('../golden/maximal.course.json', import.meta.url);
const maximal = readFileSync(file, 'utf8');
const { system, id, patient } = JSON.parse(maximal) as {
  system: string;
  id: string;
  patient: { system: string; id: string };
};
const courseId = courseServiceId({ system, id });
const path = `/courses/${courseId}`;

interface Submission {
  readonly state: string;
  readonly submission: string;
  readonly deliveries: readonly string[];
}

interface Receipt {
  readonly targets: readonly {
    readonly delivery: { readonly id: string; readonly state: string; readonly notification: string; outcome: unknown };
    readonly holds?: { readonly resources: readonly { readonly state: string }[] };
  }[];
}

/** How the delivery of the course ended, and with what. */
async function endOf({ send, settled }: Service): Promise<unknown> {
  await settled();
  const { targets } = (await send('GET', `${path}/receipt`)).json as Receipt;
  return targets.map(({ delivery }) => [delivery.state, codesIn(delivery.outcome)]);
}

test('a course goes in, and comes out as it was, as FHIR and as a receipt', async () => {
  const { send, faults, settled } = await service((await fhir()).base);
  const posted = await send('POST', '/courses', maximal);
  expect(posted.status).toBe(202);
  expect(posted.headers.get('location')).toBe(path);
  expect(posted.json).toMatchObject({ id: courseId, state: 'accepted', receipt: `${path}/receipt` });
  const { submission, deliveries } = posted.json as Submission;
  expect([typeof submission, deliveries.length]).toEqual(['string', 1]);

  const got = await send('GET', path);
  const digits = (text: string) => text.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/g);
  expect(digits(got.text)).toEqual(digits(maximal));
  expect(got.json).toEqual(JSON.parse(maximal));

  const [bundle] = (await run(['map', file.pathname])).out;
  expect((await send('GET', `${path}/bundle`)).text).toBe(`${bundle}\n`);
  expect((await send('GET', '/courses')).json).toEqual({ courses: [{ id: courseId }] });

  await settled();
  const { targets } = (await send('GET', `${path}/receipt`)).json as Receipt;
  expect(targets).toMatchObject([{ delivery: { id: deliveries[0], state: 'delivered', notification: 'pending' } }]);
  const resources = targets[0]?.holds?.resources ?? [];
  expect(resources).toHaveLength((JSON.parse(bundle ?? '') as { entry: unknown[] }).entry.length);
  expect(new Set(resources.map(({ state }) => state))).toEqual(new Set(['held']));
  const told = (await send('GET', `${path}/receipt`)).json as Receipt;
  expect(told.targets).toMatchObject([{ delivery: { notification: 'told' } }]);

  const again = await send('PUT', path, maximal);
  expect([again.status, Object(again.json)]).toMatchObject([200, { state: 'unchanged', deliveries: [] }]);
  expect(faults).toEqual([]);
});

test('a course under the address of another is refused', async () => {
  const { send } = await service();
  const other = path.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  for (const method of ['PUT', 'PATCH']) {
    const got = await send(method, other, maximal);
    expect([method, got.status, errorsIn(got.json)]).toEqual([method, 409, ['id-mismatch']]);
  }
  expect((await send('GET', '/courses')).json).toEqual({ courses: [] });
});

test('courses are listed page by page', async () => {
  const { send } = await service();
  const ids = await Promise.all(
    ['a', 'b', 'c'].map(async (own) => {
      const got = await send('POST', '/courses', smallCourse(own));
      return (got.json as { id: string }).id;
    }),
  );
  const listed: string[] = [];
  for (let next: string | undefined = '/courses?limit=1'; next !== undefined;) {
    const page = (await send('GET', next)).json as { courses: { id: string }[]; next?: string };
    listed.push(...page.courses.map((course) => course.id));
    next = page.next;
  }
  expect(listed).toEqual(ids.toSorted());
});

describe('what the target does to a course', () => {
  test('a patient whom it does not know', async () => {
    const target = await fhir();
    const it = await service(target.base, { patients: 'resolve' });
    expect((await it.send('POST', '/courses', maximal)).status).toBe(202);
    expect(await endOf(it)).toEqual([['refused', ['patient-unknown']]]);
    expect((await target.send('GET', '/Observation')).json).toMatchObject({ total: 0 });
  });

  test('a patient whom it knows twice', async () => {
    const target = await fhir();
    const twin = JSON.stringify({
      resourceType: 'Patient',
      identifier: [{ system: patient.system, value: patient.id }],
    });
    await target.send('POST', '/Patient', twin);
    await target.send('POST', '/Patient', twin);
    const it = await service(target.base);
    await it.send('POST', '/courses', maximal);
    expect(await endOf(it)).toEqual([['refused', ['patient-ambiguous']]]);
    expect((await target.send('GET', '/Observation')).json).toMatchObject({ total: 0 });
  });

  test('a resource of another patient under our identifier', async () => {
    const target = await fhir();
    const first = await service(target.base);
    await first.send('POST', '/courses', maximal);
    await first.settled();
    const before = await target.send('GET', '/Observation');
    const swapped = maximal.replace(`"id": "${patient.id}"`, '"id": "somebody-else"');
    expect(swapped).not.toBe(maximal);
    const second = await service(target.base);
    await second.send('POST', '/courses', swapped);
    expect(await endOf(second)).toEqual([['refused', ['other-patient']]]);
    expect((await target.send('GET', '/Observation')).text).toBe(before.text);
  });

  test.each<[string, string, Parameters<typeof listen>[0]]>([
    [
      'HTML',
      'target-not-fhir',
      (_, response) => response.setHeader('Content-Type', 'text/html').end('<p>zqmarker</p>'),
    ],
    [
      'another FHIR version',
      'target-wrong-version',
      (_, response) => response.end('{"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"}'),
    ],
    ['a closed door', 'target-not-authorised', (_, response) => response.writeHead(401).end()],
    ['no room', 'target-unavailable', (_, response) => response.writeHead(503).end()],
  ])('a target that answers with %s: the course is kept, and waits', async (_, code, answer) => {
    const it = await service(await listen(answer));
    expect((await it.send('POST', '/courses', maximal)).status).toBe(202);
    await expect.poll(() => it.notes.length).toBeGreaterThan(0);
    const receipt = await it.send('GET', `${path}/receipt`);
    const [target] = (receipt.json as Receipt).targets;
    expect(['waiting', 'in-flight']).toContain(target?.delivery.state);
    expect(codesIn(target?.delivery.outcome)).toEqual([code]);
    expect(receipt.text).not.toContain('zqmarker');
    expect((await it.send('POST', '/pull', '{"all":true}')).status).toBe(503);
  });
});

test('a pull gives what the target holds, and nothing that we remember', async () => {
  const target = await fhir();
  const first = await service(target.base);
  await first.send('POST', '/courses', maximal);
  await first.settled();
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
