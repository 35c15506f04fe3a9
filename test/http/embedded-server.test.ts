import { expect, test } from 'vitest';
import { fhir, type Client } from './service.ts';

interface Found {
  readonly total: number;
  readonly entry?: readonly {
    readonly resource: { readonly id: string };
    readonly search: { readonly mode: string };
  }[];
  readonly link?: readonly { readonly url: string }[];
}

const observation = (id: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  identifier: [{ system: 'urn:s', value: `a|${id},$` }],
  subject: { identifier: { system: 'urn:p', value: 'P' } },
  ...more,
});

async function filled(): Promise<Client> {
  const target = await fhir();
  const members = ['m1', 'm2'].map((id) => ({ reference: `Observation/${id}` }));
  const all = [
    observation('m1'),
    observation('m2', { derivedFrom: [{ reference: 'QuestionnaireResponse/q' }] }),
    observation('top', { hasMember: members, code: { text: 'top' } }),
    { resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', questionnaire: 'urn:q|1' },
  ];
  const entry = all.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }));
  const put = await target.send('POST', '/', JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
  expect(put.status).toBe(200);
  return target;
}

const ids = (found: unknown): string[] => ((found as Found).entry ?? []).map(({ resource }) => resource.id);

test('it searches by what its CapabilityStatement says, and by nothing else', async () => {
  const { send } = await filled();
  const found = async (query: string) => ids((await send('GET', `/Observation?${query}`)).json);
  expect(await found(`identifier=${encodeURIComponent(String.raw`urn:s|a\|m1\,\$`)}`)).toEqual(['m1']);
  expect(await found('_id=m2,top')).toEqual(['m2', 'top']);
  expect(await found('code=http://loinc.org|8867-4')).toEqual(['m1', 'm2']);
  expect(await found('code=8867-4&_id=m1')).toEqual(['m1']);
  expect(await found('patient:identifier=urn:p|P')).toHaveLength(3);
  expect(await found('derived-from=QuestionnaireResponse/q')).toEqual(['m2']);
  expect(await found('_lastUpdated=gt2100-01-01')).toEqual([]);
  expect((await send('GET', '/Observation?date=2026')).status).toBe(400);
  expect((await send('GET', '/Observation?code:text=x')).status).toBe(400);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  expect(ids((await send('POST', '/QuestionnaireResponse/_search', 'questionnaire=urn:q', form)).json)).toEqual(['q']);
});

test('it follows includes, and pages to the end', async () => {
  const { base, send } = await filled();
  const include = '_include=Observation:has-member&_include:iterate=Observation:derived-from';
  const { json } = await send('GET', `/Observation?_id=top&${include}`);
  expect((json as Found).entry?.map(({ search }) => search.mode)).toEqual(['match', 'include', 'include', 'include']);
  expect(ids(json)).toEqual(['top', 'm1', 'm2', 'q']);

  const first = (await send('GET', '/Observation?_count=2')).json as Found;
  expect(ids(first)).toEqual(['m1', 'm2']);
  const next = first.link?.[0]?.url ?? '';
  expect(next.startsWith(base)).toBe(true);
  const last = (await send('GET', next.slice(base.length))).json as Found;
  expect([ids(last), last.link]).toEqual([['top'], undefined]);
});

test('a transaction is all or nothing, and takes at most 50 PUTs', async () => {
  const { send } = await fhir();
  const put = (id: string, resourceId = id) => ({
    resource: observation(resourceId),
    request: { method: 'PUT', url: `Observation/${id}` },
  });
  const post = (entry: object[]) =>
    send('POST', '/', JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
  expect((await post([put('a'), put('b', 'other')])).status).toBe(400);
  expect((await send('GET', '/Observation')).json).toMatchObject({ total: 0 });
  expect((await post(Array.from({ length: 51 }, (_, n) => put(`p${n}`)))).status).toBe(400);
  expect((await post([put('a'), put('b')])).status).toBe(200);
});

test('it makes a resource once where it is told to look first', async () => {
  const { send } = await fhir();
  const patient = JSON.stringify({ resourceType: 'Patient', identifier: [{ system: 'urn:p', value: 'P' }] });
  const create = () => send('POST', '/Patient', patient, { 'If-None-Exist': 'identifier=urn:p|P' });
  expect([(await create()).status, (await create()).status]).toEqual([201, 200]);
});

test('what is no JSON is refused, and not repeated', async () => {
  const got = await (await fhir()).send('POST', '/Observation', '{zqmarker');
  expect([got.status, got.text.includes('zqmarker')]).toEqual([400, false]);
});
