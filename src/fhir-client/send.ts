import http from 'node:http';
import https from 'node:https';
import { create, type AxiosInstance } from 'axios';
import { openConnection } from './connection.ts';

/** One request. `changes`: whether the server may have changed something when its answer is lost. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly changes: boolean;
  readonly body?: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What came of a request: an answer of any status, or none; and then whether the server can have seen it. `stale`: it
 * went over a connection that the server had probably given up.
 */
export type Sent =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'lost'; readonly stale: boolean };

export type Headers = Readonly<Record<string, string>>;

export type Send = (request: Request) => Promise<Sent>;

export interface SendOptions {
  readonly authorization: string | undefined;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
}

/** More than any page or transaction answer of ours, less than the memory of a small machine. */
const mostBytes = 128 * 1024 * 1024;

/** Sends requests to one server. */
export function sender({ authorization, timeoutMs, connectTimeoutMs }: SendOptions): Send {
  const once = async (client: AxiosInstance, request: Request): Promise<Sent> => {
    const { transport, connected, reused } = openConnection(connectTimeoutMs);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await client.request<string>({
        method: request.method,
        url: request.url,
        headers: headersFor(request, authorization),
        ...(request.body !== undefined && { data: request.body }),
        signal,
        transport,
      });
      return { kind: 'answered', status: response.status, headers: textsOf(response.headers), text: response.data };
    } catch {
      // Whatever broke (name, connection, certificate, time, size): only what the server can have seen matters, and the
      // message may hold the URL or what was received.
      return connected() ? { kind: 'lost', stale: reused() && !signal.aborted } : { kind: 'not-connected' };
    }
  };
  const reusing = clientOf({ keepAlive: true, timeout: youngMs });
  const fresh = clientOf({ keepAlive: false });
  return async (request) => {
    const sent = await once(reusing, request);
    // A read is simply asked again; a write is left with an unknown outcome, and looked for.
    return !request.changes && sent.kind === 'lost' && sent.stale ? once(fresh, request) : sent;
  };
}

/**
 * How long an idle connection is used again. Servers give one up after some seconds at the least (Jetty 30, nginx 75,
 * Node 5), and a request that meets that moment has an unknown outcome.
 */
const youngMs = 1_000;

function clientOf(connections: http.AgentOptions): AxiosInstance {
  return create({
    httpAgent: new http.Agent(connections),
    httpsAgent: new https.Agent(connections),
    // A redirect would carry credentials and patient data to wherever it points.
    maxRedirects: 0,
    proxy: false,
    validateStatus: () => true,
    responseType: 'text',
    // axios would read the JSON, and lose its digits.
    transformResponse: [(data: unknown) => data],
    transformRequest: [(data: unknown) => data],
    maxContentLength: mostBytes,
    maxBodyLength: mostBytes,
  });
}

function headersFor({ contentType, headers }: Request, authorization: string | undefined): Record<string, string> {
  return {
    Accept: 'application/fhir+json',
    'Cache-Control': 'no-cache',
    // Where nothing comes back but ids and versions, a transaction's answer is a tenth of its size.
    Prefer: 'return=minimal',
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...headers,
    ...(authorization !== undefined && { Authorization: authorization }),
  };
}

function textsOf(headers: object): Headers {
  const texts = Object.entries(headers).filter((one): one is [string, string] => typeof one[1] === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value]));
}
