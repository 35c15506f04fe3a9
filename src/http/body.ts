import type { Request } from 'express';
import type { IssueCode } from '../outcome/catalogue.ts';
import type { BodyLedger } from './body-ledger.ts';
import { refusalReply } from './door.ts';
import { closing, issueReply, ndjson, type Reply } from './reply.ts';

/** The kinds of body that we read. */
export type BodyKind = 'json' | 'ndjson';

export type BodyRead =
  | { readonly ok: true; readonly text: string; readonly done: () => void }
  | { readonly ok: false; readonly reply: Reply };

/** Far above any course, and a bound for what one course can make us hold, in bytes. */
export const longestBody = 16 * 1024 * 1024;

/** A body of which nothing more came for so long is given up. */
export const idleMs = 120_000;

/**
 * Which kind of body a request has, by its media type; undefined for one that we do not read. Compressed bodies are
 * refused, since a small one can unpack to any size. `more`: further types of JSON.
 */
export function kindOfBody(request: Request, more: readonly string[] = []): BodyKind | undefined {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return undefined;
  const contentType = request.headers['content-type'] ?? '';
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return undefined;
  // RFC 7396: what a PATCH with merge semantics is called.
  if (type === 'application/json' || type === 'application/merge-patch+json' || more.includes(type)) return 'json';
  return type === ndjson ? 'ndjson' : undefined;
}

/**
 * Reads a body of JSON as text, so that every number keeps its digits: a JSON parser of Express would round them. Its
 * bytes are in the ledger until `done` is called.
 */
export async function readBody(request: Request, ledger: BodyLedger, more: readonly string[] = []): Promise<BodyRead> {
  if (kindOfBody(request, more) !== 'json') return refused(request, issueReply('unsupported-media-type'));
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > longestBody) return refused(request, tooLarge(longestBody));
  if (ledger.isOver(Math.max(1, announced))) return refused(request, refusalReply('busy'));
  let taken = announced;
  ledger.take(announced);
  const done = (): void => {
    ledger.free(taken);
    taken = 0;
  };
  try {
    const hasRoom = (length: number): boolean => {
      if (length <= taken) return true;
      if (ledger.isOver(length - taken)) return false;
      ledger.take(length - taken);
      taken = length;
      return true;
    };
    const read = await textOf(request, { longest: longestBody, malformed: 'malformed-json', hasRoom });
    if (!read.ok) done();
    return read.ok ? { ...read, done } : read;
  } catch (error) {
    done();
    throw error;
  }
}

export type TextRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reply: Reply };

interface TextBounds {
  /** Bytes. */
  readonly longest: number;
  /** What a body that is no UTF-8 is called. */
  readonly malformed: IssueCode;
  readonly hasRoom?: (length: number) => boolean;
}

/** The text of a body that is UTF-8, is not too long, and does not stop coming. */
export async function textOf(
  request: Request,
  { longest, malformed, hasRoom = () => true }: TextBounds,
): Promise<TextRead> {
  const chunks: Buffer[] = [];
  let length = 0;
  request.setTimeout(idleMs);
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return refused(request, tooLarge(longest));
    if (!hasRoom(length)) return refused(request, refusalReply('busy'));
    chunks.push(chunk);
  }
  request.setTimeout(0);
  try {
    return { ok: true, text: utf8(Buffer.concat(chunks)) };
  } catch {
    return { ok: false, reply: issueReply(malformed) };
  }
}

/** Throws for bytes that are no UTF-8. */
export const utf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

const tooLarge = (longest: number): Reply => issueReply('body-too-large', { 'longest bytes': longest });

/** What was not read is thrown away. */
function refused(request: Request, reply: Reply): { readonly ok: false; readonly reply: Reply } {
  request.resume();
  return { ok: false, reply: closing(reply) };
}
