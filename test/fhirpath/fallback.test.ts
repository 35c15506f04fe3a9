import { describe, expect, it } from 'vitest';
import { loadFallback } from '../../src/fhirpath/fallback.ts';

const raw = (text: string): unknown => Object.freeze(Object.assign(Object.create(null) as object, { rawJSON: text }));
const quantity = { value: raw('10.0'), unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' };
const observation = { resourceType: 'Observation', status: 'final', valueQuantity: quantity };
const around = { resource: observation, rootResource: observation };

describe('the engine for what the compiler does not know', async () => {
  const fallback = await loadFallback();

  it.each([
    ["value < 1 'g'", true],
    ["value > 1 'g'", false],
    ["%resource.status.encode('hex') = '66696e616c'", true],
    ['category', false],
    ["status.substring('one')", false],
  ])('%s of an Observation: %s', (expression, holds) => {
    expect(fallback.invariant(expression, 'Observation')?.(observation, around)).toBe(holds);
  });

  it('reads a part of a resource as its type', () => {
    expect(fallback.values("(value * 2).toString() & 'a'.encode('hex')", 'Quantity')?.(quantity, around)).toEqual([
      '2061',
    ]);
  });

  it.each([
    ['it does not know', 'status.frobnicate()'],
    ['that is none', 'status..'],
    ['of the clock', "now().toString().encode('hex') = ''"],
    ['of a terminology', "status.memberOf('http://hl7.org/fhir/ValueSet/observation-status')"],
    ['of patterns, whose time nobody bounds', "status.matches('(a+)+$')"],
    ['that prints what it reads', 'status.trace()'],
    ['that prints the dates that it moves', '(issued + 7.7 days) > issued'],
  ])('an expression %s is refused', (_, expression) => {
    expect(fallback.invariant(expression, 'Observation')).toBeUndefined();
  });

  it('nothing is written into what is read', () => {
    const before = JSON.stringify(observation);
    expect(fallback.values('descendants().count()', 'Observation')?.(observation, around)).toEqual([
      expect.any(Number),
    ]);
    expect(JSON.stringify(observation)).toBe(before);
  });

  it('what is nested beyond reason gives no answer', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 20_000; depth += 1) deep = { item: deep };
    expect(fallback.values('descendants().count()', 'Observation')?.(deep, around)).toBeUndefined();
  });
});
