import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../src/json/json.ts';
import { textOf } from '../../../src/validation/answers/answered.ts';
import { checkAnswers } from '../../../src/validation/answers/check-answers.ts';
import {
  compileQuestionnaire,
  type CompiledQuestionnaire,
} from '../../../src/validation/answers/compile-questionnaire.ts';
import { artefacts } from '../../definitions/artefacts.ts';
import { bundleTextOf, courses, jsonOf } from '../../laws/courses.ts';
import { resourcesOf } from './case.ts';
import { answerCases } from './cases.ts';

/** What holds of answers whatever they are. */

/** The Questionnaire that a canonical names, without its version. */
const formOf = (canonical: Json | undefined): string => (textOf(canonical) ?? '').replace(/\|.*/, '');

const anything = { inValueSet: () => 'unknown' as const };

const compiled = new Map<string, CompiledQuestionnaire>(
  [...artefacts('questionnaires').values()].map((artefact) => {
    const questionnaire = artefact as unknown as JsonObject;
    return [textOf(questionnaire['url']) ?? '', compileQuestionnaire(questionnaire, anything)];
  }),
);

const isJsonList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function responsesIn(bundle: Json): JsonObject[] {
  const entries = isJsonObject(bundle) && isJsonList(bundle['entry']) ? bundle['entry'] : [];
  return entries.flatMap((entry) => {
    const resource = isJsonObject(entry) ? entry['resource'] : undefined;
    return isJsonObject(resource) && resource['resourceType'] === 'QuestionnaireResponse' ? [resource] : [];
  });
}

const faultsOf = (response: JsonObject, questionnaire: CompiledQuestionnaire): string[] => {
  const faults: string[] = [];
  checkAnswers(response, questionnaire, (code, at, facts) => faults.push(JSON.stringify([code, at, facts])));
  return faults;
};

const written = [...courses(6, 'full')].flatMap((course) => responsesIn(jsonOf(bundleTextOf(course))));

test('the responses of courses have no fault', () => {
  const forms = new Set(written.map(({ questionnaire }) => formOf(questionnaire)));
  expect(forms.size).toBeGreaterThan(5);
  const faults = written.flatMap((response) => {
    const questionnaire = compiled.get(formOf(response['questionnaire']));
    return questionnaire === undefined ? ['no form'] : faultsOf(response, questionnaire);
  });
  expect(faults).toEqual([]);
});

/** The value with something else in one of its places, chosen by a number. */
function changed(value: Json, choice: number, other: Json): Json {
  const places = isJsonList(value) ? value.length : isJsonObject(value) ? Object.keys(value).length : 0;
  if (places === 0 || choice % (places + 1) === places) return other;
  const [place, rest] = [choice % (places + 1), Math.trunc(choice / (places + 1))];
  if (isJsonList(value)) return value.map((one, index) => (index === place ? changed(one, rest, other) : one));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one], index) => [
      key,
      index === place ? changed(one, rest, other) : one,
    ]),
  );
}

const secret = 'Zq7-secret';
const others = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1.5, '', ' ', secret, [], {}, [[]], [null], { [secret]: secret }, [secret]),
  fc.constantFrom<Json>(
    { linkId: secret },
    { valueInteger: secret },
    { answer: [{ valueString: secret }] },
    jsonOf('{"__proto__":{"item":[]}}'),
  ),
);

test('whatever is in a response, and whatever in its form, nothing is thrown and nothing echoed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...answerCases),
      fc.array(fc.tuple(fc.nat(), others), { maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(), others), { maxLength: 2 }),
      (one, inResponse, inForm) => {
        const { questionnaire, response } = resourcesOf(one, 'https://example.org/form');
        const mutate = (resource: JsonObject, changes: readonly (readonly [number, Json])[]): JsonObject => {
          const result = changes.reduce<Json>((value, [choice, other]) => changed(value, choice, other), resource);
          return isJsonObject(result) ? result : {};
        };
        const form = compileQuestionnaire(
          mutate(
            questionnaire,
            inForm.map(([choice]) => [choice, null] as const),
          ),
          anything,
        );
        expect(faultsOf(mutate(response, inResponse), form).join()).not.toContain(secret);
        const strange = compileQuestionnaire(mutate(questionnaire, inForm), anything);
        faultsOf(mutate(response, inResponse), strange);
      },
    ),
    { numRuns: 5000 },
  );
});

const nested = (depth: number): JsonObject => {
  let item: JsonObject = { linkId: 'g', type: 'group' };
  for (let level = 0; level < depth; level += 1) item = { linkId: 'g', type: 'group', item: [item] };
  return item;
};

test('ten thousand levels end with one issue', () => {
  const form = compileQuestionnaire(
    { item: [{ linkId: 'g', type: 'group', repeats: true, item: [nested(10_000)] }] },
    anything,
  );
  const faults = faultsOf({ status: 'completed', item: [nested(10_000)] }, form);
  expect(faults.filter((fault) => fault.includes('nested-too-deeply'))).toHaveLength(1);
});

test('fifty thousand items that depend on others take a moment', () => {
  const enableWhen = [{ question: 'a', operator: '=', answerInteger: 1 }];
  const form = compileQuestionnaire(
    {
      item: [
        {
          linkId: 'g',
          type: 'group',
          repeats: true,
          item: [
            { linkId: 'a', type: 'integer' },
            { linkId: 'b', type: 'integer', enableWhen },
          ],
        },
      ],
    },
    anything,
  );
  const answer = [{ valueInteger: 1 }];
  const group = {
    linkId: 'g',
    item: [
      { linkId: 'a', answer },
      { linkId: 'b', answer },
    ],
  };
  const started = performance.now();
  expect(faultsOf({ status: 'completed', item: Array.from({ length: 50_000 }, () => group) }, form)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('fifty thousand questions that depend on fifty thousand answers take a moment', () => {
  const enableWhen = [{ question: 'a', operator: '=', answerInteger: 1 }];
  const asked = [
    { linkId: 'a', type: 'integer', repeats: true },
    { linkId: 'b', type: 'integer', repeats: true, enableWhen },
  ];
  const item = ['a', 'b'].flatMap((linkId) =>
    Array.from({ length: 50_000 }, () => ({ linkId, answer: [{ valueInteger: 2 }] })),
  );
  const started = performance.now();
  expect(faultsOf({ status: 'completed', item }, compileQuestionnaire({ item: asked }, anything))).toHaveLength(50_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each([
  '(a+)+',
  '(a|a)*',
  '(a|ab)*c',
  '(?:a?){20}a{20}',
  'a*a*a*a*a*b',
  '(.*)*x',
  '([a-z]+)*!',
  '(a|a|a)(a|a|a)(a|a|a)',
])('the pattern %s takes a moment', (pattern) => {
  const url = 'http://hl7.org/fhir/StructureDefinition/regex';
  const form = compileQuestionnaire(
    { item: [{ linkId: 'a', type: 'text', extension: [{ url, valueString: pattern }] }] },
    anything,
  );
  const started = performance.now();
  for (const length of [10, 30, 60, 200, 1000, 100_000]) {
    faultsOf({ status: 'completed', item: [{ linkId: 'a', answer: [{ valueString: 'a'.repeat(length) }] }] }, form);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
