import type { Bundle } from '@medplum/fhirtypes';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { playServers } from './played-server.ts';

const origin = 'https://fhir.test';
const base = `${origin}/r4`;
const server = fhirServer({ base: `${base}/`, authentication: { kind: 'none' } });
const fhirJson = { 'Content-Type': 'application/fhir+json' };

playServers();

describe('capabilities', () => {
  const metadata = (status: number, body: string, headers: Record<string, string> = fhirJson): void => {
    nock(base).get('/metadata').reply(status, body, headers);
  };

  test.each(['4.0.0', '4.0.1'])('an R4 server of FHIR %s', async (fhirVersion) => {
    metadata(200, JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion, software: { name: 'X 1' } }));
    const answer = await server.capabilities();
    expect(answer).toMatchObject({ kind: 'accepted', body: { fhirVersion, software: 'X 1' } });
  });

  test.each(['3.0.2', '4.3.0', '5.0.0', '4.0x'])('FHIR %s is the wrong version', async (fhirVersion) => {
    metadata(200, JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion }));
    expect(await server.capabilities()).toMatchObject({ kind: 'refused', reason: 'wrong-version' });
  });

  test.each([
    ['a page', 200, '<!doctype html><title>Welcome</title>'],
    ['a page that is not there', 404, '<html>Not found</html>'],
    ['another resource', 200, '{"resourceType":"Patient"}'],
    ['a statement without a version', 200, '{"resourceType":"CapabilityStatement"}'],
    ['XML', 200, '<CapabilityStatement xmlns="http://hl7.org/fhir"/>'],
  ])('%s is not FHIR', async (_name, status, body) => {
    metadata(status, body);
    expect(await server.capabilities()).toMatchObject({ kind: 'refused', status, reason: 'not-fhir' });
  });

  test('a redirect is not followed: it would take our credentials along', async () => {
    metadata(302, '', { Location: 'https://elsewhere.test/metadata' });
    expect(await server.capabilities()).toMatchObject({ kind: 'refused', status: 302, reason: 'not-fhir' });
  });
});

describe('who we are', () => {
  test.each([
    [{ kind: 'basic', user: 'ann', password: 'blåbær' } as const, 'Basic YW5uOmJsw6Viw6Zy'],
    [{ kind: 'bearer', token: 'abc' } as const, 'Bearer abc'],
  ])('%j', async (authentication, header) => {
    nock(base, { reqheaders: { authorization: header } })
      .get('/Patient/1')
      .reply(200, { resourceType: 'Patient', id: '1' }, fhirJson);
    const answer = await fhirServer({ base, authentication }).read('Patient', '1');
    expect(answer.kind).toBe('accepted');
  });

  test('nobody', async () => {
    nock(base, { badheaders: ['authorization'] })
      .get('/Patient/1')
      .reply(401, '<html>');
    expect(await server.read('Patient', '1')).toMatchObject({ kind: 'refused', reason: 'not-authorised' });
  });
});

describe('a transaction', () => {
  const bundle = (value: string): Bundle => {
    const text = `{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Observation","valueQuantity":{"value":${value}}}}]}`;
    const parsed = parseJson(text);
    if (!parsed.ok) throw new Error('not JSON');
    return parsed.value as unknown as Bundle;
  };

  const bytes = (value: string): Buffer => Buffer.from(writeJson(bundle(value)));

  test('numbers keep their digits on the way there, and where they are read', async () => {
    nock(origin, { reqheaders: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' } })
      .post('/r4', (body: unknown) => JSON.stringify(body) === JSON.stringify(JSON.parse(writeJson(bundle('71.50')))))
      .reply(200, writeJson(bundle('0.50')));
    expect(await server.transaction(bytes('71.50'))).toMatchObject({ kind: 'accepted' });
    nock(base)
      .get('/Bundle/1')
      .reply(200, writeJson(bundle('0.50')), fhirJson);
    const answer = await server.read('Bundle', '1');
    expect(answer.kind === 'accepted' && writeJson(answer.body)).toContain('"value":0.50');
  });

  test.each(['<html>OK</html>', '{"resourceType":"OperationOutcome","issue":[]}'])(
    'a yes that is no Bundle leaves the outcome unknown: %s',
    async (body) => {
      nock(origin).post('/r4').reply(200, body);
      expect(await server.transaction(bytes('1'))).toEqual({ kind: 'unknown', status: 200 });
    },
  );

  test('a 200 says how long to wait, where entries inside it were turned away (Medplum)', async () => {
    const response = {
      resourceType: 'Bundle',
      type: 'transaction-response',
      entry: [{ response: { status: '429', outcome: { resourceType: 'OperationOutcome', issue: [] } } }],
    };
    nock(origin)
      .post('/r4')
      .reply(200, response, { ...fhirJson, RateLimit: '"requests";r=9;t=9, "fhir";r=0;t=35' });
    expect(await server.transaction(bytes('1'))).toMatchObject({ kind: 'accepted', retryAfterSeconds: 35 });
  });

  test.each([
    ['more than 50 PUTs (Medplum)', 400, 'Transaction contains more than 50 update operations'],
    ['a body over a limit (Medplum)', 400, 'File too large'],
    ['ids of ours (Medplum)', 404, 'Not found'],
    ['a proxy limit', 413, '<html>'],
  ])('%s: refused, without the words', async (_name, status, text) => {
    const body = text.startsWith('<')
      ? text
      : { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', details: { text } }] };
    nock(origin).post('/r4').reply(status, body, fhirJson);
    const answer = await server.transaction(bytes('1'));
    expect(answer).toMatchObject({ kind: 'refused', status, reason: 'status' });
    expect(JSON.stringify(answer)).not.toContain(text);
  });
});

test('a read of another type than was asked for is not FHIR', async () => {
  nock(base).get('/Patient/1').reply(200, { resourceType: 'Group' }, fhirJson);
  expect(await server.read('Patient', '1')).toMatchObject({ kind: 'refused', reason: 'not-fhir' });
});

describe('a write of one resource', () => {
  const body = Buffer.from('{"resourceType":"Patient","note":"blåbær"}');
  const reqheaders = { 'content-type': 'application/fhir+json', prefer: 'return=minimal' };

  test('makes one, and learns where from the headers alone', async () => {
    nock(base, { reqheaders: { ...reqheaders, 'if-none-exist': 'identifier=urn:x%7C1' } })
      .post('/Patient', body.toString())
      .reply(201, '', { Location: `${base}/Patient/7/_history/2`, ETag: 'W/"2"' });
    const answer = await server.create('Patient', body, 'identifier=urn:x%7C1');
    expect(answer).toEqual({ kind: 'accepted', status: 201, body: { id: '7', version: '2' } });
  });

  test('replaces one version, and no other', async () => {
    nock(base, { reqheaders: { ...reqheaders, 'if-match': 'W/"3"' } })
      .put('/Patient/7')
      .reply(200, { resourceType: 'Patient', id: '7', meta: { versionId: '4' } }, fhirJson);
    expect(await server.update('Patient', '7', body, '3')).toMatchObject({ body: { id: '7', version: '4' } });
    nock(base, { badheaders: ['if-match'] })
      .put('/Patient/7')
      .reply(412, '');
    expect(await server.update('Patient', '7', body)).toMatchObject({ kind: 'refused', status: 412, reason: 'status' });
  });

  test.each([
    [200, '{"resourceType":"OperationOutcome","issue":[]}'],
    [204, ''],
  ])('takes one off (%i)', async (status, text) => {
    nock(base).delete('/Patient/7').reply(status, text, fhirJson);
    expect(await server.remove('Patient', '7')).toMatchObject({ kind: 'accepted', status });
  });

  test.each(['<html>OK</html>', '{"resourceType":'])('a yes that is no FHIR is none: %s', async (text) => {
    nock(base).put('/Patient/7').reply(200, text);
    expect(await server.update('Patient', '7', body)).toEqual({ kind: 'unknown', status: 200 });
  });
});
