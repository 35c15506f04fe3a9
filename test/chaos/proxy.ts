import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomOf, type Random } from '../../src/synthetic/random.ts';
import { Deck, faultKinds, faults, losesAnswer, type FaultKind } from './faults.ts';
import { withoutSomeLeaves, type Thinned } from './leaf-entries.ts';
import { hangUp, playAnswer, playGarbled, playTruncated, relay, type Answer } from './play.ts';
import { Traffic, type RequestClass } from './traffic.ts';

export interface ProxySettings {
  /** The FHIR base of the server behind it. */
  readonly base: string;
  /** Chance from 0 to 1 that a request is hit. */
  readonly rates: Readonly<Record<RequestClass, number>>;
  readonly seed: string;
  readonly accessLog: string;
  /** Where its port is to be; any free one where it is not said. */
  readonly port?: number;
}

export interface Proxy {
  /** The FHIR base as the client sees it. */
  readonly base: string;
  readonly traffic: Traffic;
  /** From now on, or no longer. */
  faults(on: boolean): void;
  /** How many requests followed a redirect to where they have no business. */
  strays(): number;
  stop(): Promise<void>;
}

/** Stands between a client and a FHIR server, and hits some of the requests with faults that pass. */
export async function startProxy(settings: ProxySettings): Promise<Proxy> {
  const stray = { count: 0 };
  const elsewhere = createServer((_request, response) => {
    stray.count += 1;
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>elsewhere</html>');
  });
  const strayOrigin = `http://127.0.0.1:${await listen(elsewhere, 0)}`;
  const middle = new Middle(settings, strayOrigin);
  const server = createServer((incoming, response) => void middle.handle(incoming, response));
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, settings.port ?? 0);
  return {
    base: `http://127.0.0.1:${port}${new URL(settings.base).pathname.replace(/\/$/, '')}`,
    traffic: middle.traffic,
    faults: (on) => (middle.playing = on),
    strays: () => stray.count,
    stop: async () => {
      for (const one of [server, elsewhere]) one.closeAllConnections();
      await Promise.all([server, elsewhere].map((one) => new Promise((resolve) => one.close(resolve))));
      middle.agent.destroy();
      await middle.traffic.close();
    },
  };
}

class Middle {
  playing = true;
  readonly traffic: Traffic;
  readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #settings: ProxySettings;
  readonly #origin: URL;
  readonly #elsewhere: string;
  readonly #random: Random;
  readonly #decks: Readonly<Record<RequestClass, Deck>>;

  constructor(settings: ProxySettings, elsewhere: string) {
    this.#settings = settings;
    this.#origin = new URL(settings.base);
    this.#elsewhere = elsewhere;
    this.#random = randomOf(settings.seed);
    this.#decks = {
      writes: new Deck(faultKinds, this.#random.branch('writes')),
      reads: new Deck(
        faultKinds.filter((kind) => faults[kind].play !== 'inside'),
        this.#random.branch('reads'),
      ),
    };
    this.traffic = new Traffic(settings.accessLog);
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const begun = performance.now();
    const body = await bodyOf(incoming);
    // The client went away before it had said all: nothing was asked for.
    if (body === undefined) return;
    const kind = classOf(incoming, body, this.#origin.pathname);
    this.traffic.arrived(kind, body);
    const { method = '', url = '' } = incoming;
    const { fault, thinned } = this.#draw(kind, body);
    const { answer, seen } = await this.#play(fault, thinned, incoming, body, response);
    this.traffic.ended(kind);
    const told = response.writableFinished && (fault === undefined || !losesAnswer(faults[fault]));
    const asked = fault === undefined || faults[fault].reach !== 'nothing';
    // A server that was ended before it answered may have done it.
    if (kind === 'writes' && asked && (answer === undefined || answer.status < 300)) {
      const done = thinned?.body ?? body;
      if (told && answer !== undefined) this.traffic.answerTold(done);
      else this.traffic.answerLost(done);
    }
    // A fault that nobody was there to see is none.
    if (fault !== undefined && seen) this.traffic.hit(kind, fault);
    const status = answer === undefined ? '-' : answer.status;
    this.traffic.log(method, url, status, fault ?? 'as it is', `${Math.round(performance.now() - begun)}ms`);
  }

  #draw(kind: RequestClass, body: string): { fault: FaultKind | undefined; thinned: Thinned | undefined } {
    if (!this.playing || !this.#random.chance(this.#settings.rates[kind]))
      return { fault: undefined, thinned: undefined };
    let thinned: Thinned | undefined;
    const fault = this.#decks[kind].deal((card) => {
      if (faults[card].play !== 'inside') return true;
      thinned ??= withoutSomeLeaves(body, this.#random);
      return thinned !== undefined;
    });
    return { fault, thinned: fault !== undefined && faults[fault].play === 'inside' ? thinned : undefined };
  }

  /** Answers the client. What the server said, where it was asked, and whether the client was still there. */
  async #play(
    kind: FaultKind | undefined,
    thinned: Thinned | undefined,
    incoming: IncomingMessage,
    body: string,
    response: ServerResponse,
  ): Promise<{ readonly answer?: Answer | undefined; readonly seen: boolean }> {
    const fault = kind === undefined ? undefined : faults[kind];
    if (fault?.reach === 'nothing') {
      // A fault takes its time too, and a write is in flight while it does.
      await pause(this.#random.integer(0, 60));
      const seen = !response.closed;
      if (fault.play === 'reset') hangUp(response);
      else await playAnswer(response, fault, this.#elsewhere);
      return { seen };
    }
    const answer = await this.#ask(incoming, thinned?.body ?? body);
    const seen = !response.closed;
    if (answer === undefined) {
      hangUp(response);
      return { seen };
    }
    switch (fault?.play) {
      case undefined:
        await relay(response, answer);
        break;
      case 'delay':
        await pause(this.#random.integer(100, 1500));
        await relay(response, answer);
        break;
      case 'reset':
        hangUp(response);
        break;
      case 'truncate':
        await playTruncated(response, answer, this.#random);
        break;
      case 'garble':
        await playGarbled(response, answer, this.#random);
        break;
      case 'answer':
        await playAnswer(response, fault, this.#elsewhere);
        break;
      case 'inside':
        await relay(response, { ...answer, body: thinned?.answer(answer.body, fault.status) ?? answer.body });
        break;
    }
    return { answer, seen };
  }

  /** What the server says; undefined where it is not there, or hangs up. */
  #ask({ method, url, headers }: IncomingMessage, body: string): Promise<Answer | undefined> {
    const { hostname, port } = this.#origin;
    return new Promise((resolve) => {
      const outgoing = request({
        hostname,
        port,
        method,
        path: url,
        headers: onward(headers, body),
        agent: this.agent,
      });
      outgoing.once('error', () => resolve(undefined));
      outgoing.once('response', (answer) => {
        void bodyOf(answer).then((text) =>
          resolve(
            text === undefined ? undefined : { status: answer.statusCode ?? 0, headers: answer.headers, body: text },
          ),
        );
      });
      outgoing.end(body);
    });
  }
}

/** Compression is left out, so that an answer can be changed; the rest is the client's. */
function onward(headers: IncomingHttpHeaders, body: string): IncomingHttpHeaders {
  const { 'accept-encoding': _encoding, 'transfer-encoding': _transfer, connection: _connection, ...rest } = headers;
  const length = Buffer.byteLength(body);
  return length > 0 ? { ...rest, 'content-length': String(length) } : rest;
}

/** Searches by POST are reads, and so is a Bundle that only asks. */
function classOf({ method = '', url = '' }: IncomingMessage, body: string, basePath: string): RequestClass {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'reads';
  if (/\/_search(\?|$)/.test(url)) return 'reads';
  const toBase = (url.split('?')[0] ?? '').replace(/\/$/, '') === basePath.replace(/\/$/, '');
  return method === 'POST' && toBase && !/"method"\s*:\s*"(PUT|POST|PATCH|DELETE)"/.test(body) ? 'reads' : 'writes';
}

/** The whole of a message; undefined where it breaks off. */
async function bodyOf(message: IncomingMessage): Promise<string | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
