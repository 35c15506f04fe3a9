import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import express from 'express';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { embeddedServer } from '../../src/http/embedded-server.ts';

/** What goes wrong with a transaction, on its way to a server that would do it. */
export type Fault =
  | { readonly kind: 'refused'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The answer is lost: before the server does anything, or after. It is cut off, unless something else comes in its place. */
  | {
      readonly kind: 'lost';
      readonly done: boolean;
      readonly instead?: { readonly status: number; readonly body: string };
    }
  /** Answered 200, entry by entry; those with a status of their own are not done. */
  | { readonly kind: 'in-part'; readonly status: (entry: BundleEntry, index: number) => number | undefined };

export interface Target {
  readonly server: FhirServer;
  readonly base: string;
  /** The transactions that were sent, in their order. */
  readonly transactions: Bundle[];
  /** What becomes of the n-th transaction (from 0); undefined where nothing goes wrong with it. */
  fault: (transaction: Bundle, n: number) => Fault | undefined;
  /** What becomes of a write of one resource. */
  faultOfOne: (method: string, path: string) => Extract<Fault, { kind: 'refused' | 'lost' }> | undefined;
  /** What becomes of a question. */
  faultOfRead: (path: string) => Extract<Fault, { kind: 'refused' | 'lost' }> | undefined;
  /** The writes of one resource that were sent: `METHOD path`. */
  readonly single: string[];
  /** How long the client was told to wait. */
  readonly waits: number[];
  put(resource: Resource & { id: string }): Promise<void>;
  all(type: string): Promise<readonly Resource[]>;
  close(): void;
}

/** Plays a fault; false where nothing is left to be done. */
function play(
  fault: Extract<Fault, { kind: 'refused' | 'lost' }>,
  request: express.Request,
  response: express.Response,
): boolean {
  if (fault.kind === 'refused') {
    const issue = [{ severity: 'error', code: 'processing', diagnostics: 'MARKER in an outcome' }];
    response
      .status(fault.status)
      .set(fault.headers ?? {})
      .json({ resourceType: 'OperationOutcome', issue });
    return false;
  }
  const { done, instead } = fault;
  const send = response.send.bind(response);
  const end = (): express.Response => {
    if (instead !== undefined) return send(response.status(instead.status) && instead.body);
    request.socket.resetAndDestroy();
    return response;
  };
  response.send = end;
  if (!done) end();
  return done;
}

/** The embedded server on loopback, with faults before it that it does not have itself. */
export async function startTarget(): Promise<Target> {
  const app = express();
  app.post('/', express.json({ type: 'application/fhir+json', limit: '64mb' }), (request, response, next) => {
    const transaction = request.body as Bundle;
    const entries = transaction.entry ?? [];
    const fault = target.fault(transaction, target.transactions.push(transaction) - 1);
    if (fault !== undefined && fault.kind !== 'in-part' && !play(fault, request, response)) return;
    if (fault?.kind === 'in-part') {
      const statuses = entries.map(fault.status);
      request.body = { ...transaction, entry: entries.filter((_, index) => statuses[index] === undefined) };
      const send = response.send.bind(response);
      const answer = (done: BundleEntry[]): string => {
        const entry = statuses.map((status) =>
          status === undefined ? done.shift() : { response: { status: String(status) } },
        );
        return JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry });
      };
      if (statuses.every((status) => status !== undefined)) {
        send(answer([]));
        return;
      }
      response.send = (body: string) => {
        const { entry = [] } = JSON.parse(body) as Bundle;
        return send(answer(entry));
      };
    }
    next();
  });
  app.use((request, response, next) => {
    const isRead = request.method === 'GET' || request.path.endsWith('/_search');
    if (request.path !== '/' && !request.headers['x-plain']) {
      if (!isRead) target.single.push(`${request.method} ${request.path}`);
      const fault = isRead ? target.faultOfRead(request.path) : target.faultOfOne(request.method, request.path);
      if (fault !== undefined && !play(fault, request, response)) return;
    }
    next();
  });
  app.use(embeddedServer());
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const waits: number[] = [];
  const target: Target = {
    base,
    transactions: [],
    fault: () => undefined,
    faultOfOne: () => undefined,
    faultOfRead: () => undefined,
    single: [],
    waits,
    server: fhirServer({
      base,
      authentication: { kind: 'none' },
      wait: async (seconds) => {
        waits.push(seconds);
      },
    }),
    async put(resource) {
      const response = await fetch(`${base}/${resource.resourceType}/${resource.id}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/fhir+json', 'X-Plain': 'yes' },
        body: JSON.stringify(resource),
      });
      if (!response.ok) throw new Error(`PUT answered ${response.status}`);
    },
    async all(type) {
      const response = await fetch(`${base}/${type}?_count=1000`, { headers: { 'X-Plain': 'yes' } });
      const { entry = [] } = (await response.json()) as Bundle;
      return entry.flatMap(({ resource }) => resource ?? []);
    },
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
  return target;
}
