import { expect, test } from 'vitest';
import { jsonNumber, parseJson } from '../../src/json/json.ts';
import { severityOf } from '../../src/outcome/issue.ts';
import { checkerOf } from '../../src/validation/checker.ts';
import { knowledgeIn } from '../../src/validation/knowledge.ts';
import { shippedChecker } from '../../src/validation/shipped.ts';

const checker = shippedChecker();
const errorsOf = (resource: unknown, options?: Parameters<typeof checker.check>[1]) =>
  checker.check(resource, options).filter((issue) => severityOf(issue) === 'error');

const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
const heartRate = {
  ...observation,
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2026-01-02T10:00:00Z',
  valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
};

test('a resource that conforms is without error', () => {
  expect(errorsOf(heartRate)).toEqual([]);
});

test('a number may be one with digits of its own', () => {
  expect(errorsOf({ ...heartRate, valueQuantity: { ...heartRate.valueQuantity, value: jsonNumber('72.50') } })).toEqual(
    [],
  );
});

test("HL7's vital signs apply by the code, whatever is claimed", () => {
  const { category: _, ...without } = heartRate;
  expect(errorsOf(without)).toContainEqual(expect.objectContaining({ code: 'too-few', at: 'Observation' }));
  expect(errorsOf({ ...without, code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] } })).toEqual([]);
});

test('every fault is said at once, each at its place', () => {
  const broken = {
    ...heartRate,
    status: 'done',
    valueQuantity: { value: '72', code: '/min' },
    effectiveDateTime: '2026-13-01',
  };
  const places = errorsOf(broken).map(({ at }) => at);
  expect(places).toEqual(
    expect.arrayContaining([
      'Observation.status',
      'Observation.effective.ofType(dateTime)',
      'Observation.value.ofType(Quantity).value',
      'Observation.value.ofType(Quantity)',
    ]),
  );
});

test('a profile counts where it is claimed or asked for, and is named where it is not known', () => {
  const profile = 'https://w3id.org/coursebridge/StructureDefinition/heart-rate';
  const claiming = { ...heartRate, meta: { profile: [profile] } };
  expect(errorsOf(claiming).length).toBeGreaterThan(0);
  expect(errorsOf(claiming, { claims: false })).toEqual([]);
  expect(errorsOf(heartRate, { profiles: [profile] })).toEqual(errorsOf(claiming));
  expect(errorsOf({ ...heartRate, meta: { profile: ['https://nowhere.example.org/p'] } })).toEqual([
    { code: 'profile-unknown', at: 'Observation.meta.profile[0]' },
  ]);
  expect(errorsOf(observation, { profiles: ['https://nowhere.example.org/p'] })).toEqual([
    { code: 'profile-unknown', at: 'Observation' },
  ]);
});

test('notes are left out where nobody asks for them', () => {
  expect(checker.check(heartRate).map(({ code }) => code)).toContain('code-system-unknown');
  expect(checker.check(heartRate, { notes: false })).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'Observation'],
  ['a list', [observation]],
  ['no type', {}],
  ['another type', { resourceType: 'Course' }],
  ['a type that is none', { resourceType: '__proto__' }],
  ['an abstract type', { resourceType: 'DomainResource' }],
])('%s is no resource', (_, value) => {
  expect(errorsOf(value)).toHaveLength(1);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'resourceType2', 'Ketamin 50 mg'])(
  'a key %s is an unknown element, and is not repeated',
  (key) => {
    const parsed = parseJson(
      `{"resourceType":"Observation","status":"final","code":{"text":"x"},${JSON.stringify(key)}:{"a":1}}`,
    );
    expect(parsed.ok && errorsOf(parsed.value)).toEqual([{ code: 'unknown-element', at: 'Observation' }]);
  },
);

test('ten thousand levels are said to be too deep', () => {
  let part: object = { text: 'x' };
  for (let level = 0; level < 10_000; level += 1) part = { linkId: String(level), item: [part] };
  const issues = errorsOf({ resourceType: 'QuestionnaireResponse', status: 'completed', item: [part] });
  expect(issues.map(({ code }) => code)).toContain('nested-too-deeply');
});

test('a resource of ten thousand faults gives no more issues than help', () => {
  const component = Array.from({ length: 10_000 }, () => ({ nothing: 1 }));
  const issues = checker.check({ ...observation, component });
  expect(issues.length).toBe(1001);
  expect(issues.at(-1)?.code).toBe('more-issues');
});

test('nothing of the resource stands in an issue', () => {
  const secret = 'Zebedäus-0170';
  const planted = JSON.parse(
    JSON.stringify({ ...heartRate, note: [{ text: 'a' }], extension: [{ url: 'a:b', valueString: 'a' }] }).replaceAll(
      /"(final|8867-4|vital-signs|Patient\/1|2026-01-02T10:00:00Z|\/min|a|a:b)"/g,
      JSON.stringify(secret),
    ),
  ) as object;
  const issues = checker.check({ ...planted, [secret]: secret });
  expect(issues.length).toBeGreaterThan(5);
  expect(JSON.stringify(issues)).not.toContain(secret);
});

test('a checker without our profiles knows R4 alone', () => {
  const claim = { ...heartRate, meta: { profile: ['https://w3id.org/coursebridge/StructureDefinition/heart-rate'] } };
  expect(
    checkerOf([])
      .check(claim, { notes: false })
      .map(({ code }) => code),
  ).toEqual(['profile-unknown']);
});

test('a property that is too much for a fixed value is named only where FHIR knows it', () => {
  const definition = {
    resourceType: 'StructureDefinition',
    url: 'https://a.example.org/p',
    kind: 'resource',
    type: 'Patient',
    derivation: 'constraint',
    snapshot: {
      element: [
        { id: 'Patient', min: 0, max: '*' },
        {
          id: 'Patient.maritalStatus',
          min: 0,
          max: '1',
          type: [{ code: 'CodeableConcept' }],
          fixedCodeableConcept: { text: 'x' },
        },
      ],
    },
  };
  const own = checkerOf([knowledgeIn([definition])]);
  const placesOf = (maritalStatus: object): readonly string[] =>
    own
      .check({ resourceType: 'Patient', maritalStatus }, { profiles: ['https://a.example.org/p'] })
      .filter(({ code }) => code === 'not-the-fixed-value')
      .map(({ at }) => at);
  expect(placesOf({ text: 'x' })).toEqual([]);
  expect(placesOf({ text: 'y' })).toEqual(['Patient.maritalStatus.text']);
  expect(placesOf({ text: 'x', id: 'a' })).toEqual(['Patient.maritalStatus.id']);
  expect(placesOf({ text: 'x', Zebedee: 'a' })).toEqual([]);
});
