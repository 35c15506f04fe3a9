import { describe, expect, test } from 'vitest';
import { askingAgain } from '../../src/exchange/asking-again.ts';
import type { Answer, FhirServer } from '../../src/exchange/ports.ts';

const found = { kind: 'accepted', status: 200, body: [] } as const;

/** A server that answers searches in this order, and counts the seconds that it was waited for. */
function answering(...answers: readonly Answer<never[]>[]) {
  const waits: number[] = [];
  let asked = 0;
  const server: Partial<FhirServer> = {
    search: () => Promise.resolve(answers[asked++] ?? found),
    wait: (seconds) => Promise.resolve(void waits.push(seconds)),
  };
  const again = askingAgain(server as FhirServer);
  return { ask: () => again.search('Observation', []), waits, asked: () => asked };
}

const refused = (status: number, reason: 'status' | 'not-fhir' | 'not-authorised' = 'status') =>
  ({ kind: 'refused', status, reason, faults: [] }) as const;

describe('a question is asked again', () => {
  test.each([
    ['that broke off', { kind: 'unavailable' }],
    ['that a gateway answered', { kind: 'unavailable', status: 502 }],
    ['that was answered with a page', refused(200, 'not-fhir')],
    ['that somebody on the way refused', refused(409)],
  ] as const)('%s', async (_name, answer) => {
    const server = answering(answer);
    expect(await server.ask()).toEqual(found);
    expect(server.waits).toEqual([]);
  });

  test('when the target has time, if that is soon', async () => {
    const server = answering({ kind: 'unavailable', status: 429, retryAfterSeconds: 3 });
    expect(await server.ask()).toEqual(found);
    expect(server.waits).toEqual([3]);
  });

  test('three times, and no more', async () => {
    const away = { kind: 'unavailable', status: 503 } as const;
    const server = answering(away, away, away, away);
    expect(await server.ask()).toEqual(away);
    expect(server.asked()).toBe(3);
  });
});

test.each([
  ['that the target does not answer', refused(400)],
  ['that we may not ask', refused(401, 'not-authorised')],
  ['for which there is no time for long', { kind: 'unavailable', status: 503, retryAfterSeconds: 60 }],
] as const)('a question %s is not', async (_name, answer) => {
  const server = answering(answer);
  expect(await server.ask()).toEqual(answer);
  expect(server.asked()).toBe(1);
});
