import { expect, it } from 'vitest';
import { compileExpression } from '../../src/fhirpath/compile.ts';
import { loadFallback } from '../../src/fhirpath/fallback.ts';
import { digitsOf, isObject } from '../../src/fhirpath/kinds.ts';
import { model } from '../fhirpath/model.ts';
import { sample } from './shared.ts';

/** HL7's own tests of FHIRPath: the compiler with its fall-back, and the fhirpath package alone. */

interface Case {
  readonly group: string;
  readonly name: string;
  readonly inputfile: string | null;
  readonly expression: string;
  /** Set where there must be no answer. */
  readonly invalid: string | null;
  /** Whether the answer is only asked whether it is one. */
  readonly predicate: string | null;
  readonly outputs: readonly { readonly value: string | null }[];
}

const folder = 'fhirpath-r4-tests';
const inputs: Readonly<Record<string, string>> = {
  'patient-example.xml': `${folder}/patient-example.json`,
  'observation-example.xml': `${folder}/observation-example.json`,
};

const all = sample(`${folder}/tests-fhir-r4.json`) as readonly Case[] | undefined;
const cases = (all ?? []).filter(({ inputfile }) => inputs[inputfile ?? ''] !== undefined);
const inputOf = ({ inputfile }: Case): unknown => sample(inputs[inputfile ?? ''] ?? '');

type Answer = readonly unknown[] | undefined;

/** A value as the tests write it: dates without their @, a quantity with its unit. */
function written(value: unknown): string {
  if (isObject(value) && 'value' in value && ('unit' in value || 'code' in value)) {
    return `${written(value['value'])} '${String(value['code'] ?? value['unit'])}'`;
  }
  return digitsOf(value) ?? String(value);
}

function isRight({ invalid, predicate, outputs }: Case, answer: Answer): boolean {
  if (invalid !== null || answer === undefined) return invalid !== null && answer === undefined;
  const expected = outputs.map(({ value }) => value);
  if (predicate === 'true') return String(answer.length > 0 && answer[0] !== false) === expected[0];
  return (
    answer.length === expected.length &&
    expected.every((value, at) => value === null || value.replace(/^@T?/, '') === written(answer[at]))
  );
}

it.skipIf(all === undefined)(
  'no own answer is wrong, and with the fall-back there are more than of the package alone',
  async () => {
    const [fallback, { evaluate }, { default: r4 }] = await Promise.all([
      loadFallback(),
      import('fhirpath'),
      import('fhirpath/fhir-context/r4'),
    ]);
    const count = { cases: cases.length, compiled: 0, own: 0, together: 0, package: 0 };
    const worse: string[] = [];
    for (const one of cases) {
      const alone = isRight(
        one,
        attempted(() => evaluate(inputOf(one), one.expression, variablesOf(one), r4)),
      );
      const type = (inputOf(one) as { resourceType: string }).resourceType;
      const expression = compileExpression(one.expression, type, model);
      const own = expression?.(inputOf(one), variablesOf(one))?.map(({ value }) => value);
      const answer = own ?? fallback.values(one.expression, type)?.(inputOf(one), variablesOf(one));
      if (alone) count.package += 1;
      if (expression !== undefined) count.compiled += 1;
      if (own !== undefined && isRight(one, own)) count.own += 1;
      if (isRight(one, answer)) count.together += 1;
      if (own !== undefined && !isRight(one, own) && alone) worse.push(`${one.group} ${one.name}`);
    }
    console.log(`HL7's FHIRPath tests: ${JSON.stringify(count)}`);
    expect(worse).toEqual([]);
    expect(count.together).toBeGreaterThanOrEqual(count.package);
  },
);

function variablesOf(one: Case): { resource: unknown; rootResource: unknown } {
  const resource = inputOf(one);
  return { resource, rootResource: resource };
}

function attempted(evaluate: () => unknown): Answer {
  try {
    return evaluate() as Answer;
  } catch {
    return undefined;
  }
}
