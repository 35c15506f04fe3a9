import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { onTestFinished } from 'vitest';
import { deliveringTo } from '../../src/cli/delivering.ts';
import { readConfig } from '../../src/config.ts';
import { shippedDefinitions, type Definitions } from '../../src/definitions/definitions.ts';
import type { DispatchNote } from '../../src/exchange/dispatcher.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import type { Store } from '../../src/exchange/store.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { httpApp } from '../../src/http/app.ts';
import { embeddedServer } from '../../src/http/embedded-server.ts';
import { prometheusMetrics } from '../../src/http/metrics.ts';
import type { RequestEntry } from '../../src/http/request-log.ts';
import { usualBounds, type Bounds } from '../../src/http/wiring.ts';
import { openStore } from '../../src/store/open-store.ts';

/** What a request got. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** An address that requests go to. */
export interface Client {
  readonly base: string;
  readonly faults: readonly unknown[];
  readonly send: (
    method: string,
    path: string,
    body?: string | Buffer,
    headers?: Record<string, string>,
  ) => Promise<Got>;
}

/** The service, and what can be seen of it from inside. */
export interface Service extends Client {
  readonly store: Store;
  readonly log: readonly RequestEntry[];
  readonly notes: readonly DispatchNote[];
  /** Resolves when every delivery has ended. */
  readonly settled: () => Promise<void>;
}

export interface ServiceOptions {
  readonly patients?: PatientPolicy;
  /** Whether anything is delivered. */
  readonly delivers?: boolean;
  readonly store?: Store;
  readonly bounds?: Partial<Bounds>;
  readonly stopping?: AbortSignal;
  readonly now?: () => number;
  readonly definitions?: Definitions;
}

/** Listens on a free port of this machine until the test has finished. */
export async function listen(app: RequestListener): Promise<string> {
  const server: Server = createServer(app);
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The embedded FHIR server. */
export async function fhir(): Promise<Client> {
  const app = express();
  app.use('/r4', embeddedServer());
  return client(`${await listen(app)}/r4`);
}

/** No target is there: for what does not depend on one. */
export const nowhere = 'http://127.0.0.1:9';

/** The service over a store in memory, delivering to a target; faults of its own are collected. */
export async function service(target = nowhere, options: ServiceOptions = {}): Promise<Service> {
  const { patients = 'create', delivers = target !== nowhere, bounds = {}, stopping, now } = options;
  const { definitions = shippedDefinitions } = options;
  const store = options.store ?? (await openStore('memory'));
  const faults: unknown[] = [];
  const log: RequestEntry[] = [];
  const notes: DispatchNote[] = [];
  const server = fhirServer({ base: target, authentication: { kind: 'none' }, timeoutMs: 2_000 });
  const delivering = await deliveringTo({
    store,
    server,
    base: target,
    definitions,
    patients,
    settings: settings(),
    actor: 'http',
  });
  const dispatcher = delivers
    ? delivering.start({ noted: (note) => void notes.push(note), fault: (error) => void faults.push(error) })
    : undefined;
  const app = httpApp(
    {
      ...delivering.submissions,
      server,
      wake: () => dispatcher?.wake(),
      metrics: prometheusMetrics(),
      bounds: { ...usualBounds, reserveBytes: 0, ...bounds },
      ...(stopping && { stopping }),
      ...(now && { now }),
    },
    {
      loopbackOnly: true,
      newRequestId: randomUUID,
      reportFault: (_id, error) => faults.push(error),
      log: (entry) => void log.push(entry),
    },
  );
  const base = await listen(app);
  onTestFinished(async () => {
    await dispatcher?.stop();
    await store.close();
  });
  return { ...client(base, faults), store, log, notes, settled: () => settledIn(store) };
}

function settings() {
  const read = readConfig(
    {},
    {
      COURSEBRIDGE_RETRY_SECONDS: '0.01',
      COURSEBRIDGE_RETRY_CAP_SECONDS: '0.05',
      COURSEBRIDGE_SETTLE_SECONDS: '0',
    },
  );
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read.config.delivery;
}

async function settledIn(store: Store): Promise<void> {
  for (;;) {
    const open = await store.transaction((tx) => tx.deliveries({ state: ['waiting', 'in-flight'] }, { limit: 1 }));
    if (open.length === 0) return;
    await sleep(5);
  }
}

function client(base: string, faults: readonly unknown[] = []): Client {
  return {
    base,
    faults,
    send: async (method, path, body, headers = {}) => {
      const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) };
      const response = await fetch(`${base}${path}`, { method, ...sent, headers: { ...type, ...headers } });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `code place` of every error in an OperationOutcome. */
export function errorsIn(outcome: unknown): string[] {
  const { issue } = outcome as { issue: Issue[] };
  return issue
    .filter(({ severity }) => severity === 'error')
    .map(({ details, expression }) => `${details.coding?.[0]?.code} ${expression?.[0] ?? ''}`.trim())
    .toSorted();
}

/** Every code in an OperationOutcome, once. */
export function codesIn(outcome: unknown): string[] {
  const { issue } = outcome as { issue: Issue[] };
  return [...new Set(issue.flatMap(({ details }) => details.coding?.[0]?.code ?? []))].toSorted();
}

interface Issue {
  readonly severity: string;
  readonly details: { readonly coding?: readonly { readonly code: string }[] };
  readonly expression?: readonly string[];
}
