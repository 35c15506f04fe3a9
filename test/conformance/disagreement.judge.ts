import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases } from './corpus/cases.ts';
import { guideFolder, judgedBy, recorded } from './corpus/judged.ts';
import { startJudge } from './judge.ts';

/**
 * Our checker against the judge, which has the corpus's guide beside our package: that is why it is a judge of its own.
 * `npm test` compares the checker with the record; here the record is proved.
 */

let judge: Awaited<ReturnType<typeof startJudge>>;
beforeAll(async () => {
  judge = await startJudge([guideFolder]);
});
afterAll(() => judge.stop());

test('the judge says what is recorded of every case', async () => {
  expect(await judgedBy(judge, cases())).toEqual(recorded());
});
