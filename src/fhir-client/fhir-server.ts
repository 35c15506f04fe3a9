import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Answer, Capabilities, FhirServer, Place } from '../exchange/ports.ts';
import type { JsonObject } from '../json/json.ts';
import { authorizationOf, type Authentication } from './authentication.ts';
import { answerOf, notFhir, placeOf } from './classify.ts';
import { allPages } from './search-pages.ts';
import { sender, type Request } from './send.ts';

export interface FhirServerOptions {
  /** The FHIR base, http or https, without user or password in it. */
  readonly base: string;
  readonly authentication: Authentication;
  /** How long one request may take, from the first byte to the last. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** How time passes where a server asks us to wait. */
  readonly wait?: (seconds: number) => Promise<void>;
}

const fhirJson = 'application/fhir+json';

/** A FHIR R4 server over HTTP. It never throws for what a server does: every answer is a value. */
export function fhirServer(options: FhirServerOptions): FhirServer {
  const base = options.base.replace(/\/+$/, '');
  const send = sender({
    authorization: authorizationOf(options.authentication),
    timeoutMs: options.timeoutMs ?? 120_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
  });
  const ask = async (request: Request): Promise<Answer<JsonObject>> =>
    answerOf(await send(request), request.changes, Date.now());
  const get = (url: string): Promise<Answer<JsonObject>> => ask({ method: 'GET', url, changes: false });
  const post = async (body: Uint8Array): Promise<Answer<Bundle>> => {
    const answer = await ask({ method: 'POST', url: base, changes: true, body, contentType: fhirJson });
    if (answer.kind !== 'accepted') return answer;
    if (answer.body['resourceType'] !== 'Bundle') return { kind: 'unknown', status: answer.status };
    return { ...answer, body: answer.body as unknown as Bundle };
  };
  const writeOne = async (request: Omit<Request, 'changes' | 'contentType'>): Promise<Answer<Place>> =>
    placeOf(
      await send({ ...request, changes: true, ...(request.body !== undefined && { contentType: fhirJson }) }),
      Date.now(),
    );
  return {
    capabilities: async () => capabilitiesIn(await get(`${base}/metadata`)),
    transaction: post,
    batch: post,
    create: (type, body, ifNoneExist) =>
      writeOne({
        method: 'POST',
        url: `${base}/${type}`,
        body,
        ...(ifNoneExist !== undefined && { headers: { 'If-None-Exist': ifNoneExist } }),
      }),
    update: (type, id, body, version) =>
      writeOne({
        method: 'PUT',
        url: `${base}/${type}/${encodeURIComponent(id)}`,
        body,
        ...(version !== undefined && { headers: { 'If-Match': `W/"${version}"` } }),
      }),
    remove: (type, id) => writeOne({ method: 'DELETE', url: `${base}/${type}/${encodeURIComponent(id)}` }),
    read: async (type, id) => {
      const answer = await get(`${base}/${type}/${encodeURIComponent(id)}`);
      if (answer.kind !== 'accepted') return answer;
      if (answer.body['resourceType'] !== type) return notFhir(answer.status);
      return { ...answer, body: answer.body as unknown as Resource };
    },
    search: async (type, parameters) => {
      const body = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
      const contentType = 'application/x-www-form-urlencoded';
      const url = `${base}/${type}/_search`;
      return allPages(base, await ask({ method: 'POST', url, changes: false, body, contentType }), get);
    },
    wait: options.wait ?? ((seconds) => sleep(seconds * 1000)),
  };
}

/** A refusal that is not FHIR's (a web server's 404, a redirect to a log-in) means that the address is no FHIR base. */
function capabilitiesIn(answer: Answer<JsonObject>): Answer<Capabilities> {
  if (answer.kind === 'refused' && answer.reason === 'status' && answer.faults.length === 0)
    return notFhir(answer.status);
  if (answer.kind !== 'accepted') return answer;
  const { resourceType, fhirVersion } = answer.body;
  if (resourceType !== 'CapabilityStatement' || typeof fhirVersion !== 'string') return notFhir(answer.status);
  if (!/^4\.0(\.|$)/.test(fhirVersion)) {
    return { kind: 'refused', status: answer.status, reason: 'wrong-version', faults: [] };
  }
  return { ...answer, body: { fhirVersion, ...softwareIn(answer.body) } };
}

function softwareIn({ software }: JsonObject): { software?: string } {
  const { name } = Object(software) as { name?: unknown };
  return typeof name === 'string' && /^[\w .()/-]{1,80}$/.test(name) ? { software: name } : {};
}
