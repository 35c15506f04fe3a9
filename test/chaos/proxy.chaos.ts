import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { randomOf } from '../../src/synthetic/random.ts';
import { Deck, faultKinds, faults, type FaultKind } from './faults.ts';
import { withoutSomeLeaves } from './leaf-entries.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { faultsOf, identifierKey } from './traffic.ts';

const bundle = JSON.stringify({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: Array.from({ length: 6 }, (_, number) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${number}`,
    resource: {
      resourceType: 'Observation',
      identifier: [{ system: 's', value: String(number) }],
      ...(number > 0 && { hasMember: [{ reference: `urn:uuid:00000000-0000-4000-8000-00000000000${number - 1}` }] }),
    },
    request: { method: 'PUT', url: `Observation/00000000-0000-4000-8000-00000000000${number}` },
  })),
});

describe('between a client and a server', () => {
  let folder: string;
  let proxy: Proxy;
  /** What reached the server. */
  let bodies: string[];
  /** How long the server takes, in milliseconds. */
  let answerAfter = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      const entries = (JSON.parse(body === '' ? '{}' : body) as { entry?: unknown[] }).entry ?? [];
      const answer = { resourceType: 'Bundle', entry: entries.map(() => ({ response: { status: '200' } })) };
      const send = (): unknown =>
        response.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(answer));
      if (answerAfter > 0) setTimeout(send, answerAfter);
      else send();
    });
  });

  beforeEach(async () => {
    bodies = [];
    folder = mkdtempSync(join(tmpdir(), 'coursebridge-chaos-'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    proxy = await startProxy({
      base: `http://127.0.0.1:${port}/fhir`,
      rates: { writes: 1, reads: 0 },
      seed: 'a',
      accessLog: join(folder, 'log'),
    });
  });
  afterEach(async () => {
    await proxy.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  interface Seen {
    readonly status: number | 'reset';
    readonly text: string;
    readonly reached: string | undefined;
  }

  async function write(): Promise<Seen> {
    bodies = [];
    try {
      const response = await fetch(proxy.base, { method: 'POST', body: bundle, redirect: 'manual' });
      return { status: response.status, text: await response.text(), reached: bodies[0] };
    } catch {
      return { status: 'reset', text: '', reached: bodies[0] };
    }
  }

  /** What a client sees of each kind: every kind comes once in a round. */
  async function round(): Promise<Map<FaultKind, Seen>> {
    const seen = new Map<FaultKind, Seen>();
    for (const _ of faultKinds) {
      const before = new Map(proxy.traffic.hits.writes);
      const outcome = await write();
      const kind = faultKinds.find((one) => proxy.traffic.hits.writes.get(one) !== before.get(one));
      if (kind !== undefined) seen.set(kind, outcome);
    }
    return seen;
  }

  test('each fault is what it says, and reaches the server as far as it says', async () => {
    const seen = await round();
    expect(seen.size).toBe(faultKinds.length);
    for (const [kind, { status, text, reached }] of seen) {
      const fault = faults[kind];
      if (fault.reach === 'nothing') expect(reached, kind).toBeUndefined();
      if (fault.reach === 'all') expect(reached, kind).toBe(bundle);
      if (fault.play === 'answer') expect(status, kind).toBe(fault.status);
      if (fault.play === 'reset') expect(status, kind).toBe('reset');
      if (fault.play === 'delay') expect(JSON.parse(text)).toHaveProperty('entry.length', 6);
      if (fault.play === 'truncate' || fault.play === 'garble') expect(isWhole(text), kind).toBe(false);
      if (fault.play === 'inside') {
        const statuses = (JSON.parse(text) as { entry: { response: { status: string } }[] }).entry.map(
          ({ response }) => response.status,
        );
        expect(statuses, kind).toHaveLength(6);
        const refused = statuses.filter((one) => one === String(fault.status)).length;
        expect(refused, kind).toBeGreaterThan(0);
        expect(
          statuses.filter((one) => one === '200'),
          kind,
        ).toHaveLength(6 - refused);
        expect((JSON.parse(reached ?? '{}') as { entry: unknown[] }).entry, kind).toHaveLength(6 - refused);
      }
    }
    expect(readFileSync(join(folder, 'log'), 'utf8').split('\n')).toHaveLength(faultKinds.length + 1);
  });

  test('every kind hits equally often, and none when faults are off', async () => {
    for (let number = 0; number < 3; number += 1) await round();
    expect([...proxy.traffic.hits.writes.values()]).toEqual(faultKinds.map(() => 3));
    proxy.faults(false);
    for (const _ of faultKinds) expect((await write()).status).toBe(200);
    expect(faultsOf(proxy.traffic.hits.writes)).toBe(3 * faultKinds.length);
  });

  test('a lost answer is known by the identifiers of what was written, and what is sent after it is counted', async () => {
    let lost = 0;
    while (lost === 0) {
      await write();
      lost = proxy.traffic.lostAnswers.get(identifierKey('s', '0')) ?? 0;
    }
    expect(proxy.traffic.sentAgain.size).toBe(0);
    await write();
    expect(proxy.traffic.sentAgain.get(identifierKey('s', '0'))).toBe(1);
  });

  test('a client that goes away is answered no more, and its answer is lost', async () => {
    proxy.faults(false);
    answerAfter = 200;
    const gone = new AbortController();
    const request = fetch(proxy.base, { method: 'POST', body: bundle, signal: gone.signal });
    await proxy.traffic.nextWrite();
    expect(proxy.traffic.writesInFlight).toBe(1);
    await sleep(50);
    gone.abort();
    await expect(request).rejects.toThrow();
    await sleep(400);
    expect(bodies).toEqual([bundle]);
    expect(proxy.traffic.writesInFlight).toBe(0);
    expect(proxy.traffic.lostAnswers.get(identifierKey('s', '0'))).toBe(1);
    // One that was killed may not have noted what it was told.
    answerAfter = 0;
    expect((await write()).status).toBe(200);
    expect(proxy.traffic.lostAnswers.get(identifierKey('s', '0'))).toBe(1);
    proxy.traffic.clientKilled();
    expect(proxy.traffic.lostAnswers.get(identifierKey('s', '0'))).toBe(2);
  });

  test('reads are no writes', async () => {
    await fetch(`${proxy.base}/Observation/_search`, { method: 'POST', body: '' });
    await fetch(proxy.base, {
      method: 'POST',
      body: '{"resourceType":"Bundle","entry":[{"request":{"method":"GET","url":"Observation"}}]}',
    });
    await fetch(`${proxy.base}/metadata`);
    expect(proxy.traffic.requests).toEqual({ writes: 0, reads: 3 });
    await fetch(`${proxy.base}/Observation/1`, { method: 'PUT', body: '{}' }).catch(() => undefined);
    expect(proxy.traffic.requests.writes).toBe(1);
  });
});

function isWhole(text: string): boolean {
  try {
    return (JSON.parse(text) as { readonly resourceType?: string } | null)?.resourceType === 'Bundle';
  } catch {
    return false;
  }
}

test('entries are left out of a Bundle from its leaves, and digits stay', () => {
  const text = bundle.replace('"identifier":[{"system":"s","value":"0"}]', '"valueQuantity":{"value":71.50}');
  const thinned = withoutSomeLeaves(text, randomOf('b'));
  // Each entry but the last is referred to by the next.
  expect(thinned?.body).not.toContain('"value":"5"');
  expect(thinned?.body).toContain('"value":"4"');
  expect(thinned?.body).toContain('71.50');
  expect(withoutSomeLeaves('{"resourceType":"Observation"}', randomOf('b'))).toBeUndefined();
});

test('a kind that does not fit waits for a request that it fits', () => {
  const deck = new Deck(['408', '409'], randomOf('c'));
  const dealt = Array.from({ length: 6 }, () => deck.deal((kind) => kind === '408'));
  expect(dealt).toEqual(Array.from({ length: 6 }, () => '408'));
  expect(Array.from({ length: 6 }, () => deck.deal(() => true)).filter((kind) => kind === '409')).not.toHaveLength(0);
});
