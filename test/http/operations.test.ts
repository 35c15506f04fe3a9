import { describe, expect, test } from 'vitest';
import { courseServiceId } from '../../src/course/identity.ts';
import { errorsIn, codesIn, fhir, nowhere, service, type Got, type Service } from './service.ts';
import { smallCourse, sourceSystem } from './small-course.ts';

interface Submission {
  readonly id: string;
  readonly state: string;
  readonly submission: string;
  readonly deliveries: readonly string[];
}

interface DeliveryList {
  readonly deliveries: readonly { readonly id: string; readonly state: string; readonly version: number }[];
  readonly submissions: readonly { readonly id: string; readonly course: string }[];
  readonly next?: string;
}

const session = (id: string, more: object = {}): object => ({ id, status: 'completed', ...more });

async function submitted({ send }: Service, course: string, method = 'POST', path = '/courses'): Promise<Submission> {
  const got = await send(method, path, course);
  if (got.status >= 300) throw new Error(got.text);
  return got.json as Submission;
}

const answered = ({ status, json }: Got): unknown => [status, errorsIn(json)];

const deliveriesIn = async ({ send }: Service, query = ''): Promise<DeliveryList> =>
  (await send('GET', `/deliveries${query}`)).json as DeliveryList;

const audited = async ({ send }: Service): Promise<unknown> => {
  const { entries } = (await send('GET', '/audit')).json as { entries: { action: string; subject: string }[] };
  return entries.map(({ action, subject }) => [action, subject]);
};

describe('a part of a course', () => {
  test.each(['application/json', 'application/merge-patch+json'])('goes in as %s', async (type) => {
    const it = await service();
    const { id } = await submitted(it, smallCourse('a', { version: 1, sessions: [session('1')] }));
    const part = JSON.stringify({
      schemaVersion: '1',
      system: sourceSystem,
      id: 'a',
      version: 2,
      sessions: [session('2', { tolerability: 3 })],
    });
    const got = await it.send('PATCH', `/courses/${id}`, part, { 'Content-Type': type });
    expect([got.status, Object(got.json)]).toMatchObject([202, { id, state: 'accepted' }]);
    const course = (await it.send('GET', `/courses/${id}`)).json as { sessions: object[] };
    expect(course.sessions).toEqual([session('1'), session('2', { tolerability: 3 })]);
    const again = await it.send('PATCH', `/courses/${id}`, part, { 'Content-Type': type });
    expect([again.status, Object(again.json)]).toMatchObject([200, { state: 'unchanged', deliveries: [] }]);
  });

  test('of a course without a snapshot is pending, and the course cannot be read before it comes', async () => {
    const it = await service();
    const path = `/courses/${courseServiceId({ system: sourceSystem, id: 'a' })}`;
    const part = { schemaVersion: '1', system: sourceSystem, id: 'a', version: 2, sessions: [session('2')] };
    const got = await it.send('PATCH', path, JSON.stringify(part));
    expect([got.status, Object(got.json)]).toMatchObject([202, { state: 'pending', deliveries: [] }]);
    expect(answered(await it.send('GET', path))).toEqual([404, ['course-without-version']]);
    expect((await it.send('GET', `${path}/receipt`)).json).toMatchObject({ targets: [] });
    const snapshot = await submitted(it, smallCourse('a', { version: 1, sessions: [session('1')] }));
    expect(snapshot.deliveries).toHaveLength(1);
    const course = (await it.send('GET', path)).json as { sessions: object[] };
    expect(course.sessions).toEqual([session('1'), session('2')]);
  });
});

describe('what is held', () => {
  /** Without versions nobody can say which of two contents is newer. */
  async function withHeld(it: Service): Promise<{ first: Submission; held: Submission }> {
    const first = await submitted(it, smallCourse('a', { sessions: [session('1')] }));
    const held = await submitted(it, smallCourse('a', { sessions: [session('1'), session('2')] }));
    expect([first.state, held.state, held.deliveries]).toEqual(['accepted', 'held', []]);
    return { first, held };
  }

  test('is listed, and delivered when it is released', async () => {
    const it = await service();
    const { first, held } = await withHeld(it);
    const list = await deliveriesIn(it, '?state=held');
    expect(list).toMatchObject({ deliveries: [], submissions: [{ id: held.submission, course: first.id }] });
    expect((await deliveriesIn(it, `?state=held&course=${first.id}`)).submissions).toHaveLength(1);
    expect((await it.send('GET', '/metrics')).text).toContain('coursebridge_held_submissions 1');

    const released = await it.send('POST', `/submissions/${held.submission}/release`);
    expect([released.status, Object(released.json)]).toMatchObject([202, { id: first.id, state: 'accepted' }]);
    const course = (await it.send('GET', `/courses/${first.id}`)).json as { sessions: object[] };
    expect(course.sessions).toHaveLength(2);
    expect((await deliveriesIn(it, '?state=held')).submissions).toEqual([]);
    const twice = await it.send('POST', `/submissions/${held.submission}/release`);
    expect(answered(twice)).toEqual([409, ['not-held']]);
    expect(await audited(it)).toContainEqual(['released', held.submission]);
  });

  test('is put aside when it is rejected', async () => {
    const it = await service();
    const { first, held } = await withHeld(it);
    const rejected = await it.send('POST', `/submissions/${held.submission}/reject`);
    expect([rejected.status, Object(rejected.json)]).toMatchObject([200, { state: 'superseded', deliveries: [] }]);
    expect(((await it.send('GET', `/courses/${first.id}`)).json as { sessions: object[] }).sessions).toHaveLength(1);
    expect(await audited(it)).toContainEqual(['rejected', held.submission]);
  });

  test.each(['release', 'reject'])('and what is not there cannot be %sd', async (action) => {
    const { send } = await service();
    expect(answered(await send('POST', `/submissions/nothing/${action}`))).toEqual([404, ['submission-unknown']]);
  });
});

test('the same version with another content is refused', async () => {
  const { send } = await service();
  expect((await send('POST', '/courses', smallCourse('a', { version: 1 }))).status).toBe(202);
  const other = await send('POST', '/courses', smallCourse('a', { version: 1, status: 'onHold' }));
  expect([other.status, codesIn(other.json)]).toEqual([409, ['version-conflict']]);
  const older = await send('POST', '/courses', smallCourse('a', { version: 0, status: 'planned' }));
  expect([older.status, Object(older.json)]).toMatchObject([200, { state: 'superseded', deliveries: [] }]);
});

describe('a course that is taken back', () => {
  test('is in error, here and on the target', async () => {
    const target = await fhir();
    const it = await service(target.base);
    const { id } = await submitted(it, smallCourse('a', { sessions: [session('1')] }));
    await it.settled();
    const got = await it.send('POST', `/courses/${id}/withdraw`, '{"reason":"entered for somebody else"}');
    expect([got.status, Object(got.json)]).toMatchObject([202, { id, state: 'accepted' }]);
    await it.settled();
    expect((await it.send('GET', `/courses/${id}`)).json).toMatchObject({ status: 'enteredInError' });
    const { entry } = (await target.send('GET', '/Observation')).json as { entry: { resource: { status: string } }[] };
    expect(new Set(entry.map(({ resource }) => resource.status))).toEqual(new Set(['entered-in-error']));
    const history = await it.send('GET', `/courses/${id}/history`);
    expect(history.json).toMatchObject({ submissions: [{ kind: 'snapshot' }, { kind: 'withdrawal' }] });
    expect(history.text).not.toContain('somebody else');
    expect(await audited(it)).toContainEqual(['withdrawn', expect.any(String)]);
  });

  test('needs a reason, and has to be there', async () => {
    const it = await service();
    const { id } = await submitted(it, smallCourse('a'));
    for (const body of ['{}', '{"reason":" "}', '{"reason":1}', '{"reason":"a","more":1}']) {
      expect(answered(await it.send('POST', `/courses/${id}/withdraw`, body))).toEqual([422, ['bad-request']]);
    }
    const unknown = await it.send('POST', '/courses/c0ffee/withdraw', '{"reason":"a"}');
    expect(answered(unknown)).toEqual([404, ['course-unknown']]);
  });
});

describe('deliveries', () => {
  test('are listed by state and course, page by page', async () => {
    const it = await service();
    const courses = [];
    for (const id of ['a', 'b', 'c']) courses.push(await submitted(it, smallCourse(id)));
    const ids = courses.flatMap(({ deliveries }) => deliveries);
    expect((await deliveriesIn(it)).deliveries.map(({ id }) => id)).toEqual(ids);
    expect((await deliveriesIn(it, '?state=waiting,in-flight')).deliveries).toHaveLength(3);
    expect((await deliveriesIn(it, '?state=delivered&state=failed')).deliveries).toEqual([]);
    expect((await deliveriesIn(it, `?course=${courses[1]?.id}`)).deliveries.map(({ id }) => id)).toEqual([ids[1]]);
    const paged: string[] = [];
    for (let next: string | undefined = '/deliveries?state=waiting&limit=2'; next !== undefined;) {
      const page = (await it.send('GET', next)).json as DeliveryList;
      paged.push(...page.deliveries.map(({ id }) => id));
      next = page.next;
    }
    expect(paged).toEqual(ids);
    const one = await it.send('GET', `/deliveries/${ids[0]}`);
    expect(one.json).toMatchObject({ id: ids[0], course: courses[0]?.id, state: 'waiting', attempts: 0 });
    expect(answered(await it.send('GET', '/deliveries/nothing'))).toEqual([404, ['delivery-unknown']]);
  });

  test.each(['?state=late', '?state=', '?limit=0', '?limit=1001', '?limit=1&limit=2', '?course=x', '?after='])(
    'are not listed by %s',
    async (query) => {
      const { send } = await service();
      expect(answered(await send('GET', `/deliveries${query}`))).toEqual([400, ['bad-request']]);
    },
  );

  test('that failed are sent again, one or all, and the course goes as it is now', async () => {
    const target = await fhir();
    const it = await service(target.base, { patients: 'resolve' });
    const courses = [];
    for (const id of ['a', 'b']) courses.push(await submitted(it, smallCourse(id, { version: 1 })));
    await it.settled();
    const failed = await deliveriesIn(it, '?state=failed');
    expect(failed.deliveries.map(({ state }) => state)).toEqual(['refused', 'refused']);
    for (const id of ['a', 'b']) {
      const identifier = [{ system: 'https://clinic.example/patients', value: `P-${id}` }];
      await target.send('POST', '/Patient', JSON.stringify({ resourceType: 'Patient', identifier }));
    }

    const [first] = failed.deliveries;
    const one = await it.send('POST', `/deliveries/${first?.id}/replay`);
    expect([one.status, one.json]).toEqual([202, { replayed: 1, deliveries: [first?.id] }]);
    await it.settled();
    expect((await it.send('GET', `/deliveries/${first?.id}`)).json).toMatchObject({ state: 'delivered' });

    const all = await it.send('POST', '/deliveries/replay', '{"state":"failed"}');
    expect([all.status, all.json]).toEqual([202, { replayed: 1, deliveries: [failed.deliveries[1]?.id] }]);
    await it.settled();
    expect((await deliveriesIn(it, '?state=delivered')).deliveries).toHaveLength(2);
    expect((await deliveriesIn(it, '?state=failed')).deliveries).toEqual([]);

    // What has arrived is looked at on the target; an old delivery brings the course as it is now.
    const newer = await submitted(it, smallCourse('a', { version: 2, status: 'onHold' }));
    await it.settled();
    const again = await it.send('POST', `/deliveries/${first?.id}/replay`, '{"mode":"changes"}');
    expect(again.json).toEqual({ replayed: 1, deliveries: newer.deliveries });
    await it.settled();
    const now = (await it.send('GET', `/deliveries/${newer.deliveries[0]}`)).json;
    expect(now).toMatchObject({ state: 'delivered', mode: 'repair' });
    const actions = (await audited(it)) as [string, string][];
    expect(actions.filter(([action]) => action === 'replayed').map(([, subject]) => subject)).toEqual([
      first?.id,
      failed.deliveries[1]?.id,
      newer.deliveries[0],
    ]);
  });

  test('are not sent again for what is no request', async () => {
    const it = await service();
    const { deliveries } = await submitted(it, smallCourse('a'));
    const none = await it.send('POST', '/deliveries/nothing/replay');
    expect(answered(none)).toEqual([404, ['delivery-unknown']]);
    const odd = await it.send('POST', `/deliveries/${deliveries[0]}/replay`, '{"mode":"all"}');
    expect(answered(odd)).toEqual([422, ['bad-request']]);
    for (const body of ['{}', '{"state":"delivered"}', '[]']) {
      expect(answered(await it.send('POST', '/deliveries/replay', body))).toEqual([422, ['bad-request']]);
    }
    expect(await audited(it)).toHaveLength(1);
  });
});

test('the history of a course is what was submitted and what came of it', async () => {
  const it = await service(nowhere);
  const first = await submitted(it, smallCourse('a', { version: 1 }));
  const second = await submitted(it, smallCourse('a', { version: 2, status: 'onHold' }));
  const history = (await it.send('GET', `/courses/${first.id}/history`)).json;
  expect(history).toMatchObject({
    id: first.id,
    version: { submission: second.submission },
    submissions: [
      { id: first.submission, kind: 'snapshot', order: { version: 1 } },
      { id: second.submission, kind: 'snapshot', state: 'in-force', order: { version: 2 } },
    ],
    deliveries: [
      { id: first.deliveries[0], state: 'superseded' },
      { id: second.deliveries[0], state: 'waiting' },
    ],
  });
  expect(await audited(it)).toHaveLength(2);
  for (const path of ['/courses/c0ffee/history', '/courses/c0ffee/receipt', '/courses/c0ffee']) {
    expect(answered(await it.send('GET', path))).toEqual([404, ['course-unknown']]);
  }
});
