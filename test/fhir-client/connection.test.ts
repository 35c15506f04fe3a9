import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback that does as it is told, which nothing but a real connection shows. */
async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const client = (base: string, timeoutMs = 2_000): FhirServer =>
  fhirServer({ base, authentication: { kind: 'none' }, timeoutMs, connectTimeoutMs: 500 });

const patient = '{"resourceType":"Patient","id":"1"}';
const empty = Buffer.from('{"resourceType":"Bundle","type":"transaction"}');

describe('a server that is not there', () => {
  test('a port where nobody listens', async () => {
    const base = await listening(() => {});
    servers[0]?.close();
    await new Promise((resolve) => servers[0]?.once('close', resolve));
    expect(await client(base).transaction(empty)).toEqual({ kind: 'unavailable' });
    expect(await client(base).read('Patient', '1')).toEqual({ kind: 'unavailable' });
  });

  test('a name that nobody has', async () => {
    expect(await client('http://nobody.invalid').transaction(empty)).toEqual({ kind: 'unavailable' });
  });

  test('a server that speaks no TLS', async () => {
    const base = await listening((_request, response) => response.end(patient));
    expect(await client(base.replace('http:', 'https:')).transaction(empty)).toEqual({ kind: 'unavailable' });
  });
});

describe('an answer that does not come', () => {
  test.each([
    ['the connection is reset', (_: IncomingMessage, response: ServerResponse) => response.socket?.resetAndDestroy()],
    ['the time is over', () => {}],
    [
      'the body breaks off',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{', () => response.socket?.destroy());
      },
    ],
    [
      'the body trickles for ever',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.once('close', () => clearInterval(timer));
      },
    ],
  ])('%s', async (_name, answer) => {
    const base = await listening(answer);
    expect(await client(base, 300).transaction(empty)).toEqual({ kind: 'unknown' });
    expect(await client(base, 300).read('Patient', '1')).toEqual({ kind: 'unavailable' });
  });
});

describe('connections', () => {
  test('are used again as long as they are young: a server gives up an old one when it likes', async () => {
    const connections: unknown[] = [];
    const base = await listening((request, response) => {
      connections.push(request.socket.remotePort);
      response.end(request.method === 'POST' ? '{"resourceType":"Bundle","type":"transaction-response"}' : patient);
    });
    const server = client(base);
    await server.read('Patient', '1');
    expect((await server.transaction(empty)).kind).toBe('accepted');
    await sleep(1_500);
    expect((await server.transaction(empty)).kind).toBe('accepted');
    const [read, write, later] = connections;
    expect(write).toBe(read);
    expect(later).not.toBe(read);
  });

  test('a write on one that the server has just given up has an unknown outcome', async () => {
    let asked = 0;
    const base = await listening((_request, response) => {
      asked += 1;
      if (asked === 2) response.socket?.resetAndDestroy();
      else response.end(patient);
    });
    const server = client(base);
    await server.read('Patient', '1');
    expect(await server.transaction(empty)).toEqual({ kind: 'unknown' });
    expect(asked).toBe(2);
  });

  test('a read on a connection that the server has just given up is asked again', async () => {
    let asked = 0;
    const base = await listening((_request, response) => {
      asked += 1;
      if (asked === 2) response.socket?.resetAndDestroy();
      else response.end(patient);
    });
    const server = client(base);
    await server.read('Patient', '1');
    expect((await server.read('Patient', '1')).kind).toBe('accepted');
    expect(asked).toBe(3);
  });
});

test('digits go out as they are', async () => {
  let sent = '';
  const base = await listening((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => (sent += text));
    request.on('end', () => response.end('{"resourceType":"Bundle","type":"transaction-response"}'));
  });
  await client(base).transaction(Buffer.from('{"resourceType":"Bundle","note":"blåbær","value":0.50}'));
  expect(sent).toContain('"note":"blåbær","value":0.50');
});
