import type { Request } from 'express';
import { issueReply, ndjson, type Reply } from './reply.ts';

/** The kinds of body that we read. */
export type BodyKind = 'json' | 'ndjson';

export type BodyRead =
  { readonly ok: true; readonly kind: BodyKind; readonly text: string } | { readonly ok: false; readonly reply: Reply };

/** Far above any course, and a bound for what one request can make us hold. */
export const longestBody = 16 * 1024 * 1024;

/**
 * Reads a body as text, so that every number keeps its digits: a JSON parser of Express would round them. Compressed
 * bodies are refused, since a small one can unpack to any size.
 */
export async function readBody(request: Request, kinds: readonly BodyKind[]): Promise<BodyRead> {
  const kind = kindOf(request.headers['content-type']);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (kind === undefined || !kinds.includes(kind) || encoding.toLowerCase() !== 'identity') {
    return refused(request, issueReply('unsupported-media-type'));
  }
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return refused(request, tooLarge());
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) return refused(request, tooLarge());
    chunks.push(chunk);
  }
  try {
    return { ok: true, kind, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch {
    return { ok: false, reply: issueReply('malformed-json') };
  }
}

const tooLarge = (): Reply => issueReply('body-too-large', { 'longest bytes': longestBody });

/** What was not read is thrown away, and the connection with it: its rest would be taken for the next request. */
function refused(request: Request, reply: Reply): BodyRead {
  request.resume();
  return { ok: false, reply: { ...reply, headers: { ...reply.headers, Connection: 'close' } } };
}

function kindOf(contentType: string | undefined): BodyKind | undefined {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return undefined;
  if (type === 'application/json') return 'json';
  return type === ndjson ? 'ndjson' : undefined;
}
