import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { errorsIn, service, type Service } from './service.ts';
import { smallCourse } from './small-course.ts';

const under = (key: string) => ({ 'Idempotency-Key': key });
const day = 24 * 60 * 60 * 1000;

const deliveriesOf = ({ store }: Service) => store.transaction((tx) => tx.deliveries({}, { limit: 100 }));

test('the same request under the same key gets the same answer, and does nothing', async () => {
  const it = await service();
  const first = await it.send('POST', '/courses', smallCourse('a'), under('"key-1"'));
  expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([202, null]);
  // The quotes belong to the header, not to the key.
  for (const key of ['"key-1"', 'key-1']) {
    const again = await it.send('POST', '/courses', smallCourse('a'), under(key));
    expect([again.status, again.text]).toEqual([202, first.text]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('content-type')).toBe('application/json');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  }
  const other = await it.send('POST', '/courses', smallCourse('a'), under('key-2'));
  expect([other.status, Object(other.json)]).toMatchObject([200, { state: 'unchanged' }]);
  expect(await deliveriesOf(it)).toHaveLength(1);
});

test('a refusal is an answer too', async () => {
  const { send } = await service();
  const first = await send('POST', '/courses', '{', under('k'));
  expect(first.status).toBe(400);
  const again = await send('POST', '/courses', '{', under('k'));
  expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([400, first.text, 'true']);
});

test('another request under the key is refused: body, method or address', async () => {
  const { send } = await service();
  const first = await send('POST', '/courses', smallCourse('a'), under('k'));
  const path = first.headers.get('location') ?? '';
  const others: [string, string, string][] = [
    ['POST', '/courses', smallCourse('b')],
    ['PUT', path, smallCourse('a')],
    ['PATCH', path, smallCourse('a')],
  ];
  for (const [method, where, body] of others) {
    const got = await send(method, where, body, under('k'));
    expect([method, got.status, errorsIn(got.json)]).toEqual([method, 422, ['idempotency-key-reused']]);
  }
});

test('while the first is being answered, the second is told to wait', async () => {
  const store = await openStore('memory');
  const it = await service(undefined, { store });
  // Now the door knows the store, and will not ask it for a second.
  await it.send('POST', '/courses', '{');
  const transaction = store.transaction.bind(store);
  let open = (): void => undefined;
  const gate = new Promise<void>((done) => {
    open = done;
  });
  let waits = 0;
  Object.assign(store, {
    transaction: async (work: Parameters<typeof transaction>[0]) => {
      waits += 1;
      await gate;
      return transaction(work);
    },
  });
  const first = it.send('POST', '/courses', smallCourse('a'), under('k'));
  await expect.poll(() => waits).toBe(1);
  const second = await it.send('POST', '/courses', smallCourse('a'), under('k'));
  expect([second.status, errorsIn(second.json)]).toEqual([409, ['idempotency-key-in-use']]);
  expect(second.headers.get('retry-after')).toBe('1');
  open();
  expect((await first).status).toBe(202);
});

test.each(['', '""', '"open', 'x'.repeat(256), 'tab\there', 'blå'])('a malformed key (%j) is refused', async (key) => {
  const it = await service();
  const got = await it.send('POST', '/courses', smallCourse('a'), under(key));
  expect([got.status, errorsIn(got.json)]).toEqual([400, ['idempotency-key-invalid']]);
  expect(await deliveriesOf(it)).toHaveLength(0);
});

test('an answer is forgotten after seven days', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const { send } = await service(undefined, { now: () => now });
  await send('POST', '/courses', smallCourse('a'), under('k'));
  now += 7 * day;
  expect((await send('POST', '/courses', smallCourse('a'), under('k'))).headers.get('idempotency-replayed')).toBe(
    'true',
  );
  now += 1;
  const later = await send('POST', '/courses', smallCourse('b'), under('k'));
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([202, null]);
});

test('the key itself is not kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coursebridge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const it = await service(undefined, { store: await openStore({ file: join(folder, 'store.sqlite') }) });
  await it.send('POST', '/courses', smallCourse('a'), under('zq-patient-name'));
  const kept = await it.store.transaction((tx) => tx.answer(hash('sha256', 'zq-patient-name')));
  expect(kept?.status).toBe(202);
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(bytes.join('')).not.toContain('zq-patient-name');
});
