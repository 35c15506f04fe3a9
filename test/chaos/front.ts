import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../src/json/json.ts';
import { Ledger } from './front-ledger.ts';
import { refusalOf, storable, type Interaction, type Switches } from './front-rules.ts';

/** A server that can less than the real one behind it, and loses answers. */
export interface Front {
  readonly base: string;
  switches: Switches;
  /** Asked after every write that the server behind did: whether its answer is lost. */
  losesAnswer: () => boolean;
  readonly ledger: Ledger;
  /** The requests as `METHOD path status`, without queries. */
  readonly log: string[];
  close(): Promise<void>;
}

export async function startFront(behind: string): Promise<Front> {
  const front: Front = {
    base: '',
    switches: {},
    losesAnswer: () => false,
    ledger: new Ledger(),
    log: [],
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
  const server = createServer((request, response) => {
    serve(front, behind, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(front, { base });
}

async function serve(front: Front, behind: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request);
  const asked: Asked = {
    method: request.method ?? '',
    path: (request.url ?? '').slice(1),
    headers: request.headers,
    body,
  };
  const { answer, wrote } = await answered(front, behind, asked);
  const lost = wrote && front.losesAnswer();
  front.log.push(`${asked.method} ${asked.path.split('?')[0]} ${lost ? 'lost' : answer.status}`);
  if (lost) return void request.socket.resetAndDestroy();
  const text = answer.text.replaceAll(behind, front.base);
  const location = answer.location?.replace(behind, front.base);
  response.writeHead(answer.status, {
    'Content-Type': answer.type,
    ...(location !== undefined && { location }),
    ...etagIn(answer),
  });
  response.end(text);
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Given {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  readonly location?: string;
  readonly etag?: string;
}

const etagIn = ({ etag }: Given): { etag?: string } => (etag === undefined ? {} : { etag });

interface Answered {
  readonly answer: Given;
  readonly wrote: boolean;
}

async function answered(front: Front, behind: string, asked: Asked): Promise<Answered> {
  const { switches } = front;
  if (Buffer.byteLength(asked.body) > (switches.longestBody ?? Infinity)) return refused(413);
  const json = jsonIn(asked.body);
  if (asked.method === 'POST' && asked.path === '') return bundleAnswered(front, behind, asked, json ?? {});
  const interaction = interactionOf(asked, json);
  const exists = await existing(behind, [interaction]);
  const status = refusalOf(interaction, switches, exists);
  if (status !== undefined) return refused(status);
  const answer = await forward(
    behind,
    asked,
    json === undefined ? asked.body : writeJson(storable(json, switches)),
    switches,
  );
  const wrote = json !== undefined && answer.status < 300;
  if (wrote) front.ledger.written(json, placeIn(answer.location) ?? asked.path);
  if (asked.method === 'DELETE' && answer.status < 300) front.ledger.deleted(asked.path);
  return { answer, wrote: wrote || asked.method === 'DELETE' };
}

function interactionOf({ method, path, headers, body }: Asked, json: JsonObject | undefined): Interaction {
  const ifNoneExist = headers['if-none-exist'];
  return {
    method,
    url: path,
    ...(json === undefined ? { form: body } : { resource: json }),
    ...(typeof ifNoneExist === 'string' && { ifNoneExist }),
  };
}

/** A transaction is refused whole for any of its entries; of a batch the rest is done. */
async function bundleAnswered(front: Front, behind: string, asked: Asked, bundle: JsonObject): Promise<Answered> {
  const { switches } = front;
  const isTransaction = bundle['type'] === 'transaction';
  const whole = isTransaction ? switches.transaction : switches.batch;
  if (whole !== undefined) return refused(whole);
  const entries = objectsIn(bundle['entry']);
  const interactions = entries.map(interactionIn);
  const exists = await existing(behind, interactions);
  const statuses = interactions.map((one) => refusalOf(one, switches, exists));
  const first = statuses.find((status) => status !== undefined);
  if (isTransaction && first !== undefined) return refused(first);
  const passed = entries.filter((_, index) => statuses[index] === undefined);
  const answer = await forward(
    behind,
    asked,
    writeJson({ ...bundle, entry: passed.map((entry) => entryThrough(entry, switches)) }),
    switches,
  );
  if (answer.status >= 300) return { answer, wrote: false };
  const done = objectsIn(jsonIn(answer.text)?.['entry']);
  noteEntries(front.ledger, passed, done);
  const entry = statuses.map((status) => (status === undefined ? (done.shift() ?? {}) : refusedEntry(status)));
  const text = writeJson({ resourceType: 'Bundle', type: `${String(bundle['type'])}-response`, entry });
  return { answer: { ...answer, text }, wrote: passed.some((one) => interactionIn(one).method !== 'GET') };
}

function interactionIn(entry: JsonObject): Interaction {
  const request = objectIn(entry['request']);
  const { method, url, ifNoneExist } = request;
  const resource = entry['resource'];
  return {
    method: String(method),
    url: String(url),
    ...(typeof ifNoneExist === 'string' && { ifNoneExist }),
    ...(resource !== undefined && { resource: objectIn(resource) }),
  };
}

function entryThrough(entry: JsonObject, switches: Switches): JsonObject {
  const { resource, request } = entry;
  const { ifNoneExist, ...others } = objectIn(request);
  const keeps = ifNoneExist !== undefined && switches.noIfNoneExist !== true;
  return {
    ...entry,
    ...(resource !== undefined && { resource: storable(objectIn(resource), switches) }),
    request: { ...others, ...(keeps && { ifNoneExist }) },
  };
}

function noteEntries(ledger: Ledger, sent: readonly JsonObject[], done: readonly JsonObject[]): void {
  for (const [index, entry] of sent.entries()) {
    const { method, url, resource } = interactionIn(entry);
    const { status, location } = objectIn(done[index]?.['response']);
    if (!String(status).startsWith('2')) continue;
    if (method === 'DELETE') ledger.deleted(url);
    else if (resource !== undefined) ledger.written(resource, placeIn(location) ?? url);
  }
}

/** Which of the resources that are to be updated are there. */
async function existing(behind: string, interactions: readonly Interaction[]): Promise<(reference: string) => boolean> {
  const wanted = interactions.filter(({ method, url }) => method === 'PUT' && /^\w+\/[^?]+$/.test(url));
  const found = new Set<string>();
  for (const [type, ofType] of Map.groupBy(wanted, ({ url }) => url.slice(0, url.indexOf('/')))) {
    const ids = ofType.map(({ url }) => url.slice(type.length + 1));
    for (let from = 0; from < ids.length; from += 100) {
      const query = new URLSearchParams({ _id: ids.slice(from, from + 100).join(','), _elements: 'id', _count: '200' });
      const response = await fetch(`${behind}/${type}/_search`, {
        method: 'POST',
        headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: query.toString(),
      });
      const entries = objectsIn(jsonIn(await response.text())?.['entry']);
      for (const { resource } of entries) found.add(`${type}/${String(objectIn(resource)['id'])}`);
    }
  }
  return (reference) => found.has(reference);
}

const passedOn = ['accept', 'content-type', 'prefer', 'cache-control', 'if-match', 'if-none-exist'];

async function forward(
  behind: string,
  { method, path, headers }: Asked,
  body: string,
  switches: Switches,
): Promise<Given> {
  const names = passedOn.filter((name) => name !== 'if-none-exist' || switches.noIfNoneExist !== true);
  const given = names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const response = await fetch(`${behind}${path === '' || path.startsWith('?') ? '' : '/'}${path}`, {
    method,
    headers: Object.fromEntries(given),
    ...(method !== 'GET' && method !== 'DELETE' && { body }),
  });
  const location = response.headers.get('location');
  const etag = response.headers.get('etag');
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get('content-type') ?? 'application/fhir+json',
    ...(location !== null && { location }),
    ...(etag !== null && { etag }),
  };
}

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-supported' }] };

const refused = (status: number): Answered => ({
  answer: { status, text: writeJson(outcome), type: 'application/fhir+json' },
  wrote: false,
});

const refusedEntry = (status: number): JsonObject => ({ response: { status: String(status), outcome } });

/** `Type/id` of a location, whatever stands around it. */
const placeIn = (location: Json | undefined): string | undefined =>
  typeof location === 'string' ? /([A-Z]\w+\/[\w.-]+?)(?:\/_history\/.*)?$/.exec(location)?.[1] : undefined;

function jsonIn(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

const objectIn = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {});

const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
