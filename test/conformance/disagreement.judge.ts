import { expect, test } from 'vitest';
import { cases } from './corpus/cases.ts';
import { guideFolder, judgedBy, recorded } from './corpus/judged.ts';
import { startJudge } from './judge.ts';

/**
 * `npm test` compares our checker with what is recorded of the judge; here the record is proved. It takes a judge of its
 * own, with the corpus's guide beside our package.
 */
test('the judge says what is recorded of every case', async () => {
  const judge = await startJudge([guideFolder]);
  try {
    expect(await judgedBy(judge, cases())).toEqual(recorded());
  } finally {
    await judge.stop();
  }
});
