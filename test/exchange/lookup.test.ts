import type { BundleEntryResponse, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { entryAnswers } from '../../src/exchange/entry-answers.ts';
import { findByIdentifiers } from '../../src/exchange/holdings.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { keyOf, relativeReference } from '../../src/exchange/references.ts';

const observation = (id: string, value: string): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: {},
  identifier: [{ system: 'urn:x', value }],
});

/** A server of which nothing but the answer to a search by identifier matters. */
function searching(answer: (token: string) => readonly Resource[] | 'refused'): FhirServer {
  const never = (): Promise<never> => Promise.reject(new Error('not asked for'));
  return {
    capabilities: never,
    transaction: never,
    batch: never,
    create: never,
    update: never,
    remove: never,
    read: never,
    wait: never,
    search: (_type, [[, token] = ['', '']]) => {
      const body = answer(token);
      return Promise.resolve(
        body === 'refused'
          ? { kind: 'refused', status: 400, reason: 'status', faults: [] }
          : { kind: 'accepted', status: 200, body },
      );
    },
  };
}

const wanted = { system: 'urn:x', value: 'a|b' };
const find = async (server: FhirServer): Promise<unknown> => {
  const answer = await findByIdentifiers(server, 'Observation', [wanted]);
  return answer.kind === 'accepted' ? answer.body.get(keyOf(wanted))?.map(({ id }) => id) : answer;
};

describe('a look-up by identifier', () => {
  test('takes the exact ones alone: a server may ignore what it is asked', async () => {
    expect(
      await find(searching(() => [observation('1', 'a'), observation('2', 'a|b'), observation('3', 'b')])),
    ).toEqual(['2']);
  });

  test('asks again without escapes where nothing was found', async () => {
    const helios = searching((token) => (token === 'urn:x|a|b' ? [observation('1', 'a|b')] : []));
    expect(await find(helios)).toEqual(['1']);
  });

  test('is not put off where that is a fault', async () => {
    expect(await find(searching((token) => (token.includes('\\') ? [] : 'refused')))).toBeUndefined();
  });

  test('fails with the server', async () => {
    expect(await find(searching(() => 'refused'))).toMatchObject({ kind: 'refused', status: 400 });
  });
});

test.each([
  ['Observation/1', 'Observation/1'],
  ['http://x/fhir/Observation/1', 'Observation/1'],
  ['http://x/fhir/Observation/1/_history/3', 'Observation/1'],
  ['Observation/1/_history/3', 'Observation/1'],
  ['urn:uuid:1', undefined],
  ['#contained', undefined],
])('%s names %s', (reference, named) => {
  expect(relativeReference(reference)).toBe(named);
});

test.each([
  [
    { status: '201 Created', location: 'Observation/1/_history/2', etag: 'W/"2"' },
    { kind: 'written', status: 201, id: '1', version: '2' },
  ],
  [
    { status: '201', location: 'http://x/fhir/Observation/1' },
    { kind: 'written', status: 201, id: '1' },
  ],
  [
    { status: '200 OK', etag: '7' },
    { kind: 'written', status: 200, version: '7' },
  ],
  [{ status: '429' }, { kind: 'not-now', status: 429 }],
  [{ status: '412 Precondition Failed' }, { kind: 'refused', status: 412, faults: [] }],
  [{ status: '500' }, { kind: 'unknown' }],
  [{}, { kind: 'unknown' }],
])('an entry that is answered %j', (response, answer) => {
  const entry = [{ response: response as BundleEntryResponse }];
  expect(entryAnswers({ resourceType: 'Bundle', type: 'transaction-response', entry }, 1)).toEqual([answer]);
});

test('an answer of another length than the transaction tells nothing', () => {
  const unknown = { kind: 'unknown' };
  expect(entryAnswers({ resourceType: 'Bundle', type: 'transaction-response' }, 2)).toEqual([unknown, unknown]);
});
