import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Random } from '../../src/synthetic/random.ts';
import type { Fault } from './faults.ts';
import { refusedOutcome } from './leaf-entries.ts';

/** What the server said. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Hands the server's answer on. */
export function relay(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  return sent(response, status, plain(headers), body);
}

/** Resets the connection, so that the client sees no end of it. */
export function hangUp(response: ServerResponse): void {
  const { socket } = response;
  if (socket === null) return;
  // Only TCP can be reset; what is no longer there need not be.
  if (typeof socket.resetAndDestroy === 'function' && !socket.destroyed) socket.resetAndDestroy();
  else socket.destroy();
}

/** Part of the answer: with the connection cut, or whole as HTTP goes and broken as JSON. */
export async function playTruncated(response: ServerResponse, answer: Answer, random: Random): Promise<void> {
  const bytes = Buffer.from(answer.body);
  const part = bytes.subarray(0, Math.floor(bytes.length * random.between(0, 0.95)));
  if (random.chance(0.5)) return sent(response, answer.status, plain(answer.headers), part);
  response.writeHead(answer.status, { ...plain(answer.headers), 'content-length': String(bytes.length + 1) });
  await new Promise<void>((resolve) => response.write(part.length > 0 ? part : ' ', () => resolve()));
  hangUp(response);
}

/** An answer whose body no reader of JSON takes, or that is JSON and says nothing. */
export async function playGarbled(response: ServerResponse, answer: Answer, random: Random): Promise<void> {
  const body = random.weighted<() => string>([
    [3, () => scrambled(answer.body, random)],
    [1, () => '{}'],
    [1, () => 'null'],
    [1, () => ''],
  ])();
  await sent(response, answer.status, plain(answer.headers), body);
}

function scrambled(text: string, random: Random): string {
  const at = Math.floor(text.length * random.between(0, 0.9));
  // A control character is not JSON wherever it stands.
  return `${text.slice(0, at)}\u0000\uFFFD}{${text.slice(at + random.integer(4, 40))}`;
}

/** An answer that is not the server's. */
export async function playAnswer(
  response: ServerResponse,
  { status, headers, body }: Extract<Fault, { play: 'answer' }>,
  elsewhere: string,
): Promise<void> {
  const moved = status >= 300 && status < 400 ? { Location: `${elsewhere}/log-in` } : {};
  const contents = {
    outcome: ['application/fhir+json', JSON.stringify(refusedOutcome)],
    html: ['text/html; charset=utf-8', `<!doctype html><title>${status}</title><p>Please try again later.</p>`],
    none: ['text/plain', ''],
  } as const;
  const [type, text] = contents[body];
  await sent(response, status, { ...headers, ...moved, 'content-type': type }, text);
}

/** Resolves when all is written, or the client is gone. */
function sent(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): Promise<void> {
  return new Promise((resolve) => {
    // Whoever is gone does not close again.
    if (response.closed) return resolve();
    response.once('close', resolve);
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    response.end(status === 204 || status === 304 ? undefined : body, resolve);
  });
}

/** Headers of one hop are not handed on; a length is said anew. */
function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const own = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      own.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
