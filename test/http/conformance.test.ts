import type { Bundle, CapabilityStatement, CapabilityStatementRestResource, Resource } from '@medplum/fhirtypes';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDefinitions, shippedDefinitions } from '../../src/definitions/definitions.ts';
import { conformanceTypes } from '../../src/definitions/conformance.ts';
import { questionnaire } from '../cli/site-definitions.ts';
import { errorsIn, service, type Client } from './service.ts';

/** Every conformance resource that we ship, by `Type/id`. */
const profiles = new URL('../../profiles/', import.meta.url);
const shipped = new Map(
  readdirSync(profiles, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && !name.startsWith('examples'))
    .map((name) => JSON.parse(readFileSync(new URL(name, profiles), 'utf8')) as Published)
    .filter(({ resourceType }) => (conformanceTypes as readonly string[]).includes(resourceType))
    .map((resource) => [`${resource.resourceType}/${resource.id}`, resource]),
);

type Published = Resource & { id: string; url?: string; version?: string; name?: string };

const statementOf = async ({ send }: Pick<Client, 'send'>): Promise<CapabilityStatement> =>
  (await send('GET', '/fhir/metadata')).json as CapabilityStatement;

/** The types that are read and searched; what can only be validated: validate.test.ts. */
const resourcesOf = ({ rest = [] }: CapabilityStatement): CapabilityStatementRestResource[] =>
  rest.flatMap(({ resource }) => resource ?? []).filter(({ interaction }) => interaction !== undefined);

const idsIn = (json: unknown): string[] => ((json as Bundle).entry ?? []).map(({ resource }) => resource?.id ?? '');
const linksIn = (json: unknown): Map<string, string> =>
  new Map(((json as Bundle).link ?? []).map(({ relation, url }) => [relation ?? '', url ?? '']));

/** Follows `next` from a search to its end. */
async function everyPage({ send, base }: Pick<Client, 'send' | 'base'>, path: string): Promise<Published[]> {
  const found: Published[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { json } = await send('GET', next.replace(base, ''));
    found.push(...((json as Bundle).entry ?? []).map(({ resource }) => resource as Published));
    next = linksIn(json).get('next');
  }
  return found;
}

/** What stands here is what we ship, but for what a server adds. */
function shippedForm({ meta, ...resource }: Published): unknown {
  const { versionId: _version, lastUpdated: _since, ...own } = meta ?? {};
  return Object.keys(own).length > 0 ? { ...resource, meta: own } : resource;
}

describe('every claim of /fhir/metadata', () => {
  /** How each interaction that could be claimed is shown to work. */
  const interactions: Readonly<Record<string, (client: Client, type: string) => Promise<void>>> = {
    read: async ({ send }, type) => {
      const own = [...shipped.values()].filter(({ resourceType }) => resourceType === type);
      const ids = type === 'CapabilityStatement' ? ['service', ...own.map(({ id }) => id)] : own.map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) {
        const { status, headers, json } = await send('GET', `/fhir/${type}/${id}`);
        expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json']);
        expect(json).toMatchObject({ resourceType: type, id });
        const one = shipped.get(`${type}/${id}`);
        if (one !== undefined) expect(shippedForm(json as Published)).toEqual(one);
      }
    },
    'search-type': async (client, type) => {
      const found = await everyPage(client, `/fhir/${type}?_count=7`);
      const { json } = await client.send('GET', `/fhir/${type}?_count=0`);
      expect((json as Bundle).total).toBe(found.length);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      const own = [...shipped.keys()].filter((name) => name.startsWith(`${type}/`));
      const statement = type === 'CapabilityStatement' ? ['CapabilityStatement/service'] : [];
      expect(found.map(({ id }) => `${type}/${id}`).toSorted()).toEqual([...own, ...statement].toSorted());
    },
  };

  test('of interactions, and of nothing that it does not claim', async () => {
    const client = await service();
    const claimed = resourcesOf(await statementOf(client));
    const types = [...new Set([...shipped.values()].map(({ resourceType }) => resourceType))];
    expect(claimed.map(({ type }) => type)).toEqual([...new Set([...types, 'CapabilityStatement'])].toSorted());
    for (const { type = '', interaction = [], ...more } of claimed) {
      for (const { code } of interaction) {
        const shows = interactions[code ?? ''];
        if (shows === undefined) throw new Error(`nothing shows that ${code} works`);
        await shows(client, type);
      }
      const { searchParam: _searched, operation: _operations, ...rest } = more;
      expect(rest).toEqual({
        versioning: 'versioned',
        readHistory: false,
        updateCreate: false,
        conditionalCreate: false,
        conditionalRead: 'full-support',
        conditionalUpdate: false,
        conditionalDelete: 'not-supported',
      });
      // No history, no create, no update, no delete.
      expect((await client.send('GET', `/fhir/${type}/x/_history/1`)).status).toBe(404);
      for (const [method, path] of [
        ['POST', `/fhir/${type}`],
        ['PUT', `/fhir/${type}/x`],
        ['PUT', `/fhir/${type}?url=x`],
        ['PATCH', `/fhir/${type}/x`],
        ['DELETE', `/fhir/${type}/x`],
        ['DELETE', `/fhir/${type}?url=x`],
      ] as const) {
        expect((await client.send(method, path, method === 'DELETE' ? undefined : '{}')).status, path).toBe(405);
      }
    }
    for (const type of ['Observation', 'Patient', 'ActivityDefinition', 'valueset', '__proto__']) {
      expect((await client.send('GET', `/fhir/${type}`)).status).toBe(404);
      expect((await client.send('GET', `/fhir/${type}/x`)).status).toBe(404);
    }
    expect(client.faults).toEqual([]);
  });

  test('of search parameters, by GET and by POST', async () => {
    const client = await service();
    const values = { _id: 'id', name: 'name', url: 'url', version: 'version' } as const;
    for (const { type = '', searchParam = [] } of resourcesOf(await statementOf(client))) {
      const all = await everyPage(client, `/fhir/${type}`);
      const last = all.at(-1);
      for (const { name = '', definition } of searchParam) {
        const element = values[name as keyof typeof values];
        expect(definition).toMatch(new RegExp(`^http://hl7.org/fhir/SearchParameter/[A-Za-z]+-${element}$`));
        const wanted = last?.[element] ?? '';
        expect(wanted, `${type} ${name}`).not.toBe('');
        const expected = all.filter((one) =>
          name === 'name' ? one.name?.toLowerCase().startsWith(wanted.toLowerCase()) : one[element] === wanted,
        );
        const query = new URLSearchParams({ [name]: wanted, _count: '100' }).toString();
        for (const path of [`/fhir/${type}?${query}`, `/fhir/${type}?${name}=none-has-this`]) {
          const [, asked = ''] = path.split('?');
          const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
          const posted = await client.send('POST', `/fhir/${type}/_search`, asked, form);
          const got = await client.send('GET', path);
          expect([got.status, posted.status]).toEqual([200, 200]);
          expect(posted.json).toEqual(got.json);
          expect((got.json as Bundle).total).toBe(asked === query ? expected.length : 0);
        }
        expect(idsIn((await client.send('GET', `/fhir/${type}?${query}`)).json)).toEqual(expected.map(({ id }) => id));
      }
      const claimed = searchParam.map(({ name }) => name);
      for (const name of ['url', 'version', 'name', '_id', 'status', '_lastUpdated']) {
        const { status, json } = await client.send('GET', `/fhir/${type}?${name}=x`);
        expect(status).toBe(claimed.includes(name) ? 200 : 400);
        if (status === 400) expect(errorsIn(json)).toEqual(['unknown-search-parameter']);
      }
    }
  });

  test('of formats', async () => {
    const client = await service();
    const { format } = await statementOf(client);
    expect(format).toEqual(['json', 'application/fhir+json']);
    for (const one of format ?? []) {
      for (const path of ['/fhir/metadata', '/fhir/ValueSet', '/fhir/CodeSystem/route']) {
        const { status } = await client.send('GET', `${path}?_format=${encodeURIComponent(one)}`, undefined, {
          Accept: 'application/fhir+xml',
        });
        expect(status).toBe(200);
      }
    }
  });

  test('of versions, and of conditional reads', async () => {
    const client = await service(undefined, { now: () => Date.parse('2026-11-21T10:00:00.700Z') });
    const { send } = client;
    for (const path of ['/fhir/CodeSystem/route', '/fhir/metadata']) {
      const { headers, json } = await send('GET', path);
      const { versionId, lastUpdated } = (json as Published).meta ?? {};
      expect(versionId).toMatch(/^[0-9a-f]{16}$/);
      expect(lastUpdated).toBe('2026-11-21T10:00:00.700Z');
      expect(headers.get('etag')).toBe(`W/"${versionId}"`);
      expect(headers.get('last-modified')).toBe('Sat, 21 Nov 2026 10:00:00 GMT');
      expect(headers.get('cache-control')).toBe('no-cache');
      const known = async (conditions: Record<string, string>): Promise<number> => {
        const answer = await send('GET', path, undefined, conditions);
        expect(answer.headers.get('etag')).toBe(`W/"${versionId}"`);
        expect(answer.text === '').toBe(answer.status === 304);
        return answer.status;
      };
      expect(await known({ 'If-None-Match': `W/"${versionId}"` })).toBe(304);
      expect(await known({ 'If-None-Match': `"other", "${versionId}"` })).toBe(304);
      expect(await known({ 'If-None-Match': '*' })).toBe(304);
      expect(await known({ 'If-None-Match': 'W/"other"' })).toBe(200);
      const [then, before] = ['Sat, 21 Nov 2026 10:00:00 GMT', 'Sat, 21 Nov 2026 09:59:59 GMT'];
      expect(await known({ 'If-Modified-Since': then })).toBe(304);
      expect(await known({ 'If-Modified-Since': before })).toBe(200);
      expect(await known({ 'If-Modified-Since': 'yesterday' })).toBe(200);
      expect(await known({ 'If-Modified-Since': then, 'If-None-Match': '"other"' })).toBe(200);
    }
  });

  test('of itself: it is the resource of its own address', async () => {
    const { send } = await service();
    const statement = await send('GET', '/fhir/metadata');
    expect(statement.json).toMatchObject({ kind: 'instance', fhirVersion: '4.0.1', software: { version: '0.1.0' } });
    const [, path = ''] = /(\/CapabilityStatement\/.+)$/.exec((statement.json as CapabilityStatement).url ?? '') ?? [];
    expect((await send('GET', `/fhir${path}`)).json).toEqual(statement.json);
  });
});

describe('a search', () => {
  test('is paged by links that lead to every resource once', async () => {
    const { send, base } = await service();
    const { json } = await send('GET', '/fhir/CodeSystem?_count=10&_offset=10');
    const { total = 0, entry = [] } = json as Bundle;
    expect(json).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect(entry).toHaveLength(10);
    for (const { fullUrl, resource, search } of entry) {
      expect([fullUrl, search]).toEqual([`${base}/fhir/CodeSystem/${resource?.id}`, { mode: 'match' }]);
    }
    const links = linksIn(json);
    expect(Object.fromEntries(links)).toEqual({
      self: `${base}/fhir/CodeSystem?_count=10&_offset=10`,
      first: `${base}/fhir/CodeSystem?_count=10`,
      last: `${base}/fhir/CodeSystem?_count=10&_offset=${Math.floor((total - 1) / 10) * 10}`,
      previous: `${base}/fhir/CodeSystem?_count=10`,
      next: `${base}/fhir/CodeSystem?_count=10&_offset=20`,
    });
    const follow = async (relation: string): Promise<Bundle> =>
      (await send('GET', (links.get(relation) ?? '').replace(base, ''))).json as Bundle;
    expect(linksIn(await follow('last')).has('next')).toBe(false);
    expect((await follow('last')).entry).toHaveLength(((total - 1) % 10) + 1);
    expect(linksIn(await follow('first')).has('previous')).toBe(false);
    const beyond = (await send('GET', '/fhir/CodeSystem?_count=10&_offset=9000')).json;
    expect(beyond).not.toHaveProperty('entry');
    expect(linksIn(beyond).get('previous')).toBe(links.get('last'));
    expect(idsIn((await send('GET', '/fhir/CodeSystem?_count=9999')).json).length).toBe(Math.min(100, total));
    expect(idsIn((await send('GET', '/fhir/CodeSystem')).json)).toHaveLength(20);
  });

  test.each([
    ['several conditions', '_id=route&version=0.1.0', ['route']],
    ['of which one does not hold', '_id=route&version=9', []],
    ['one of several values', '_id=route,sex', ['route', 'sex']],
    ['a comma that is part of the value', '_id=route%5C,sex', []],
    ['one parameter twice', '_id=route,sex&_id=sex', ['sex']],
    ['a code of no system', '_id=route&version=%7C0.1.0', ['route']],
    ['a code of a system', '_id=route&version=http://x%7C0.1.0', []],
    ['a name without its case and accents', 'name=ROUT%C3%89', ['route']],
    ['a part of a name', 'name:contains=OUT', ['route', 'event-outcome', 'outcome-category'].toSorted()],
    ['a name to the letter', 'name:exact=Route', ['route']],
    ['a name in other letters', 'name:exact=route', []],
    ['a url that goes on', 'url=https://w3id.org/coursebridge/CodeSystem/rout', []],
    ['only a bar', '_id=%7C', []],
    ['only a comma', '_id=,', []],
  ])('finds %s', async (_, query, ids) => {
    const { send } = await service();
    const { status, json } = await send('GET', `/fhir/CodeSystem?${query}`);
    expect([status, idsIn(json), (json as Bundle).total]).toEqual([200, ids, ids.length]);
  });

  test.each([
    ['a parameter that is not known', 'zqmarker=1', 'unknown-search-parameter'],
    ['a modifier that is not known', 'url:below=https://w3id.org', 'unknown-search-parameter'],
    ['a modifier of another type', 'version:contains=0', 'unknown-search-parameter'],
    ['two modifiers', 'name:exact:contains=Route', 'unknown-search-parameter'],
    ['a name of no search', 'toString=1', 'unknown-search-parameter'],
    ['no value', 'url=', 'bad-request'],
    ['a count that is none', '_count=zqmarker', 'bad-request'],
    ['a count below 0', '_count=-1', 'bad-request'],
    ['two counts', '_count=1&_count=2', 'bad-request'],
    ['an offset that is none', '_offset=x', 'bad-request'],
    ['prettiness of another kind', '_pretty=very', 'bad-request'],
  ])('refuses %s', async (_, query, code) => {
    const { send } = await service();
    const { status, text, json } = await send('GET', `/fhir/CodeSystem?${query}`);
    expect([status, errorsIn(json)]).toEqual([400, [code]]);
    expect(text).not.toContain('zqmarker');
  });

  test('ignores what it does not know where that is wanted, and says so in its link', async () => {
    const { send, base } = await service();
    const { status, json } = await send('GET', '/fhir/CodeSystem?_id=route&zqmarker=1', undefined, {
      Prefer: 'handling=lenient',
    });
    expect([status, idsIn(json)]).toEqual([200, ['route']]);
    expect(linksIn(json).get('self')).toBe(`${base}/fhir/CodeSystem?_id=route&_count=20`);
  });

  test('takes a form, with what the address asks for, and nothing else', async () => {
    const { send } = await service();
    const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const post = (path: string, body: string | undefined, headers: Record<string, string> = form) =>
      send('POST', `/fhir/CodeSystem/_search${path}`, body, headers);
    expect(idsIn((await post('?version=0.1.0', '_id=route')).json)).toEqual(['route']);
    expect(idsIn((await post('?_count=1', undefined, {})).json)).toHaveLength(1);
    expect((await post('', '_id=route', { 'Content-Type': 'application/json' })).status).toBe(415);
    expect((await post('', '_id=route', { ...form, 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await post('', `_id=${'x'.repeat(70_000)}`)).status).toBe(413);
    expect((await send('GET', '/fhir/CodeSystem/_search')).headers.get('allow')).toBe('OPTIONS, POST');
  });
});

describe('the format', () => {
  const accepted = [
    [undefined, 200],
    ['*/*', 200],
    ['application/*;q=0.1', 200],
    ['application/json', 200],
    ['Application/FHIR+json; charset=utf-8', 200],
    ['application/fhir+json; fhirVersion=4.0', 200],
    ['application/fhir+json;fhirVersion=5.0', 406],
    ['application/fhir+xml, application/fhir+json;q=0.5', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 200],
    ['application/fhir+xml', 406],
    ['application/fhir+json;q=0', 406],
    ['text/turtle', 406],
  ] as const;
  test.each(accepted)('Accept: %s is answered %i', async (accept, expected) => {
    const { send } = await service();
    for (const path of ['/fhir/metadata', '/fhir/CodeSystem', '/fhir/CodeSystem/route']) {
      const { status, headers, json } = await send(
        'GET',
        path,
        undefined,
        accept === undefined ? {} : { Accept: accept },
      );
      expect([status, headers.get('content-type')]).toEqual([expected, 'application/fhir+json']);
      if (expected === 406) expect(errorsIn(json)).toEqual(['not-acceptable']);
    }
  });

  test('_format counts before Accept, and _pretty indents', async () => {
    const { send } = await service();
    const statusOf = async (format: string, accept: string): Promise<number> =>
      (await send('GET', `/fhir/CodeSystem/route?_format=${format}`, undefined, { Accept: accept })).status;
    expect(await statusOf('json', 'application/fhir+xml')).toBe(200);
    expect(await statusOf('application/fhir+json', 'text/html')).toBe(200);
    expect(await statusOf('xml', '*/*')).toBe(406);
    const [plain, pretty] = [
      await send('GET', '/fhir/CodeSystem/route?_pretty=false'),
      await send('GET', '/fhir/CodeSystem/route?_pretty=true'),
    ];
    expect(pretty.json).toEqual(plain.json);
    expect([plain.text.split('\n').length, pretty.text.split('\n').length > 10]).toEqual([1, true]);
  });

  test('HEAD is GET without its body', async () => {
    const { send } = await service();
    for (const path of [
      '/fhir/metadata',
      '/fhir/CodeSystem?_count=1',
      '/fhir/CodeSystem/route',
      '/fhir/CodeSystem/none',
    ]) {
      const [got, head] = [await send('GET', path), await send('HEAD', path)];
      expect([head.status, head.text]).toEqual([got.status, '']);
      for (const name of ['etag', 'content-type', 'cache-control']) {
        expect(head.headers.get(name)).toBe(got.headers.get(name));
      }
    }
  });
});

describe("a site's own definitions", () => {
  test('are served beside ours, and in the place of ours', async () => {
    const ours = shippedDefinitions.resources.find((one) => (one as Published).id === 'gad7') as Published;
    const own = [
      { ...questionnaire, id: 'phq9' },
      { ...ours, id: 'changed', title: 'Ours no more' },
    ];
    const definitions = readDefinitions([...shippedDefinitions.resources, ...own]);
    const { send } = await service(undefined, { definitions });
    const byUrl = async (url: string): Promise<Published> => {
      const { json } = await send('GET', `/fhir/Questionnaire?url=${encodeURIComponent(url)}`);
      expect((json as Bundle).total).toBe(1);
      return (json as Bundle).entry?.[0]?.resource as Published;
    };
    expect(await byUrl(ours.url ?? '')).toMatchObject({ id: 'changed', title: 'Ours no more' });
    expect((await send('GET', '/fhir/Questionnaire/gad7')).status).toBe(404);
    // Its id is taken by another questionnaire: it has one of its own here.
    const found = await byUrl(questionnaire.url);
    expect(found.id).toMatch(/^[0-9a-f]{40}$/);
    expect((await send('GET', `/fhir/Questionnaire/${found.id}`)).json).toEqual(found);
    expect((await send('GET', '/fhir/Questionnaire/phq9')).json).toMatchObject({ name: 'Phq9' });
  });
});
