import { expect, test } from 'vitest';
import type { Answer, Capabilities, FhirServer } from '../../src/exchange/ports.ts';
import { targetOf } from '../../src/exchange/target.ts';

const accepted = { kind: 'accepted', body: { fhirVersion: '4.0.1' } } as unknown as Answer<Capabilities>;
const away = { kind: 'unavailable' } as unknown as Answer<Capabilities>;

/** A server that answers with these in turn, and counts how often it is asked. */
function serverOf(answers: readonly Answer<Capabilities>[]): {
  readonly server: FhirServer;
  readonly asked: () => number;
} {
  let count = 0;
  const capabilities = async (): Promise<Answer<Capabilities>> => {
    const answer = answers[count] ?? away;
    count += 1;
    await Promise.resolve();
    return answer;
  };
  return { server: { capabilities } as unknown as FhirServer, asked: () => count };
}

test('those that ask at the same time share one answer, and once it is known nobody asks again', async () => {
  const { server, asked } = serverOf([accepted]);
  const target = targetOf(server);
  expect(await Promise.all([target.capabilities(), target.capabilities(), target.capabilities()])).toEqual([
    accepted,
    accepted,
    accepted,
  ]);
  expect(await target.capabilities()).toBe(accepted);
  expect(asked()).toBe(1);
});

test('after a failure the next one asks again', async () => {
  const { server, asked } = serverOf([away, accepted]);
  const target = targetOf(server);
  expect(await Promise.all([target.capabilities(), target.capabilities()])).toEqual([away, away]);
  expect(await target.capabilities()).toBe(accepted);
  expect(asked()).toBe(2);
});
