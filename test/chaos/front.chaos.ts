import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../servers/start.ts';
import { runTrial } from './front-trial.ts';
import { trials } from './front-trials.ts';
import { startFront, type Front } from './front.ts';

/**
 * Every two abilities that a server may lack, and answers lost after the server did what was asked: the receipt says
 * exactly what is not there, nothing is there twice, and what is pulled is the course without what the receipt lists.
 */

let server: TestServer;
let front: Front;
let lost = 0;

beforeAll(async () => {
  server = await startServer('hapi');
  front = await startFront(server.base);
});

afterAll(async () => {
  await front.close();
  await server.stop();
});

test.each(trials)('a server that can less: $name', async (trial) => {
  const result = await runTrial(front, server.base, trial);
  lost += result.lost;
  expect(result.problems).toEqual([]);
});

test('answers were lost', () => {
  process.stderr.write(`front: ${lost} answers lost\n`);
  expect(lost).toBeGreaterThanOrEqual(200);
});
