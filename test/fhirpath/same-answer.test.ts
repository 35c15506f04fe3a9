import * as fc from 'fast-check';
import { compile } from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { expect, it } from 'vitest';
import { compileExpression, compileInvariant } from '../../src/fhirpath/compile.ts';
import type { Item } from '../../src/fhirpath/model.ts';
import { drawn, expressionFrom } from './expressions.ts';
import { resources, stringsIn, worn, type Fields } from './inputs.ts';
import { model } from './model.ts';
import { r4Invariants } from './r4-invariants.ts';

/** Two engines, one answer. */

const gone = fc.array(fc.nat(99), { minLength: 10, maxLength: 60 });

function wornBy(chances: readonly number[], resource: Fields): Fields {
  let at = 0;
  return worn(resource, () => chances[at++ % chances.length] ?? 99) as Fields;
}

/** What JSON says of the values; a primitive without one has none. */
const valuesOf = (items: readonly Item[]): unknown =>
  JSON.parse(JSON.stringify(items.map(({ value }) => value ?? null)));

/** What they throw is an error of FHIRPath, which another order of evaluation does not meet. */
const mayStopEarly = / (?:and|or|implies) |(?:iif|exists|all|where)\(/;

it('every expression over every resource', () => {
  let answered = 0;
  let compared = 0;
  fc.assert(
    fc.property(drawn, fc.constantFrom(...resources), gone, (numbers, whole, chances) => {
      const resource = wornBy(chances, whole);
      const type = String(resource['resourceType']);
      const text = expressionFrom(numbers, type, stringsIn(resource).slice(0, 50));
      const own = compileExpression(text, type, model)?.(resource, { resource, rootResource: resource });
      compared += 1;
      if (own === undefined) return;
      answered += 1;
      const theirs = attempted(() =>
        compile(text, r4)(structuredClone(resource), { resource, rootResource: resource }),
      );
      if (theirs === undefined && mayStopEarly.test(text)) return;
      expect({ text, answer: valuesOf(own) }).toEqual({ text, answer: theirs && JSON.parse(JSON.stringify(theirs)) });
    }),
    { numRuns: 400 },
  );
  // An engine that never answers is never wrong.
  expect(answered / compared).toBeGreaterThan(0.85);
});

/** Of dom-3 they differ: the other engine refuses `as` of a list, which R4 writes there. */
const ofResources = r4Invariants.filter(
  ({ key, type }) => key !== 'dom-3' && resources.some(({ resourceType }) => resourceType === type),
);

it('every invariant of R4 over every resource that has it', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.constantFrom(...resources), gone, (whole, chances) => {
      const resource = wornBy(chances, whole);
      const around = { resource, rootResource: resource };
      for (const { key, expression, type } of ofResources) {
        if (type !== resource['resourceType']) continue;
        const theirs = attempted(() => compile(expression, r4)(structuredClone(resource), around));
        const own = compileInvariant(expression, type, model)?.(resource, around);
        compared += 1;
        expect({ key, holds: own }).toEqual({ key, holds: holds(theirs) });
      }
    }),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(200);
});

/** As HL7's validator reads a collection: an empty one does not hold, nor does an error. */
const holds = (items: readonly unknown[] | undefined): boolean =>
  items !== undefined && items.length > 0 && (items.length > 1 || items[0] !== false);

function attempted(evaluate: () => unknown): readonly unknown[] | undefined {
  try {
    return evaluate() as readonly unknown[];
  } catch {
    return undefined;
  }
}
