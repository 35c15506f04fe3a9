import nock from 'nock';
import { expect, test } from 'vitest';
import type { Answer } from '../../src/exchange/ports.ts';
import type { Resource } from '@medplum/fhirtypes';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { playServers } from './played-server.ts';

const origin = 'https://fhir.test';
const base = `${origin}/r4`;
const server = fhirServer({ base, authentication: { kind: 'bearer', token: 'secret' } });

playServers();

const page = (ids: readonly string[], next?: string): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  ...(next !== undefined && {
    link: [
      { relation: 'self', url: 'x' },
      { relation: 'next', url: next },
    ],
  }),
  entry: ids.map((id) => ({ resource: { resourceType: 'Observation', id }, search: { mode: 'match' } })),
});

const search = (): Promise<Answer<readonly Resource[]>> =>
  server.search('Observation', [
    ['identifier', 'urn:x|a b\\,c&d'],
    ['_count', '200'],
  ]);

const idsOf = (answer: Answer<readonly Resource[]>): unknown =>
  answer.kind === 'accepted' ? answer.body.map(({ id }) => id) : answer;

test('goes by POST, form-encoded, past the cache: no identifier stands in a URL', async () => {
  nock(base, {
    reqheaders: { 'cache-control': 'no-cache', 'content-type': 'application/x-www-form-urlencoded' },
  })
    .post('/Observation/_search', 'identifier=urn%3Ax%7Ca+b%5C%2Cc%26d&_count=200')
    .reply(200, page(['1']));
  expect(idsOf(await search())).toEqual(['1']);
});

test.each([
  [
    'an opaque address of the base (HAPI)',
    `${base}?_getpages=7&_getpagesoffset=20`,
    '/r4?_getpages=7&_getpagesoffset=20',
  ],
  [
    'one that carries the query (Medplum)',
    `${base}/Observation?identifier=urn:x|a&_offset=20`,
    /^\/r4\/Observation\?identifier=urn:x(\||%7C)a&_offset=20$/,
  ],
  ['a relative one', 'Observation?_offset=20', '/r4/Observation?_offset=20'],
  ['one relative to the host', '/other/page?2', '/other/page?2'],
])('follows next: %s', async (_name, next, path) => {
  nock(base)
    .post('/Observation/_search')
    .reply(200, page(['1', '2'], next));
  nock(origin, { reqheaders: { authorization: 'Bearer secret' } })
    .get(path)
    .reply(200, page(['2', '3']));
  // Paging is no snapshot: 2 came on both pages.
  expect(idsOf(await search())).toEqual(['1', '2', '3']);
});

test.each(['https://elsewhere.test/r4?p=2', 'http://fhir.test/r4?p=2', '//elsewhere.test/p', 'ftp://fhir.test/p'])(
  'does not take our credentials to %s',
  async (next) => {
    nock(base)
      .post('/Observation/_search')
      .reply(200, page(['1'], next));
    expect(await search()).toMatchObject({ kind: 'refused', reason: 'not-fhir' });
  },
);

test('does not go round in circles', async () => {
  nock(base)
    .post('/Observation/_search')
    .reply(200, page(['1'], `${base}?p=2`));
  nock(base)
    .get('?p=2')
    .reply(200, page(['2'], `${base}?p=2`));
  expect(await search()).toMatchObject({ kind: 'refused', reason: 'not-fhir' });
});

test('leaves out what a server says of the search itself (Helios)', async () => {
  const outcome = { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } };
  const found = page(['1']) as { entry: object[] };
  nock(base)
    .post('/Observation/_search')
    .reply(200, { ...found, entry: [outcome, ...found.entry, { search: { mode: 'match' } }] });
  expect(idsOf(await search())).toEqual(['1']);
});

test('a page that fails is the answer: half a result is none', async () => {
  nock(base)
    .post('/Observation/_search')
    .reply(200, page(['1'], `${base}?p=2`));
  nock(base).get('?p=2').reply(503, '', { 'Retry-After': '3' });
  expect(await search()).toEqual({ kind: 'unavailable', status: 503, retryAfterSeconds: 3 });
});

test('a search that is answered with a page of HTML or one resource is not FHIR', async () => {
  nock(base).post('/Observation/_search').reply(200, '<html>');
  expect(await search()).toMatchObject({ reason: 'not-fhir' });
  nock(base).post('/Observation/_search').reply(200, { resourceType: 'Observation' });
  expect(await search()).toMatchObject({ reason: 'not-fhir' });
});
