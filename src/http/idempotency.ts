import { hash } from 'node:crypto';
import type { Request } from 'express';
import type { KeptAnswer, Store, StoreTransaction } from '../exchange/store.ts';
import { issueReply, type Reply } from './reply.ts';

/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a request that is sent again under its key gets the
 * answer that the first one got, and nothing is done twice. The key itself is not kept, only its hash.
 */

/** Answers are given again for so long, in ms. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** Keys whose first request is being answered in this process. */
export class KeysInUse {
  readonly #keys = new Set<string>();

  /** Runs the work unless another does under this key. */
  async whileFree<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
    if (this.#keys.has(key)) return undefined;
    this.#keys.add(key);
    try {
      return await work();
    } finally {
      this.#keys.delete(key);
    }
  }
}

/** Keeps the answer in the transaction of what it tells. */
export type KeepAnswer = (tx: StoreTransaction, reply: Reply) => Promise<void>;

interface World {
  readonly store: Store;
  readonly keysInUse: KeysInUse;
  readonly now: () => number;
}

/** Answers a request, or gives the answer that it got before under its key. */
export async function answeredOnce(
  request: Request,
  body: string,
  world: World,
  answer: (keep?: KeepAnswer) => Promise<Reply>,
): Promise<Reply> {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return answer();
  const key = keyIn(String(header));
  if (key === undefined) return issueReply('idempotency-key-invalid');
  const keyHash = hash('sha256', key);
  const reply = await world.keysInUse.whileFree(keyHash, () =>
    once(keyHash, fingerprint(request, body), world, answer),
  );
  return reply ?? { ...issueReply('idempotency-key-in-use'), headers: { 'Retry-After': '1' } };
}

/** Another process answered under the key between our look and our transaction, which then keeps nothing. */
class AnsweredMeanwhile extends Error {}

async function once(
  keyHash: string,
  requestHash: string,
  { store, now }: World,
  answer: (keep: KeepAnswer) => Promise<Reply>,
): Promise<Reply> {
  const kept = (tx: StoreTransaction): Promise<KeptAnswer | undefined> => freshAnswer(tx, keyHash, now());
  const before = await store.transaction(kept);
  if (before !== undefined) return given(before, requestHash);
  try {
    return await answer(async (tx, reply) => {
      await tx.forgetAnswers(now() - keptMs);
      if ((await kept(tx)) !== undefined) throw new AnsweredMeanwhile();
      await tx.keepAnswer({ keyHash, requestHash, ...answerOf(reply), at: now() });
    });
  } catch (error) {
    const meanwhile = error instanceof AnsweredMeanwhile ? await store.transaction(kept) : undefined;
    if (meanwhile === undefined) throw error;
    return given(meanwhile, requestHash);
  }
}

async function freshAnswer(tx: StoreTransaction, keyHash: string, now: number): Promise<KeptAnswer | undefined> {
  const answer = await tx.answer(keyHash);
  return answer !== undefined && now - answer.at <= keptMs ? answer : undefined;
}

function given({ requestHash, status, headers, body }: KeptAnswer, asked: string): Reply {
  if (requestHash !== asked) return issueReply('idempotency-key-reused');
  const { 'Content-Type': type, ...others } = headers;
  return { status, ...(type !== undefined && { type }), body, headers: { ...others, 'Idempotency-Replayed': 'true' } };
}

function answerOf({ status, type, headers, body }: Reply): Pick<KeptAnswer, 'status' | 'headers' | 'body'> {
  return {
    status,
    headers: { ...headers, ...(type !== undefined && { 'Content-Type': type }) },
    body: typeof body === 'string' ? body : '',
  };
}

/** The same request: method, address and body. What else is in the headers changes nothing of what is done. */
const fingerprint = ({ method, path }: Request, body: string): string =>
  hash('sha256', `${method}\n${path.toLowerCase()}\n${body}`);

/**
 * The key as a structured field string (RFC 8941: `"…"`), or bare, as many clients send it. Undefined where it is empty,
 * longer than 255 characters, or not printable ASCII.
 */
function keyIn(header: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(header);
  if (quoted === null && header.startsWith('"')) return undefined;
  const key = quoted === null ? header : (quoted[1] ?? '').replace(/\\(["\\])/g, '$1');
  return /^[\x20-\x7e]{1,255}$/.test(key) ? key : undefined;
}
