import { expect, it } from 'vitest';
import { compileExpression, compileInvariant } from '../../src/fhirpath/compile.ts';
import { model } from './model.ts';

const raw = (rawJSON: string): unknown => Object.freeze(Object.assign(Object.create(null) as object, { rawJSON }));

const patient = {
  resourceType: 'Patient',
  active: true,
  name: [{ family: 'A', given: ['B', null], _given: [null, { extension: [{ url: 'urn:x', valueCode: 'masked' }] }] }],
  _birthDate: { extension: [{ url: 'urn:y', valueString: 'unknown' }] },
  contained: [{ resourceType: 'Organization', id: 'o', name: 'O' }, { resourceType: 'Nothing' }],
  managingOrganization: { reference: '#o' },
  extension: [
    { url: 'urn:q', valueQuantity: { value: raw('1.50'), unit: 'mg' } },
    { url: 'urn:r', valueQuantity: { value: raw('1.5'), unit: 'mg' } },
  ],
};
const around = { resource: patient, rootResource: patient };

const answer = (text: string): unknown =>
  compileExpression(text, 'Patient', model)?.(patient, around)?.map(({ value }) => value);

it.each<[string, unknown]>([
  // What stands beside a primitive.
  ['birthDate.exists()', [true]],
  ['birthDate.hasValue()', [false]],
  ["birthDate.extension('urn:y').value", ['unknown']],
  ['name.given.count()', [2]],
  ['name.given.hasValue()', [false]],
  ["name.given.where(hasValue()) = 'B'", [true]],
  ["name.given.extension('urn:x').value = 'masked'", [true]],
  ['name.given.extension.url', ['urn:x']],
  // Resources say their types.
  ['contained.ofType(Organization).name', ['O']],
  ['contained.where($this is Organization).id', ['o']],
  ['managingOrganization.resolve().name', ['O']],
  ["managingOrganization.resolve().iif(empty(), 'a', name)", ['O']],
  ["generalPractitioner.resolve().iif(empty(), 'a', name)", ['a']],
  ['Patient.active', [true]],
  ['Organization.name', []],
  ['%resource.active and %context.active and %rootResource.active', [true]],
  // Numbers that keep their digits.
  ["extension('urn:q').value = extension('urn:r').value", [true]],
  ["extension('urn:q').value.value.toString()", ['1.50']],
  ["extension('urn:q').value.value > 1.4999999999999999999999", [true]],
  ['0.1 + 0.2 = 0.3', [true]],
  ['7 div 2', [3]],
  ['-7 mod 2', [-1]],
  ['1 / 0', []],
  // Open truths.
  ['({} and false) = false', [true]],
  ['{} or true', [true]],
  ['{} implies false', []],
  ['(1 | 2 | 2).count()', [2]],
  ['(1).combine(1).isDistinct()', [false]],
  ['name.select(given.count() + 1)', [3]],
  ['(1 | 2 | 3).where($index > 0)', [2, 3]],
  ['(1 | 2 | 3).aggregate($total + $this, 0)', [6]],
  ['(3 | 1 | 2).min() + (3 | 1 | 2).max()', [4]],
  ["'abc'.substring(1, 1) & {} & 'x'", ['bx']],
  ["'a.b'.split('.').join('-')", ['a-b']],
  ["%ucum = 'http://unitsofmeasure.org'", [true]],
  ["%`ext-a` = 'http://hl7.org/fhir/StructureDefinition/a'", [true]],
  // No answer: an error, or beyond us.
  ['name.given.startsWith(1)', undefined],
  ['(1 | 2) = 1 and (1 | 2) > 1', [false]],
  ['(1 | 2) > 1', undefined],
  ["1 'mg' < 1 'g'", undefined],
  ['nonsense', undefined],
  ['now() > @2020', undefined],
  ["active.memberOf('urn:z')", undefined],
])('%s', (text, expected) => {
  expect(answer(text)).toEqual(expected);
});

it.each([
  ['active', true],
  ['active.not()', false],
  ['name', true],
  ['birthDate > @2000', false],
  ['gender', false],
  ["gender.startsWith('a')", false],
  ['name.given.single().exists()', false],
  ["1 'mg' < 1 'g'", true],
  ['nonsense.empty()', true],
])('as an invariant %s holds: %s', (text, holds) => {
  expect(compileInvariant(text, 'Patient', model)?.(patient, around)).toBe(holds);
});

it.each(['Element', 'BackboneElement'])('of %s nobody knows the names', (type) => {
  expect(compileInvariant('code.exists()', type, model)).toBeUndefined();
  expect(compileInvariant('extension.exists()', type, model)?.({}, around)).toBe(false);
});
