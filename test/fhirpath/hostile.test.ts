import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, compileInvariant } from '../../src/fhirpath/compile.ts';
import { model } from './model.ts';
import { r4Invariants } from './r4-invariants.ts';

/** JSON that is no FHIR, and expressions that are none. */

const names = [
  'resourceType',
  '__proto__',
  'constructor',
  'id',
  '_id',
  'value',
  'valueQuantity',
  'code',
  'coding',
  'url',
]
  .concat([
    'extension',
    'contained',
    'item',
    'name',
    '_name',
    'start',
    'end',
    'reference',
    'length',
    'filter',
    'status',
  ])
  .concat(['entry', 'resource', 'fullUrl', 'component', 'identifier', 'system', 'descendants', 'rawJSON', 'meta']);

const leaf = fc.oneof(
  fc.constantFrom(null, true, 0, 1e308, '', 'Observation', 'Patient', '2026-13-45', '2026-01-01T25:99', '#', '\u0000'),
  fc.string({ maxLength: 5 }),
  fc.constant(Object.freeze(Object.assign(Object.create(null) as object, { rawJSON: '1.50' }))),
);
const hostile = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...names), tie('any')), { maxLength: 6 })
      .map(
        (fields) =>
          JSON.parse(`{${fields.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join()}}`) as unknown,
      ),
  ),
})).any;

const invariants = r4Invariants.flatMap(({ expression, type }) => compileInvariant(expression, type, model) ?? []);

it('no invariant of R4 throws, whatever it is asked of', () => {
  expect(invariants.length).toBeGreaterThan(1000);
  fc.assert(
    fc.property(hostile, hostile, (focus, resource) => {
      const around = { resource, rootResource: resource };
      for (const holds of invariants) expect(holds(focus, around)).toBeTypeOf('boolean');
    }),
    { numRuns: 40 },
  );
});

const evaluated = (text: string, focus: unknown): unknown =>
  compileExpression(text, 'Resource', model)?.(focus, { resource: focus, rootResource: focus });

describe('a resource that was made to exhaust a reader', () => {
  it('nested ten thousand deep', () => {
    const nested = (): unknown => {
      let item: unknown = { linkId: 'a' };
      for (let depth = 0; depth < 10_000; depth += 1) item = { linkId: 'a', item: [item] };
      return item;
    };
    const response = { resourceType: 'QuestionnaireResponse', item: [nested()] };
    expect(evaluated('descendants().linkId.count()', response)).toEqual([{ type: 'System.Integer', value: 10_001 }]);
    const twice = { ...response, item: [nested(), nested()] };
    expect(evaluated('item[0] = item[1]', twice)).toBeUndefined();
    expect(evaluated('item.distinct().count()', twice)).toBeUndefined();
  });

  it('so wide that everything compared with everything would never end', () => {
    const coding = Array.from({ length: 5000 }, (_, at) => ({ code: String(at) }));
    const observation = { resourceType: 'Observation', code: { coding } };
    expect(evaluated('code.coding.isDistinct()', observation)).toBeUndefined();
    expect(evaluated('code.coding.code.isDistinct()', observation)).toEqual([{ type: 'System.Boolean', value: true }]);
  });

  it('with a text on which a pattern never ends', () => {
    const note = (length: number) => ({ resourceType: 'Patient', id: `${'a'.repeat(length)}!` });
    const started = performance.now();
    expect(evaluated("id.matches('^(a|a)*$')", note(5000))).toBeUndefined();
    expect(evaluated("id.matches('^(a+)+$')", note(5000))).toBeUndefined();
    expect(evaluated("id.matches('^([a-z]+[0-9]?)*$')", note(40))).toBeUndefined();
    expect(evaluated("id.matches('a*a*a*b')", note(9000))).toBeUndefined();
    expect(evaluated("id.matches('^(a+){8}$')", note(5000))).toBeUndefined();
    expect(evaluated("id.matches('^[a-z]+!$')", note(5000))).toEqual([{ type: 'System.Boolean', value: true }]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('asked what it can answer only by looking at everything again and again', () => {
    const many = Array.from({ length: 3000 }, () => ({ value: 'a' }));
    const patient = { resourceType: 'Patient', identifier: many };
    const again = "identifier.all(%resource.identifier.all(%resource.identifier.all(value = 'a')))";
    expect(evaluated(again, patient)).toBeUndefined();
  });
});

describe('an expression that was made to exhaust a reader', () => {
  it.each([
    ['brackets', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['signs', `${'-'.repeat(5000)}1`],
    ['names', `a${'.a'.repeat(5000)}`],
    ['operators', `1${' + 1'.repeat(5000)}`],
    ['indexes', `a${'[0]'.repeat(5000)}`],
    ['functions', `${'iif(true, '.repeat(3000)}1${')'.repeat(3000)}`],
    ['length', `'${'a'.repeat(100_000)}'`],
    ['a prototype', '__proto__'],
    ['a function of objects', 'constructor()'],
    ['an operator of objects', '1 toString 1'],
    ['a variable of objects', '%constructor'],
    ['a pattern that is none', "'a'.frobnicate('(')"],
  ])('%s: not known', (_, text) => {
    expect(compileExpression(text, 'Patient', model)).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    '(',
    ')',
    '.',
    'a.',
    'a..b',
    "'",
    '`',
    '@',
    '%',
    '$',
    '{',
    '{}{}',
    '1 +',
    'and',
    'a b',
    '[0]',
    'a is',
    'a as 1',
  ])('%j: not known', (text) => {
    expect(compileExpression(text, 'Patient', model)).toBeUndefined();
  });
});
