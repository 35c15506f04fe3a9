import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { tgzOf } from '../../profiles/make/tar.ts';
import { errorsIn } from '../http/service.ts';
import { run } from './command-line.ts';
import { instrument, questionnaire } from './site-definitions.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-validate-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('INIT_CWD', folder);
vi.stubEnv('FHIR_BASE_URL', '');
vi.stubEnv('COURSEBRIDGE_PROFILES', '');

const course = readFileSync(new URL('../golden/maximal.course.json', import.meta.url), 'utf8');
const patient = { resourceType: 'Patient', gender: 'female' };
const text = (...things: unknown[]): string => things.map((one) => JSON.stringify(one)).join('\n');

const validate = async (input: string, ...more: string[]) => {
  const { code, out, err } = await run(['validate', '-', ...more], input);
  return { code, err, errors: out.map((line) => errorsIn(JSON.parse(line))), out };
};

describe('told by content', () => {
  test('courses, resources, Bundles and what is neither, an outcome a line in their order', async () => {
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { ...patient, gender: 'x' } }] };
    const input = [
      text(patient, { ...patient, zqmarker: 1 }, bundle),
      text(JSON.parse(course)),
      '{"schemaVersion":"1"',
      '7',
    ].join('\n');
    const { code, err, errors, out } = await validate(input);
    expect(code).toBe(1);
    expect(errors).toEqual([
      [],
      ['unknown-element Patient'],
      ['code-not-in-value-set Bundle.entry[0].resource.gender', 'full-url-missing Bundle.entry[0]'],
      [],
      ['malformed-json'],
      ['not-a-course TreatmentCourse'],
    ]);
    expect(err).toEqual(['validate: 3 courses and 3 resources read, 2 good, 4 refused.']);
    expect(out.join('\n')).not.toContain('zqmarker');
  });

  test('one resource over many lines', async () => {
    const { code, out, err } = await validate(JSON.stringify(patient, undefined, 2));
    expect([code, err]).toEqual([0, ['validate: 1 resource read, 1 good, 0 refused.']]);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      issue: [{ severity: 'information', details: { text: 'All good.' } }],
    });
  });

  test('what map writes is good, whatever it claims', async () => {
    writeFileSync(join(folder, 'maximal.json'), course);
    const { out } = await run(['map', 'maximal.json', '--claim', 'ours', '--patients', 'create']);
    const { code, errors } = await validate(out.join('\n'));
    expect([code, errors]).toEqual([0, [[]]]);
  });

  test.each<[string, string, string[]]>([
    ['a type that there is none of', text({ resourceType: 'Course' }), ['unknown-resource-type Resource']],
    ['a type that is no text', text({ resourceType: { a: 1 } }), ['unknown-resource-type Resource']],
    [
      'a prototype',
      '{"resourceType":"Patient","__proto__":{"resourceType":"Observation"}}',
      ['unknown-element Patient'],
    ],
    ['a prototype alone', '{"__proto__":{"resourceType":"Patient"}}', ['unknown-field TreatmentCourse.__proto__']],
    ['ten thousand levels', `{"resourceType":"Patient","a":${'['.repeat(1e4)}${']'.repeat(1e4)}}`, ['json-too-deep']],
  ])('%s', async (_, input, expected) => {
    const { code, errors } = await validate(input);
    expect(code).toBe(1);
    expect(errors[0]).toEqual(expect.arrayContaining(expected));
  });

  test('five hundred levels end where the checker ends', async () => {
    const open = '{"url":"http://a.example/x","extension":[';
    const input = `{"resourceType":"Patient","extension":[${open.repeat(400)}${']}'.repeat(400)}]}`;
    const { errors } = await validate(input);
    expect(errors[0]?.some((error) => error.startsWith('nested-too-deeply Patient.extension[0]'))).toBe(true);
  });
});

const own = 'https://guide.example/StructureDefinition/named-patient';
const profile = {
  resourceType: 'StructureDefinition',
  url: own,
  name: 'NamedPatient',
  status: 'draft',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
};
const withSnapshot = {
  ...profile,
  snapshot: {
    element: [
      { id: 'Patient', path: 'Patient', min: 0, max: '*', base: { path: 'Patient', min: 0, max: '*' } },
      { id: 'Patient.name', path: 'Patient.name', min: 1, max: '*', type: [{ code: 'HumanName' }] },
    ],
  },
};

const manifest = '{"name":"guide.example","version":"1.0.0","fhirVersions":["4.0.1"]}';
function packaged(name: string, ...resources: object[]): string {
  const files = resources.map((one, index) => [`package/R-${index}.json`, JSON.stringify(one)] as const);
  writeFileSync(join(folder, name), tgzOf([['package/package.json', manifest], ...files]));
  return name;
}

describe('--profile', () => {
  const url = 'https://w3id.org/coursebridge/StructureDefinition/heart-rate';

  test('is asked of every resource', async () => {
    const { code, errors } = await validate(text(patient, { resourceType: 'Observation' }), '--profile', url);
    expect(code).toBe(1);
    expect(errors[0]).toEqual(['profile-of-other-type Patient']);
    expect(errors[1]?.length).toBeGreaterThan(2);
  });

  test('and of no course', async () => {
    expect((await validate(text(JSON.parse(course)), '--profile', url)).code).toBe(0);
  });

  test('that nothing knows is wrong usage, and named', async () => {
    const { code, out, err } = await validate(text(patient), '--profile', own, '--profile', url);
    expect([code, out, err]).toEqual([2, [], [`No profile is known as ${own}.`]]);
  });
});

describe('--package', () => {
  test('adds profiles to claim, or to ask for', async () => {
    const file = packaged('guide.tgz', withSnapshot);
    const claiming = { ...patient, meta: { profile: [own] } };
    expect((await validate(text(claiming))).errors).toEqual([['profile-unknown Patient.meta.profile[0]']]);
    const claimed = await validate(text(claiming, { ...claiming, name: [{ text: 'N' }] }, patient), '--package', file);
    expect(claimed.errors).toEqual([['too-few Patient'], [], []]);
    const asked = await validate(text(patient), '--package', file, '--profile', own);
    expect([asked.code, asked.errors]).toEqual([1, [['too-few Patient']]]);
  });

  test('and Questionnaires', async () => {
    const file = packaged('forms.tgz', questionnaire);
    const response = { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: instrument };
    const input = text({ ...response, item: [{ linkId: 'no-such' }] });
    expect((await validate(input)).code).toBe(0);
    expect((await validate(input, '--package', file)).code).toBe(1);
  });

  test.each<[string, Buffer | undefined, string]>([
    ['a file that is not there', undefined, 'There is no such file'],
    ['a file that is none', Buffer.from('hello'), 'This is not a FHIR package'],
    ['one that was cut off', tgzOf([['package/package.json', manifest]]).subarray(0, 60), 'damaged'],
    ['one that holds no manifest', gzipSync(Buffer.alloc(1024)), 'This is not a FHIR package'],
  ])('%s is wrong usage, before anything is read', async (_, bytes, sentence) => {
    if (bytes === undefined) rmSync(join(folder, 'bad.tgz'), { force: true });
    else writeFileSync(join(folder, 'bad.tgz'), bytes);
    const { code, out, err } = await validate(text(patient), '--package', 'bad.tgz');
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(`bad.tgz: error: `);
    expect(err.join('\n')).toContain(sentence);
  });

  test('what is wrong with a definition in it is said, and the rest is used', async () => {
    const circle = { ...withSnapshot, url: `${own}-2`, baseDefinition: `${own}-2` };
    const file = packaged('circle.tgz', circle, withSnapshot);
    const { errors, err } = await validate(text(patient), '--package', file, '--profile', own);
    expect(errors).toEqual([['too-few Patient']]);
    expect(err.join('\n')).toContain(`${own}-2`);
  });
});
