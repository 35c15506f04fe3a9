import { setTimeout as sleep } from 'node:timers/promises';
import { MedplumClient } from '@medplum/core';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import type { MappedResource } from '../../src/mapping/mapped.ts';
import { identifierToken } from '../../src/mapping/search-token.ts';
import { versionsOf } from './course-versions.ts';
import type { Population } from './marked-course.ts';

/** How integrations usually write a course, resources in order of their references. Throws where it gives the course up. */
export interface NaiveWay {
  readonly name: string;
  readonly namespace: string;
  /** Whether the course is sent again as a whole, three times, where sending it failed. */
  readonly sender: (base: string) => (resources: readonly MappedResource[]) => Promise<void>;
}

export const naiveWays: readonly NaiveWay[] = [
  {
    name: 'POST, again on failure',
    namespace: 'post',
    sender: (base) => (resources) => oneByOne(resources, (resource) => posted(base, resource, {})),
  },
  {
    name: 'POST with If-None-Exist, again on failure',
    namespace: 'if-none-exist',
    sender: (base) => (resources) =>
      oneByOne(resources, (resource, query) => posted(base, resource, { 'If-None-Exist': query })),
  },
  {
    name: 'MedplumClient.createResourceIfNoneExist',
    namespace: 'medplum-create',
    sender: (base) => {
      const client = medplum(base);
      return again((resources) =>
        oneByOne(resources, async (resource, query) => (await client.createResourceIfNoneExist(resource, query)).id),
      );
    },
  },
  {
    name: 'MedplumClient.executeBatch, a transaction with ifNoneExist',
    namespace: 'medplum-batch',
    sender: (base) => {
      const client = medplum(base);
      return again(async (resources) => void (await client.executeBatch(conditionalBundle(resources))));
    },
  },
];

/** Writes courses in such a way, four at a time; which of them it took for written. */
export async function sendNaively(
  way: NaiveWay,
  base: string,
  population: Population,
  courses: number,
): Promise<Set<number>> {
  const send = way.sender(base);
  const written = new Set<number>();
  const queue = Array.from({ length: courses }, (_, index) => index).values();
  const work = async (): Promise<void> => {
    for (const index of queue) {
      const { resources } = mapCourse(versionsOf(population, index).next().value.course, shippedDefinitions);
      try {
        await send(resources);
        written.add(index);
      } catch {
        // Given up: somebody is told.
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return written;
}

/** Creates one after the other, with the ids that the server gave in the references of the next. */
async function oneByOne(
  resources: readonly MappedResource[],
  create: (resource: Resource, query: string) => Promise<string | undefined>,
): Promise<void> {
  const addresses = new Map<string, string>();
  for (const { resource, uuid, identifier } of resources) {
    const id = await create(
      withReferences(resource, addresses),
      `identifier=${encodeURIComponent(identifierToken(identifier))}`,
    );
    if (id === undefined) throw new Error('nobody said what became of it');
    addresses.set(uuid, `${resource.resourceType}/${id}`);
  }
}

function withReferences(resource: Resource, addresses: ReadonlyMap<string, string>): Resource {
  const text = writeJson(resource).replaceAll(
    /urn:uuid:([0-9a-f-]{36})/g,
    (urn, id: string) => addresses.get(id) ?? urn,
  );
  const json = parseJson(text);
  return (json.ok ? json.value : resource) as unknown as Resource;
}

/** A POST, sent again up to eight times where it failed, however it failed. */
async function posted(
  base: string,
  resource: Resource,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  let failure: unknown;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    if (attempt > 0) await sleep(20 * 2 ** attempt);
    try {
      const response = await fetch(`${base}/${resource.resourceType}`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/fhir+json' },
        body: writeJson(resource),
      });
      const text = await response.text();
      if (response.ok) return idIn(response.headers.get('location'), text);
      failure = new Error(`answered ${response.status}`);
    } catch (error) {
      failure = error;
    }
  }
  throw new Error('eight failures', { cause: failure });
}

/** The id of what was created: from the Location where there is one, else from the body. */
function idIn(location: string | null, text: string): string | undefined {
  const located = location?.match(/\/([A-Za-z0-9.-]+)(\/_history\/\d+)?$/)?.[1];
  return located ?? (JSON.parse(text) as { readonly id?: string } | null)?.id;
}

/** As such a client is used: the course is sent again where it throws. */
function again(
  send: (resources: readonly MappedResource[]) => Promise<void>,
): (resources: readonly MappedResource[]) => Promise<void> {
  return async (resources) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(resources);
      } catch (error) {
        if (attempt === 3) throw error;
        await sleep(100 * attempt);
      }
    }
  };
}

function medplum(base: string): MedplumClient {
  const { origin, pathname } = new URL(base);
  // What it prints of answers that are no JSON would be patient data in a log.
  return new MedplumClient({
    baseUrl: `${origin}/`,
    fhirUrlPath: pathname,
    logLevel: 'none',
    fetch: (url: string, init?: RequestInit) => fetch(url, init),
  });
}

const conditionalBundle = (resources: readonly MappedResource[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: resources.map(({ resource, uuid, identifier }) => ({
    fullUrl: `urn:uuid:${uuid}`,
    resource,
    request: {
      method: 'POST',
      url: resource.resourceType,
      ifNoneExist: `identifier=${encodeURIComponent(identifierToken(identifier))}`,
    },
  })),
});
