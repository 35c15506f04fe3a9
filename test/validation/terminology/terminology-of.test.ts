import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json/json.ts';
import type { Membership } from '../../../src/validation/terminology/terminology.ts';
import { r4With } from './r4-terminology.ts';

const animals = 'https://example.org/animals';
const system: JsonObject = {
  resourceType: 'CodeSystem',
  url: animals,
  content: 'complete',
  caseSensitive: true,
  concept: [
    {
      code: 'mammal',
      concept: [{ code: 'dog', property: [{ code: 'legs', valueCode: '4' }] }, { code: 'guinea pig' }],
    },
    { code: 'bird', property: [{ code: 'legs', valueCode: '2' }], concept: [{ code: 'owl' }] },
    { code: 'bat', property: [{ code: 'parent', valueCode: 'mammal' }] },
  ],
};

let sets = 0;
const setOf = (compose: JsonObject, url = `https://example.org/set-${(sets += 1)}`): JsonObject => ({
  resourceType: 'ValueSet',
  url,
  compose,
});
const include = (...rules: JsonObject[]): JsonObject => setOf({ include: rules });
const filter = (property: string, op: string, value: string): JsonObject =>
  include({ system: animals, filter: [{ property, op, value }] });
const url = (set: JsonObject): string => set['url'] as string;

function membership(set: JsonObject, code: string, of = animals, ...others: JsonObject[]): Membership | undefined {
  return r4With(system, set, ...others)
    .set(url(set))
    ?.has(of, code);
}

describe('a value set of a package', () => {
  test.each<[string, JsonObject, string, string, Membership]>([
    ['a list, in', include({ system: animals, concept: [{ code: 'dog' }] }), animals, 'dog', 'in'],
    ['a list, out', include({ system: animals, concept: [{ code: 'dog' }] }), animals, 'owl', 'out'],
    ['a list, of another system', include({ system: animals, concept: [{ code: 'dog' }] }), 'urn:x', 'dog', 'out'],
    ['an empty list', include({ system: animals, concept: [] }), animals, 'dog', 'out'],
    ['a whole system, in', include({ system: animals }), animals, 'guinea pig', 'in'],
    ['a whole system, out', include({ system: animals }), animals, 'Dog', 'out'],
    ['is-a, itself', filter('concept', 'is-a', 'mammal'), animals, 'mammal', 'in'],
    ['is-a, below', filter('concept', 'is-a', 'mammal'), animals, 'dog', 'in'],
    ['is-a, below by property', filter('concept', 'is-a', 'mammal'), animals, 'bat', 'in'],
    ['is-a, beside', filter('concept', 'is-a', 'mammal'), animals, 'owl', 'out'],
    ['descendent-of, itself', filter('concept', 'descendent-of', 'mammal'), animals, 'mammal', 'out'],
    ['descendent-of, below', filter('concept', 'descendent-of', 'mammal'), animals, 'dog', 'in'],
    ['is-not-a', filter('concept', 'is-not-a', 'mammal'), animals, 'dog', 'out'],
    ['a property, in', filter('legs', '=', '4'), animals, 'dog', 'in'],
    ['a property, out', filter('legs', '=', '4'), animals, 'bird', 'out'],
    ['a pattern, in', filter('code', 'regex', 'd.g'), animals, 'dog', 'in'],
    ['a pattern, out', filter('code', 'regex', 'd.'), animals, 'dog', 'out'],
    ['a pattern that could take for ever', filter('code', 'regex', '(d+)+g'), animals, 'dog', 'unknown'],
    ['another that could', filter('code', 'regex', '(d|d)*g'), animals, 'dog', 'unknown'],
    ['one that would repeat too much', filter('code', 'regex', 'd*d*d*d*g'), animals, 'dog', 'unknown'],
    ['a pattern that is none', filter('code', 'regex', '('), animals, 'dog', 'unknown'],
    ['a filter that nobody knows', filter('concept', 'like', 'd'), animals, 'dog', 'unknown'],
    [
      'a filter of what is not held',
      include({ system: 'http://snomed.info/sct', filter: [{ property: 'concept', op: 'is-a', value: '1' }] }),
      'http://snomed.info/sct',
      '22298006',
      'unknown',
    ],
    ['all of what is not held', include({ system: 'http://loinc.org' }), 'http://loinc.org', '8480-6', 'unknown'],
    ['a set that nobody defines', include({ valueSet: ['https://example.org/none'] }), animals, 'dog', 'unknown'],
    ['a rule without anything', include({}), animals, 'dog', 'unknown'],
    ['units', include({ system: 'http://unitsofmeasure.org' }), 'http://unitsofmeasure.org', 'mgg', 'out'],
  ])('%s', (_, set, of, code, expected) => {
    expect(membership(set, code, of)).toBe(expected);
  });

  test('what is excluded is out', () => {
    const set = setOf({ include: [{ system: animals }], exclude: [{ system: animals, concept: [{ code: 'dog' }] }] });
    expect([membership(set, 'dog'), membership(set, 'owl')]).toEqual(['out', 'in']);
  });

  test('several sets in one include must all hold; several includes need one', () => {
    const dogs = include({ system: animals, concept: [{ code: 'dog' }, { code: 'owl' }] });
    const both = include({
      valueSet: [url(dogs)],
      system: animals,
      filter: [{ property: 'concept', op: 'is-a', value: 'bird' }],
    });
    const either = include({ valueSet: [url(dogs)] }, { system: animals, concept: [{ code: 'bat' }] });
    expect(['dog', 'owl', 'bird'].map((code) => membership(both, code, animals, dogs))).toEqual(['out', 'in', 'out']);
    expect(['dog', 'bat', 'bird'].map((code) => membership(either, code, animals, dogs))).toEqual(['in', 'in', 'out']);
  });

  test('an expansion is read where there is no compose', () => {
    const set = {
      resourceType: 'ValueSet',
      url: 'https://example.org/expanded',
      expansion: {
        contains: [{ system: animals, code: 'bird', abstract: true, contains: [{ system: animals, code: 'owl' }] }],
      },
    };
    expect(['owl', 'bird', 'dog'].map((code) => membership(set, code))).toEqual(['in', 'out', 'out']);
  });

  test('sets that import each other, and a fan of imports, are answered soon', () => {
    const names = Array.from({ length: 40 }, (_, index) => `https://example.org/fan-${index}`);
    const fan = names.map((name, index) =>
      setOf({ include: [1, 2, 3].map((step) => ({ valueSet: [names[(index + step) % names.length] ?? ''] })) }, name),
    );
    const before = performance.now();
    expect(
      r4With(system, ...fan)
        .set(names[0] ?? '')
        ?.has(animals, 'dog'),
    ).toBe('unknown');
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('case counts where the system says so', () => {
    const lax = r4With({ ...system, caseSensitive: false }).system(animals);
    expect([lax?.has('DOG'), r4With(system).system(animals)?.has('DOG')]).toEqual([true, false]);
  });

  test('a fragment has more codes than we hold, and a system without codes is not known', () => {
    expect(r4With({ ...system, content: 'fragment' }).system(animals)?.complete).toBe(false);
    expect(r4With({ ...system, content: 'not-present' }).system(animals)).toBeUndefined();
  });

  test('what is no FHIR is passed over', () => {
    const nonsense = [
      { resourceType: 'ValueSet' },
      { resourceType: 'ValueSet', url: 'u:1', compose: 'x' },
      { resourceType: 'CodeSystem', url: 'u:2', content: 'complete', concept: [1, null, { code: 2 }] },
    ];
    const known = r4With(...(nonsense as unknown as JsonObject[]));
    expect(known.set('u:1')?.has(undefined, 'a')).toBe('out');
    expect(known.system('u:2')?.has('a')).toBe(false);
    expect(known.set('__proto__')).toBeUndefined();
    expect(known.system('constructor')).toBeUndefined();
  });
});

describe("R4's own", () => {
  const known = r4With();
  test.each<[string, string | undefined, string, Membership]>([
    ['observation-status', undefined, 'final', 'in'],
    ['observation-status|4.0.1', undefined, 'final', 'in'],
    ['observation-status', undefined, 'FINAL', 'out'],
    ['marital-status', 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', 'UNK', 'in'],
    ['identifier-type', 'http://terminology.hl7.org/CodeSystem/v2-0203', 'mr', 'in'],
    ['languages', undefined, 'nb-NO', 'out'],
    ['all-languages', undefined, 'nb-NO', 'in'],
    ['all-languages', undefined, 'xx', 'out'],
    ['currencies', undefined, 'NOK', 'in'],
    ['iso3166-1-3', 'urn:iso:std:iso:3166', 'NOR', 'in'],
    ['mimetypes', undefined, 'text/plain', 'in'],
    ['units-of-time', undefined, 'wk', 'in'],
    ['report-codes', 'http://loinc.org', '8480-6', 'unknown'],
    ['report-codes', 'http://snomed.info/sct', '22298006', 'out'],
  ])('%s: %s %s', (name, of, code, expected) => {
    expect(known.set(`http://hl7.org/fhir/ValueSet/${name}`)?.has(of, code)).toBe(expected);
  });

  test('no set and no system that is not there', () => {
    expect(known.set('http://hl7.org/fhir/ValueSet/none')).toBeUndefined();
    expect(known.system('http://loinc.org')).toBeUndefined();
    expect(known.isSet('http://hl7.org/fhir/ValueSet/languages|4.0.1')).toBe(false);
    expect(known.isSet('http://hl7.org/fhir/ValueSet/languages')).toBe(true);
  });
});
