import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { mounted } from '../../src/http/routes.ts';
import { listen } from './service.ts';

/** An answer without an end, of pieces that are counted as they are asked for. */
async function endless() {
  const made = { pieces: 0, ended: false };
  const piece = 'x'.repeat(100_000);
  async function* body() {
    try {
      for (;;) {
        made.pieces += 1;
        yield piece;
        await sleep(0);
      }
    } finally {
      made.ended = true;
    }
  }
  const base = await listen(
    mounted([{ path: '/endless', get: () => ({ status: 200, body: body() }) }], {
      loopbackOnly: true,
      newRequestId: () => 'id',
      reportFault: () => undefined,
    }),
  );
  const socket = connect(Number(new URL(base).port), '127.0.0.1').pause();
  onTestFinished(() => void socket.destroy());
  socket.write('GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  /** The number of pieces when no more are asked for. */
  const settled = async (): Promise<number> => {
    for (let before = 0; ; before = made.pieces) {
      await sleep(200);
      if (made.pieces > 0 && made.pieces === before) return before;
    }
  };
  return { made, socket, settled };
}

test('who does not read is waited for, before too much is held', async () => {
  const { made, socket, settled } = await endless();
  const unread = await settled();
  // What we keep, and what the system does on both sides.
  expect(unread * 100_000).toBeGreaterThan(4 * 2 ** 20);
  expect(unread * 100_000).toBeLessThan(24 * 2 ** 20);
  socket.resume();
  await expect.poll(() => made.pieces).toBeGreaterThan(unread);
});

test('who leaves is not written for any more', async () => {
  const { made, socket, settled } = await endless();
  await settled();
  socket.destroy();
  await expect.poll(() => made.ended).toBe(true);
});
