import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import { checkAnswers } from '../../../src/validation/answers/check-answers.ts';
import { compileQuestionnaire, type Means } from '../../../src/validation/answers/compile-questionnaire.ts';
import { jsonOf } from '../../laws/courses.ts';
import { asks, extended, integer, says } from './case.ts';

/** What the table of cases cannot say: what the checker is given beside the form, and numbers with their own digits. */

const codes = { inValueSet: () => 'unknown' as const };

function found(asked: JsonObject, answered: readonly JsonObject[], means: Means = codes): string[] {
  const issues: string[] = [];
  const response = { resourceType: 'QuestionnaireResponse', status: 'completed', item: answered };
  checkAnswers(response, compileQuestionnaire({ item: [asked] }, means), (code, at) => issues.push(`${code} ${at}`));
  return issues;
}

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression';
const depending = asks('a', 'integer', {
  required: true,
  ...extended([sdc, { valueExpression: { language: 'text/fhirpath', expression: 'false' } }]),
});
const answered = [says('a', integer(1))];
const root = 'QuestionnaireResponse';

test('an expression that cannot be had leaves the item open', () => {
  expect(found(depending, answered)).toEqual([`not-checked ${root}.item[0]`]);
  expect(found(depending, [])).toEqual([]);
});

test('an expression is asked with the response', () => {
  const means = (is: boolean): Means => ({
    ...codes,
    expressions: () => (response) => (response['status'] === 'completed') === is,
  });
  expect(found(depending, answered, means(true))).toEqual([]);
  expect(found(depending, [], means(true))).toEqual([`response-answer-missing ${root}`]);
  expect(found(depending, answered, means(false))).toEqual([`response-item-not-enabled ${root}.item[0]`]);
  expect(found(depending, [], means(false))).toEqual([]);
});

test('a pattern that cannot be read is not checked', () => {
  const item = asks('a', 'string', extended(['regex', { valueString: '(' }]));
  expect(found(item, [says('a', { valueString: 'x' })])).toEqual([
    `not-checked ${root}.item[0].answer[0].value.ofType(string)`,
  ]);
});

test.each([
  ['1.25', 2, true],
  ['1.250', 2, false],
  ['1.250', 3, true],
  ['1.5e1', 0, true],
  ['15e-1', 0, false],
  ['100', 0, true],
])('%s has at most %i decimals: %s', (digits, most, is) => {
  const item = asks('a', 'decimal', extended(['maxDecimalPlaces', integer(most)]));
  const answers = [jsonOf(`{"linkId":"a","answer":[{"valueDecimal":${digits}}]}`) as JsonObject];
  expect(found(item, answers)).toHaveLength(is ? 0 : 1);
});

test.each([
  ['0.50', true],
  ['0.49', false],
])('%s is at least 0.5: %s', (digits, is) => {
  const item = asks('a', 'decimal', extended(['minValue', jsonOf('{"valueDecimal":0.500}') as JsonObject]));
  const answers = [jsonOf(`{"linkId":"a","answer":[{"valueDecimal":${digits}}]}`) as JsonObject];
  expect(found(item, answers)).toHaveLength(is ? 0 : 1);
});
