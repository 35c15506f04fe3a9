import { expect, inject, test } from 'vitest';
import { answerCases } from '../validation/answers/cases.ts';
import judged from '../validation/answers/judged.json' with { type: 'json' };
import { judgedAnswers } from './answers.ts';
import { judgeAt } from './judge.ts';

/** What the tests of answers say that the judge says is what it says. */

test('the judge says of answers what is written down', async () => {
  expect(await judgedAnswers(answerCases, judgeAt(inject('judge')).judge)).toEqual(judged);
});
