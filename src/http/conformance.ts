import type { Request } from 'express';
import manifest from '../../package.json' with { type: 'json' };
import {
  conformanceOf,
  conformanceTypes,
  versionIdOf,
  type Artefact,
  type Conformance,
} from '../definitions/conformance.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { capabilityStatement, serviceStatementId } from './capability-statement.ts';
import { shippedFiles } from './conformance-files.ts';
import { readForm } from './conformance-form.ts';
import { acceptsJson, isPretty } from './conformance-format.ts';
import { pageOf, searchIn } from './conformance-search.ts';
import { fhirJson, issueReply, type Reply } from './reply.ts';
import type { Handler, Route } from './routes.ts';

/**
 * The FHIR that is spoken here: our own conformance resources, to be read and searched
 * (https://hl7.org/fhir/R4/http.html), and the statement that says so. No course is among them.
 */

/** What is published, since when, as far as this process knows. */
interface Published {
  readonly conformance: Conformance;
  readonly since: number;
}

/** The files are read when somebody asks for the first time, and never again. */
export function conformanceRoutes(definitions: Definitions, now: () => number): readonly Route[] {
  let published: Published | undefined;
  const asked = (): Published => (published ??= { conformance: conformanceIn(definitions), since: now() });
  return [
    { path: '/fhir/metadata', get: inFormat((request, form) => readStatement(asked(), request, form)) },
    { path: '/fhir/:type/_search', post: searchByForm(asked) },
    { path: '/fhir/:type', get: inFormat((request, form) => search(asked(), request, form)) },
    { path: '/fhir/:type/:id', get: inFormat((request, form) => read(asked(), request, form)) },
  ];
}

/** What we ship, over which a site's own definitions stand, and the statement on all of it. */
function conformanceIn(definitions: Definitions): Conformance {
  const resources = [...shippedFiles(), ...definitions.resources];
  const { types } = conformanceOf(resources);
  return conformanceOf([...resources, capabilityStatement(manifest.version, types)]);
}

/** The parameters of a request, and whether its answer is to be indented. */
interface Form {
  readonly parameters: URLSearchParams;
  readonly pretty: boolean;
}

type FormHandler = (request: Request, form: Form) => Reply;

const inFormat =
  (handler: FormHandler): Handler =>
  (request) =>
    answered(request, parametersOf(request), handler);

function answered(request: Request, parameters: URLSearchParams, handler: FormHandler): Reply {
  if (!acceptsJson(request, parameters)) return issueReply('not-acceptable');
  const pretty = isPretty(parameters);
  return pretty === undefined ? issueReply('bad-request') : handler(request, { parameters, pretty });
}

const parametersOf = ({ originalUrl }: Request): URLSearchParams => {
  const from = originalUrl.indexOf('?');
  return new URLSearchParams(from === -1 ? '' : originalUrl.slice(from + 1));
};

function searchByForm(asked: () => Published): Handler {
  return async (request) => {
    const form = await readForm(request);
    if (!form.ok) return form.reply;
    // What the address says is asked for too (https://hl7.org/fhir/R4/http.html#search).
    const parameters = new URLSearchParams([...parametersOf(request), ...form.parameters]);
    return answered(request, parameters, (_request, wanted) => search(asked(), request, wanted));
  };
}

function readStatement(published: Published, request: Request, form: Form): Reply {
  return artefactReply(
    published,
    published.conformance.artefact('CapabilityStatement', serviceStatementId),
    request,
    form,
  );
}

function read(published: Published, request: Request, form: Form): Reply {
  const type = typeOf(request);
  const artefact = type && published.conformance.artefact(type, String(request.params['id']));
  return artefactReply(published, artefact, request, form);
}

const typeOf = ({ params }: Request) => conformanceTypes.find((type) => type === params['type']);

function artefactReply(
  { since }: Published,
  artefact: Artefact | undefined,
  request: Request,
  { pretty }: Form,
): Reply {
  if (artefact === undefined) return issueReply('no-such-route');
  const etag = `W/"${versionIdOf(artefact)}"`;
  const headers = { ...revalidated, ETag: etag, 'Last-Modified': new Date(since).toUTCString() };
  if (isKnown(request, etag, since)) return { status: 304, headers };
  return { ...resourceReply(withMeta(artefact, since), pretty), headers };
}

// No patient data: it may be kept, as long as it is asked for whether it still holds.
const revalidated = { 'Cache-Control': 'no-cache' };

/** Whether whoever asks has the resource as it is (RFC 9110, 13): an entity tag counts before a time. */
function isKnown({ headers }: Request, etag: string, since: number): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => opaque(tag) === opaque(etag) || tag.trim() === '*');
  const time = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(since / 1000) * 1000 <= time;
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** The resource as it stands here. Its elements keep FHIR's order: the id and meta come behind the type. */
function withMeta(artefact: Artefact, since: number): object {
  const { resourceType, id: _id, meta, ...elements } = artefact.resource;
  const versionId = versionIdOf(artefact);
  const lastUpdated = new Date(since).toISOString();
  return {
    resourceType,
    id: artefact.id,
    meta: { ...(meta as object | undefined), versionId, lastUpdated },
    ...elements,
  };
}

function search({ conformance, since }: Published, request: Request, { parameters, pretty }: Form): Reply {
  const type = typeOf(request);
  if (type === undefined || !conformance.types.includes(type)) return issueReply('no-such-route');
  const wanted = searchIn(parameters, type, { lenient: /handling=lenient/.test(request.get('prefer') ?? '') });
  if (!wanted.ok) return issueReply(wanted.fault);
  const { total, artefacts, links } = pageOf(wanted.search, conformance.ofType(type));
  const base = `${request.protocol}://${request.get('host') ?? 'localhost'}/fhir/${type}`;
  const entry = artefacts.map((artefact) => ({
    fullUrl: `${base}/${artefact.id}`,
    resource: withMeta(artefact, since),
    search: { mode: 'match' },
  }));
  const bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: links.map(({ relation, query }) => ({ relation, url: `${base}?${query}` })),
    ...(entry.length > 0 && { entry }),
  };
  return resourceReply(bundle, pretty);
}

const resourceReply = (resource: object, pretty: boolean): Reply => ({
  status: 200,
  type: fhirJson,
  body: JSON.stringify(resource, undefined, pretty ? 2 : undefined),
});
