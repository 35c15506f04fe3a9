import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { httpApp } from '../../src/http/app.ts';
import { embeddedServer } from '../../src/http/embedded-server.ts';
import { memoryShelf } from '../../src/http/shelf.ts';

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

/** The service, writing to a target; faults of its own are collected. */
export async function service(target: string, patients: PatientPolicy = 'create'): Promise<Client> {
  const faults: unknown[] = [];
  const app = httpApp(
    {
      server: fhirServer({
        base: target,
        authentication: { kind: 'none' },
        timeoutMs: 2_000,
        wait: async () => undefined,
      }),
      definitions: shippedDefinitions,
      patients,
      shelf: memoryShelf(),
    },
    { loopbackOnly: true, newFaultId: () => 'fault-1', reportFault: (_id, error) => faults.push(error) },
  );
  return client(await listen(app), faults);
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

interface Issue {
  readonly severity: string;
  readonly details: { readonly coding?: readonly { readonly code: string }[] };
  readonly expression?: readonly string[];
}
