import { resourcesOf, type AnswerCase } from '../validation/answers/case.ts';
import type { Issue, Judge } from './judge.ts';

/**
 * What the judge says of answers, by the name of the case: severity, id and place of each error and warning that comes of
 * the Questionnaire. The response carries its Questionnaire, so that one judge judges all cases.
 */
export async function judgedAnswers(
  cases: readonly AnswerCase[],
  judge: Judge['judge'],
): Promise<Record<string, string[]>> {
  const verdicts = await judge(
    cases.map((one) => {
      const { questionnaire, response } = resourcesOf(one, '#form');
      return { ...response, contained: [questionnaire] };
    }),
  );
  return Object.fromEntries(
    cases.map(({ name }, index) => [name, (verdicts[index]?.issues ?? []).filter(isOfAnswers).map(lineOf).toSorted()]),
  );
}

const lineOf = ({ severity, id, at }: Issue): string => `${severity} ${id.replaceAll(' ', '-')} ${at}`;

const isOfAnswers = ({ severity, id, at, text }: Issue): boolean =>
  severity !== 'information' && (ids.test(id) || (id === '' && !at.includes('contained') && texts.test(text)));

const ids = /^questionnaire_qr_|^terminology_tx_valueset_notfound$|^THROWN/i;
const texts = /^No response answer|^Structural Error|^The answer should not|^The authored date/;
