import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { jsonLinesIn, rawStream } from './raw-request.ts';
import { codesIn, errorsIn, service, type Service } from './service.ts';
import { resultsIn, smallCourse } from './small-course.ts';

const ndjson = { 'Content-Type': 'application/x-ndjson' };

const keptIn = ({ store }: Service): Promise<readonly string[]> =>
  store.transaction((tx) => tx.courseIds({ limit: 10_000 }));

test('a stream has a result a line, and the good are not lost to the bad', async () => {
  const { send, ...others } = await service();
  const body = [smallCourse('a'), '{"a":', '', smallCourse('b', { ammount: 1 }), '\r', smallCourse('c')].join('\n');
  const got = await send('POST', '/courses', body, ndjson);
  expect(got.status).toBe(202);
  expect(got.headers.get('content-type')).toBe('application/x-ndjson');
  const results = resultsIn(got.text);
  expect(results.map(({ line, state, issues }) => [line, state, errorsIn(issues)])).toEqual([
    [1, 'accepted', []],
    [2, 'refused', ['malformed-json']],
    [4, 'refused', ['unknown-field TreatmentCourse.ammount']],
    [6, 'accepted', []],
  ]);
  expect(new Set(await keptIn({ send, ...others }))).toEqual(new Set([results[0]?.id, results[3]?.id]));

  const again = resultsIn((await send('POST', '/courses', body, ndjson)).text);
  expect(again.map(({ state }) => state)).toEqual(['unchanged', 'refused', 'refused', 'unchanged']);
  expect(again.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
});

test('what was refused before the first good line comes with it, in order', async () => {
  const { send } = await service();
  const bad = Array.from({ length: 1200 }, () => '{');
  const got = await send('POST', '/courses', [...bad, smallCourse('a'), '{'].join('\n'), ndjson);
  expect(got.status).toBe(202);
  expect(resultsIn(got.text).map(({ line }) => line)).toEqual(Array.from({ length: 1202 }, (_, index) => index + 1));
});

test('a stream without a good line is refused as a whole', async () => {
  const { send } = await service();
  const got = await send('POST', '/courses', `${smallCourse('a', { status: 7 })}\n{`, ndjson);
  expect(got.status).toBe(422);
  expect(resultsIn(got.text).map(({ state }) => state)).toEqual(['refused', 'refused']);
});

test.each(['', '\n', ' \r\n\n'])('a stream of nothing (%j) is no request', async (body) => {
  const { send } = await service();
  const got = await send('POST', '/courses', Buffer.from(body), ndjson);
  expect([got.status, errorsIn(got.json)]).toEqual([400, ['malformed-json']]);
});

test('lines that cannot be read are refused one by one', async () => {
  const { base } = await service();
  const stream = await rawStream(base);
  await stream.send(Buffer.from([0x22, 0xff, 0x22, 0x0a]));
  for (let megabytes = 0; megabytes < 17; megabytes += 1) await stream.send(Buffer.alloc(1024 * 1024, 0x20));
  await stream.send(`\n${smallCourse('a')}`);
  await stream.end();
  const results = resultsIn(jsonLinesIn(await stream.until('"accepted"')));
  expect(results.map(({ line, issues }) => [line, codesIn(issues)])).toEqual([
    [1, ['malformed-json']],
    [2, ['line-too-long']],
    [3, []],
  ]);
});

test('a result is there before the next line is sent, and its line on disk', async () => {
  const it = await service();
  const stream = await rawStream(it.base);
  for (const [index, id] of ['a', 'b', 'c'].entries()) {
    await stream.send(`${smallCourse(id)}\n`);
    await stream.until(`"line":${index + 1},`);
    expect(await keptIn(it)).toHaveLength(index + 1);
  }
  await stream.end();
  expect(await stream.until('\r\n0\r\n')).toMatch(/^HTTP\/1\.1 202 /);
});

describe('a connection that is cut', () => {
  test('leaves the lines that were acknowledged', async () => {
    const it = await service();
    const stream = await rawStream(it.base);
    await stream.send(`${smallCourse('a')}\n${smallCourse('b')}\n`);
    await stream.until('"line":2,');
    // A whole course, but nobody said that its line ends here.
    await stream.send(smallCourse('c'));
    await sleep(50);
    stream.socket.destroy();
    await expect.poll(() => it.log.length).toBe(1);
    await sleep(20);
    expect(await keptIn(it)).toHaveLength(2);
    expect(it.faults).toEqual([]);
  });

  test('by a half-closed sender too', async () => {
    const it = await service();
    const stream = await rawStream(it.base);
    await stream.send(`${smallCourse('a')}\n${smallCourse('b')}`);
    await stream.until('"line":1,');
    stream.socket.end();
    await stream.closed();
    expect(await keptIn(it)).toHaveLength(1);
  });

  test('takes nothing after the cut', async () => {
    const it = await service();
    const { store } = it;
    let commits = 0;
    let cut = (): void => undefined;
    const transaction = store.transaction.bind(store);
    // The connection goes while the first group of many is being committed.
    Object.assign(store, {
      transaction: async (work: Parameters<typeof transaction>[0]) => {
        commits += 1;
        cut();
        await sleep(50);
        return transaction(work);
      },
    });
    const stream = await rawStream(it.base);
    await stream.send(Array.from({ length: 1500 }, (_, index) => `${smallCourse(String(index))}\n`).join(''));
    await expect.poll(() => commits).toBeGreaterThan(0);
    cut = () => void stream.socket.destroy();
    await expect.poll(() => it.log.length).toBe(1);
    await sleep(300);
    Object.assign(store, { transaction });
    const kept = await keptIn(it);
    expect(kept.length).toBeLessThanOrEqual(500);
    const acknowledged = resultsIn(jsonLinesIn(stream.answered())).length;
    expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
  });
});

test('a last line without its end counts where the body ended', async () => {
  const it = await service();
  const got = await it.send('POST', '/courses', `${smallCourse('a')}\n${smallCourse('b')}`, ndjson);
  expect(resultsIn(got.text)).toHaveLength(2);
  expect(await keptIn(it)).toHaveLength(2);
});

test('whoever sends everything before reading anything gets every result', async () => {
  const it = await service();
  const stream = await rawStream(it.base);
  stream.socket.pause();
  await stream.send(`${smallCourse('a')}\n`);
  for (let count = 0; count < 10; count += 1) await stream.send('{\n'.repeat(1000));
  await stream.end();
  await sleep(300);
  stream.socket.resume();
  await stream.until('\r\n0\r\n');
  expect(stream.answered().match(/"line":\d+/g)).toHaveLength(10_001);
});

test('5,000 lines are never in memory at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coursebridge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const it = await service(undefined, { store: await openStore({ file: join(folder, 'store.sqlite') }) });
  const note = 'n'.repeat(10_000);
  const before = heldBytes();
  let most = 0;
  let results = '';
  const sent = request(`${it.base}/courses`, { method: 'POST', headers: ndjson });
  const answered = new Promise<void>((done, failed) => {
    sent.on('error', failed).on('response', (response) => {
      let seen = 0;
      response.setEncoding('utf8').on('data', (piece: string) => {
        results += piece;
        seen += 1;
        if (seen % 5 === 0) most = Math.max(most, heldBytes());
      });
      response.on('end', done);
    });
  });
  for (let line = 0; line < 5000; line += 1) {
    const course = smallCourse(String(line), { sessions: [{ id: '1', status: 'completed', note }] });
    if (!sent.write(`${course}\n`)) await new Promise((drained) => void sent.once('drain', drained));
  }
  sent.end();
  await answered;
  expect(resultsIn(results).filter(({ state }) => state === 'accepted')).toHaveLength(5000);
  // 50 MB were sent.
  expect((most - before) / 2 ** 20).toBeLessThan(15);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use that are no garbage. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
