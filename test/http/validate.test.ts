import type { CapabilityStatement } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { readDefinitions, shippedInstruments } from '../../src/definitions/definitions.ts';
import { instrument, questionnaire } from '../cli/site-definitions.ts';
import { codesIn, errorsIn, service, type Client } from './service.ts';
import { resourceTypes } from '../../src/validation/resource-types.ts';

const patient = { resourceType: 'Patient', gender: 'female' };
const heartRate = 'https://w3id.org/coursebridge/StructureDefinition/heart-rate';

const validate = ({ send }: Pick<Client, 'send'>, type: string, body: object | string, headers = {}) =>
  send('POST', `/fhir/${type}/$validate`, typeof body === 'string' ? body : JSON.stringify(body), headers);

test('a good resource is said to be so', async () => {
  const got = await validate(await service(), 'Patient', patient);
  expect([got.status, got.headers.get('content-type')]).toEqual([200, 'application/fhir+json']);
  expect(got.json).toEqual({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', details: { text: 'All good.' } }],
  });
});

test('what is wrong has a severity, a type, a code of ours and a place, and nothing that was received', async () => {
  const { status, json, text } = await validate(await service(), 'Patient', { ...patient, gender: 'zqmarker' });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: 'code-invalid',
        details: {
          coding: [{ system: 'https://w3id.org/coursebridge/CodeSystem/issue', code: 'code-not-in-value-set' }],
        },
        expression: ['Patient.gender'],
      },
    ],
  });
  expect(text).not.toContain('zqmarker');
});

test('digits are what was written', async () => {
  const quantity =
    '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":VALUE}}';
  const client = await service();
  const errors = async (value: string) =>
    errorsIn((await validate(client, 'Observation', quantity.replace('VALUE', value))).json);
  expect([await errors('1.50'), (await errors('"1.50"')).length]).toEqual([[], 1]);
});

describe('as Parameters', () => {
  const parameters = (...parameter: object[]): object => ({ resourceType: 'Parameters', parameter });
  const resource = { name: 'resource', resource: patient };

  test('a resource, a profile, a mode', async () => {
    const client = await service();
    expect(errorsIn((await validate(client, 'Patient', parameters(resource))).json)).toEqual([]);
    for (const mode of ['create', 'update']) {
      const { json } = await validate(client, 'Patient', parameters(resource, { name: 'mode', valueCode: mode }));
      expect(errorsIn(json)).toEqual([]);
    }
    const asked = parameters(resource, { name: 'profile', valueUri: heartRate });
    const { status, json } = await validate(client, 'Patient', asked);
    expect([status, errorsIn(json)]).toEqual([200, ['profile-of-other-type Patient']]);
  });

  test.each<[string, object, number, string]>([
    ['another mode', parameters(resource, { name: 'mode', valueCode: 'delete' }), 422, 'mode-not-supported'],
    [
      'a deletion without a resource',
      parameters({ name: 'mode', valueCode: 'delete' }),
      422,
      'mode-not-supported Parameters',
    ],
    ['no resource', parameters(), 400, 'bad-request Parameters'],
    ['two resources', parameters(resource, resource), 400, 'bad-request Parameters'],
    ['what is not asked for', parameters(resource, { name: 'zqmarker' }), 400, 'bad-request Parameters.parameter[1]'],
    [
      'a parameter that is none',
      { resourceType: 'Parameters', parameter: [7] },
      400,
      'bad-request Parameters.parameter[0]',
    ],
    ['no list of parameters', { resourceType: 'Parameters', parameter: {} }, 400, 'bad-request Parameters'],
  ])('%s is refused', async (_, body, status, error) => {
    const got = await validate(await service(), 'Patient', body);
    expect([got.status, errorsIn(got.json)]).toEqual([status, [error]]);
    expect(got.text).not.toContain('zqmarker');
  });
});

describe('by its address', () => {
  test('a profile and a mode can be asked for', async () => {
    const { send } = await service();
    const post = (query: string) => send('POST', `/fhir/Patient/$validate?${query}`, JSON.stringify(patient));
    expect(errorsIn((await post(`profile=${heartRate}&mode=create`)).json)).toEqual(['profile-of-other-type Patient']);
    expect(errorsIn((await post('profile=https://nobody.example/zqmarker')).json)).toEqual(['profile-unknown Patient']);
    expect((await post('mode=delete')).status).toBe(422);
    expect((await post('zqmarker=1')).status).toBe(400);
    expect((await post('_pretty=true')).text).toContain('\n  "issue"');
    expect((await post('_format=xml')).status).toBe(406);
  });

  test('another type than the address says is an issue', async () => {
    const { status, json } = await validate(await service(), 'Observation', patient);
    expect([status, errorsIn(json)]).toEqual([200, ['resource-of-other-type']]);
  });

  test.each(['patient', 'DomainResource', '__proto__', 'Course'])('%s is no type', async (type) => {
    expect((await validate(await service(), type, patient)).status).toBe(404);
  });
});

describe('what cannot be judged', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['no JSON', '{"resourceType":', {}, 400, 'malformed-json'],
    ['ten thousand levels', '['.repeat(10_000) + ']'.repeat(10_000), {}, 400, 'json-too-deep'],
    ['no resource', '{"a":1}', {}, 400, 'not-fhir'],
    ['a prototype', '{"__proto__":{"resourceType":"Patient"}}', {}, 400, 'not-fhir'],
    ['no object', '7', {}, 400, 'not-fhir'],
    ['another format', '<Patient/>', { 'Content-Type': 'application/fhir+xml' }, 415, 'unsupported-media-type'],
  ])('%s', async (_, body, headers, status, error) => {
    const got = await validate(await service(), 'Patient', body, headers);
    expect([got.status, errorsIn(got.json)]).toEqual([status, [error]]);
  });

  test('a body that is too large', async () => {
    const got = await validate(await service(), 'Patient', `{"resourceType":"Patient","a":"${'x'.repeat(16 << 20)}"}`);
    expect([got.status, errorsIn(got.json)]).toEqual([413, ['body-too-large']]);
  });
});

test('FHIR is a media type here, and nowhere where a course is taken', async () => {
  const client = await service();
  const fhir = { 'Content-Type': 'application/fhir+json; charset=utf-8' };
  expect((await validate(client, 'Patient', patient, fhir)).status).toBe(200);
  expect((await client.send('POST', '/courses', JSON.stringify(patient), fhir)).status).toBe(415);
});

test("a site's own Questionnaire is known", async () => {
  const response = {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: instrument,
    item: [{ linkId: 'no-such' }],
  };
  const definitions = readDefinitions([...shippedInstruments, questionnaire]);
  const own = await validate(await service(undefined, { definitions }), 'QuestionnaireResponse', response);
  expect(errorsIn(own.json).length).toBeGreaterThan(0);
  const ours = await validate(await service(), 'QuestionnaireResponse', response);
  expect([errorsIn(ours.json), codesIn(ours.json)]).toEqual([[], ['questionnaire-unknown']]);
});

test('what is claimed to be validated is, and so is every type of R4; the statement itself has no fault', async () => {
  const client = await service();
  const statement = (await client.send('GET', '/fhir/metadata')).json as CapabilityStatement;
  const claimed = statement.rest?.flatMap(({ resource }) => resource ?? []) ?? [];
  expect(claimed.length).toBeGreaterThan(10);
  for (const { operation } of claimed) {
    expect(operation).toEqual([
      { name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' },
    ]);
  }
  expect(resourceTypes.length).toBeGreaterThan(140);
  expect(resourceTypes).toEqual(expect.arrayContaining(claimed.map(({ type }) => type)));
  for (const type of resourceTypes) {
    const { status, json } = await validate(client, type, { resourceType: type, zqmarker: 1 });
    // Parameters are those of the operation.
    if (type === 'Parameters') expect(status).toBe(400);
    else expect([status, errorsIn(json).includes(`unknown-element ${type}`)], type).toEqual([200, true]);
  }
  expect(errorsIn((await validate(client, 'CapabilityStatement', statement)).json)).toEqual([]);
  expect(client.faults).toEqual([]);
});
