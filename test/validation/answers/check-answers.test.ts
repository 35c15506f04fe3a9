import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { severityOf, type Issue } from '../../../src/outcome/issue.ts';
import { checkAnswers } from '../../../src/validation/answers/check-answers.ts';
import { compileQuestionnaire } from '../../../src/validation/answers/compile-questionnaire.ts';
import { genders, resourcesOf, type AnswerCase } from './case.ts';
import { answerCases } from './cases.ts';
import judged from './judged.json' with { type: 'json' };

/** The one ValueSet that the cases know. */
const codes = {
  inValueSet: (canonical: string, system: string | undefined, code: string | undefined): 'in' | 'out' | 'unknown' => {
    if (canonical !== 'http://hl7.org/fhir/ValueSet/administrative-gender') return 'unknown';
    return system === genders && ['male', 'female', 'other', 'unknown'].includes(code ?? '') ? 'in' : 'out';
  },
};

function issuesOf(one: AnswerCase): Issue[] {
  const { questionnaire, response } = resourcesOf(one, 'https://example.org/Questionnaire/form');
  const issues: Issue[] = [];
  checkAnswers(response, compileQuestionnaire(questionnaire, codes), (code, at, facts) =>
    issues.push(facts === undefined ? { code, at } : { code, at, facts }),
  );
  return issues;
}

const verdicts: Readonly<Record<string, readonly string[]>> = judged;

test('every case is one of its own, and was judged', () => {
  expect(new Set(answerCases.map(({ name }) => name)).size).toBe(answerCases.length);
  expect(Object.keys(verdicts)).toEqual(answerCases.map(({ name }) => name));
});

describe.each(answerCases)('$name', (one) => {
  const issues = issuesOf(one);

  test('is found', () => {
    expect(issues.map(({ code, at }) => `${code} ${at}`).toSorted()).toEqual(one.found.toSorted());
  });

  test(one.clause === undefined ? 'is as HL7 has it' : 'is not as HL7 has it', () => {
    const ours = issues.map((issue) => `${severityOf(issue)} ${judgesPlace(issue)}`).toSorted();
    const theirs = (verdicts[one.name] ?? []).map((verdict) => verdict.replace(/ \S* /, ' ')).toSorted();
    expect(isDeepStrictEqual(ours, theirs)).toBe(one.clause === undefined);
  });
});

/** HL7's validator leaves the answer out of the place of what is below it: no FHIRPath, and two answers have one place. */
function judgesPlace({ code, at }: Issue): string {
  const below = at.replaceAll(/\.answer\[\d+\](?=\.item)/g, '');
  return /^response-(?:item|answer-missing)/.test(code) ? below.replace(/\.answer\[\d+\]$/, '') : below;
}
