import { badRequest, getStatus, isCreated, serverError } from '@medplum/core';
import { FhirRouter, type FhirRequest } from '@medplum/fhir-router';
import type { Bundle, CapabilityStatement, Resource } from '@medplum/fhirtypes';
import express from 'express';
import { EmbeddedRepository } from './embedded-repository.ts';
import { searchParameters } from './embedded-search.ts';

/**
 * A FHIR server inside this process, for the demo and for tests: everything in memory and nothing kept. It validates
 * nothing, and takes at most 50 PUTs and 8 conditional entries in one transaction.
 */
export function embeddedServer(): express.Router {
  const fhir = new FhirRouter();
  const repository = new EmbeddedRepository();
  const router = express.Router();
  router.use(express.json({ type: ['application/json', 'application/*+json'], limit: '64mb', strict: false }));
  router.use(express.urlencoded({ extended: false, limit: '1mb' }));
  router.get('/metadata', (_request, response) => {
    response.type('application/fhir+json').send(JSON.stringify(capabilityStatement()));
  });
  const answer = async (request: express.Request, response: express.Response): Promise<void> => {
    const [outcome, resource] = await fhir.handleRequest(
      {
        method: request.method as FhirRequest['method'],
        url: request.url,
        pathname: '',
        params: {},
        query: {},
        body: request.body as unknown,
        headers: request.headers,
        config: { transactions: true },
      },
      repository,
    );
    const body = resource === undefined ? outcome : withNextLink(resource, request);
    response.status(getStatus(outcome)).type('application/fhir+json');
    if (resource?.meta?.versionId !== undefined) response.setHeader('ETag', `W/"${resource.meta.versionId}"`);
    if (resource !== undefined && isCreated(outcome)) {
      response.location(`${request.baseUrl}/${resource.resourceType}/${resource.id ?? ''}`);
    }
    response.send(JSON.stringify(body));
  };
  router.use((request, response) => {
    void answer(request, response);
  });
  router.use(unreadable);
  return router;
}

/** What body-parser throws: a body that is too large or no JSON. Express takes a handler of four for that of errors. */
function unreadable(error: unknown, _request: express.Request, response: express.Response, _next: unknown): void {
  const { status } = Object(error) as { status?: unknown };
  const known = typeof status === 'number' && status < 500;
  response.status(known ? status : 500).type('application/fhir+json');
  response.send(JSON.stringify(known ? badRequest('The body cannot be read.') : serverError(new Error('unexpected'))));
}

/** A page that is not the last says where the next is; the router itself would end the search without a word. */
function withNextLink(resource: Resource, request: express.Request): Resource {
  if (resource.resourceType !== 'Bundle' || resource.type !== 'searchset') return resource;
  const form = request.method === 'POST' ? (request.body as Record<string, string | string[]>) : {};
  const query = new URL(request.url, 'http://localhost').searchParams;
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) query.append(name, one);
  const [count, offset] = [Number(query.get('_count') ?? 0), Number(query.get('_offset') ?? 0)];
  if (!(count > 0) || (resource.total ?? 0) <= offset + count) return resource;
  query.set('_offset', String(offset + count));
  const path = request.path.replace(/\/_search$/, '');
  const base = `${request.protocol}://${request.host}${request.baseUrl}`;
  const next: Bundle = { ...resource, link: [{ relation: 'next', url: `${base}${path}?${query.toString()}` }] };
  return next;
}

function capabilityStatement(): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-21',
    kind: 'instance',
    software: { name: 'coursebridge embedded server' },
    implementation: { description: 'A FHIR server in memory, for the demo and for tests. Nothing is kept.' },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: Object.entries(searchParameters).map(([type, parameters]) => ({
          type: type as 'Observation',
          interaction: (
            ['read', 'vread', 'create', 'update', 'delete', 'history-instance', 'search-type'] as const
          ).map((code) => ({ code })),
          versioning: 'versioned',
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
          searchInclude: names(type, parameters),
          searchRevInclude: Object.entries(searchParameters).flatMap(([other, of]) => names(other, of)),
          searchParam: [
            { name: '_id', type: 'token' },
            { name: '_lastUpdated', type: 'date' },
            { name: 'identifier', type: 'token' },
            ...Object.entries(parameters).map(([name, { type: kind }]) => ({ name, type: kind })),
          ],
        })),
      },
    ],
  };
}

function names(type: string, parameters: (typeof searchParameters)[string]): string[] {
  return Object.entries(parameters).flatMap(([name, { type: kind }]) =>
    kind === 'reference' ? [`${type}:${name}`] : [],
  );
}
