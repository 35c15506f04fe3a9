import { once } from 'node:events';
import type { Response } from 'express';
import type { Reply } from './reply.ts';

/**
 * Results that nobody reads yet are kept, in bytes, so that a sender may send a while before it reads; beyond them it is
 * waited for.
 */
const unreadAtMost = 4 * 1024 * 1024;

/** Sends a reply; resolves when it is sent, or when nobody is there any more to read it. */
export async function sendReply(response: Response, { status, type, body, headers = {} }: Reply): Promise<void> {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return void response.end();
  response.setHeader('Content-Type', type ?? 'application/json');
  if (response.req.method === 'HEAD') return void response.end();
  if (typeof body === 'string') return void response.end(body);
  for await (const piece of body) {
    if (response.destroyed) return;
    response.write(piece);
    if (response.writableLength > unreadAtMost) await roomIn(response);
  }
  // Where the sender was not waited for, what it goes on sending would be taken for its next request.
  response.end(() => {
    if (!response.req.complete) response.req.destroy();
  });
}

async function roomIn(response: Response): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  if (response.destroyed) leave();
  await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  response.off('close', leave);
}
