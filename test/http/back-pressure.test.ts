import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { jsonLinesIn, rawStream } from './raw-request.ts';
import { codesIn, errorsIn, service, type Got, type Service } from './service.ts';
import { resultsIn, smallCourse } from './small-course.ts';

const mebibyte = 2 ** 20;
const ndjson = { 'Content-Type': 'application/x-ndjson' };

/** A clock of which a second has always passed, so that the door never trusts an old answer. */
function hurried(): () => number {
  let now = Date.parse('2026-01-01T00:00:00Z');
  return () => (now += 1000);
}

const keptIn = async ({ store }: Service): Promise<number> =>
  (await store.transaction((tx) => tx.courseIds({ limit: 100_000 }))).length;

const refusal = ({ status, json, headers }: Got): unknown => [status, errorsIn(json), headers.has('retry-after')];

const note = 'n'.repeat(10_000);
const sessions = ['1', '2'].map((id) => ({ id, status: 'completed', note }));
const largeCourse = (id: string): string => smallCourse(id, { sessions });

describe('a store that fills up', () => {
  test('before it is full, whoever knocks is told to come again', async () => {
    const store = await openStore('memory', { maxBytes: 4 * mebibyte });
    const it = await service(undefined, { store, bounds: { reserveBytes: mebibyte }, now: hurried() });
    const statuses: number[] = [];
    let last: Got | undefined;
    for (let count = 0; last?.status !== 503 && count < 1000; count += 1) {
      last = await it.send('POST', '/courses', largeCourse(String(count)));
      statuses.push(last.status);
    }
    expect(last && refusal(last)).toEqual([503, ['store-full'], true]);
    expect(statuses.filter((status) => status === 202)).toHaveLength(statuses.length - 1);
    expect(await keptIn(it)).toBe(statuses.length - 1);
    // There was still room for what had begun, and what is there can be read.
    expect(await store.freeBytes()).toBeGreaterThan(mebibyte / 2);
    expect((await it.send('GET', '/courses')).status).toBe(200);
    expect(it.faults).toEqual([]);
  });

  test('when it is full, nothing of the request is kept', async () => {
    const store = await openStore('memory', { maxBytes: mebibyte });
    const it = await service(undefined, { store, now: hurried() });
    let kept = 0;
    let got = await it.send('POST', '/courses', largeCourse('0'), { 'Idempotency-Key': '0' });
    for (; got.status === 202; kept += 1) {
      const key = { 'Idempotency-Key': String(kept + 1) };
      got = await it.send('POST', '/courses', largeCourse(String(kept + 1)), key);
    }
    expect(refusal(got)).toEqual([503, ['store-full'], true]);
    expect(await keptIn(it)).toBe(kept);
    expect(it.faults).toEqual([]);
  });

  test('a stream ends after the last line that was kept, and says so', async () => {
    const store = await openStore('memory', { maxBytes: 20 * mebibyte });
    const it = await service(undefined, { store, bounds: { reserveBytes: 10 * mebibyte }, now: hurried() });
    const stream = await rawStream(it.base);
    for (let line = 0; line < 2000; line += 1) await stream.send(`${largeCourse(String(line))}\n`);
    await stream.end();
    const results = resultsIn(jsonLinesIn(await stream.until('\r\n0\r\n')));
    const last = results.at(-1);
    expect([last?.state, last?.line, codesIn(last?.issues)]).toEqual(['unavailable', undefined, ['store-full']]);
    expect(results.filter(({ state }) => state === 'accepted')).toHaveLength(results.length - 1);
    expect(await keptIn(it)).toBe(results.length - 1);
    const next = await it.send('POST', '/courses', largeCourse('next'), ndjson);
    expect(refusal(next)).toEqual([503, ['store-full'], true]);
  });
});

test('a store that cannot be used now is no fault of ours: whoever writes is told to come again', async () => {
  const store = await openStore('memory');
  const it = await service(undefined, { store, delivers: false });
  await store.close();
  const got = await it.send('POST', '/deliveries/7d0c4e0a-33a5-4c8c-9d52-0d5d3c0f5a11/replay', '{}');
  expect(refusal(got)).toEqual([503, ['store-unavailable'], true]);
  expect(it.faults).toEqual([]);
});

test('while too many deliveries wait, nothing is taken', async () => {
  const it = await service(undefined, { bounds: { waitingDeliveries: 2 }, now: hurried() });
  const statuses: number[] = [];
  for (const id of ['a', 'b']) statuses.push((await it.send('POST', '/courses', smallCourse(id))).status);
  expect(statuses).toEqual([202, 202]);
  const third = await it.send('POST', '/courses', smallCourse('c'));
  expect(refusal(third)).toEqual([503, ['too-many-waiting'], true]);
  expect(await keptIn(it)).toBe(2);
});

describe('too much at once', () => {
  test('streams beyond the bound are told to come again', async () => {
    const it = await service(undefined, { bounds: { streams: 1 } });
    const stream = await rawStream(it.base);
    await stream.send(`${smallCourse('a')}\n`);
    await stream.until('"line":1');
    const second = await it.send('POST', '/courses', smallCourse('b'), ndjson);
    expect(refusal(second)).toEqual([503, ['busy'], true]);
    await stream.end();
    await expect.poll(() => it.log.length).toBe(2);
    expect((await it.send('POST', '/courses', smallCourse('b'), ndjson)).status).toBe(202);
  });

  test('bodies beyond the bound too, and their bytes are given back', async () => {
    const it = await service(undefined, { bounds: { bodyBytes: 30_000 } });
    const stream = await rawStream(it.base);
    await stream.send(`${smallCourse('a')}\n${'x'.repeat(25_000)}`);
    await stream.until('"line":1');
    const second = await it.send('POST', '/courses', largeCourse('b'));
    expect(refusal(second)).toEqual([503, ['busy'], true]);
    stream.socket.destroy();
    await expect.poll(() => it.log.length).toBe(2);
    for (const id of ['b', 'c', 'd']) expect((await it.send('POST', '/courses', largeCourse(id))).status).toBe(202);
  });

  test('a stream waits for room that others have', async () => {
    const it = await service(undefined, { bounds: { bodyBytes: 30_000 } });
    const [first, second] = [await rawStream(it.base), await rawStream(it.base)];
    await first.send(`${smallCourse('a')}\n${'x'.repeat(29_900)}`);
    await first.until('"line":1');
    await second.send(`${smallCourse('b')}\n${largeCourse('c')}`);
    await sleep(100);
    first.socket.destroy();
    await second.send(`\n`);
    await second.end();
    const results = resultsIn(jsonLinesIn(await second.until('\r\n0\r\n')));
    expect(results.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  });
});

describe('a service that is about to stop', () => {
  test('takes nothing new, and ends a stream after the group that was begun', async () => {
    const stopping = new AbortController();
    const it = await service(undefined, { stopping: stopping.signal });
    const stream = await rawStream(it.base);
    await stream.send(`${smallCourse('a')}\n`);
    await stream.until('"line":1');
    stopping.abort();
    await stream.until('unavailable');
    await stream.end();
    const results = resultsIn(jsonLinesIn(await stream.until('\r\n0\r\n')));
    expect(results.map(({ state, issues }) => [state, codesIn(issues)])).toEqual([
      ['accepted', []],
      ['unavailable', ['stopping']],
    ]);
    expect(refusal(await it.send('POST', '/courses', smallCourse('b')))).toEqual([503, ['stopping'], true]);
    expect(await keptIn(it)).toBe(1);
  });
});
