import { expect, inject, test } from 'vitest';
import { biteAll, lineOf } from './bite/bite.ts';
import { judgeAt } from './judge.ts';

/** Every constraint that a profile or an extension of ours adds refuses something that R4 accepts. */

test('the profiles bite', { timeout: 1_800_000 }, async () => {
  const all = await biteAll(judgeAt(inject('judge')).judge);
  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter(({ mutant }) => mutant === undefined).map(lineOf)).toEqual([]);
});
