import type { Request } from 'express';
import type { z } from 'zod';
import { readText } from '../course/read-text.ts';
import { readBody } from './body.ts';
import { issueReply, issuesReply, type Reply } from './reply.ts';
import type { Service } from './service.ts';

export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply };

/** Reads a body that asks for something, in a shape of ours. `absent` is what no body at all stands for. */
export async function askedFor<T>(
  request: Request,
  { door }: Service,
  shape: z.ZodType<T>,
  absent?: T,
): Promise<Asked<T>> {
  if (absent !== undefined && !hasBody(request)) return { ok: true, value: absent };
  const body = await readBody(request, door.bodies);
  if (!body.ok) return body;
  body.done();
  const json = readText(body.text);
  if (json.value === undefined) return { ok: false, reply: issuesReply(json.issues) };
  const asked = shape.safeParse(json.value);
  if (!asked.success) return { ok: false, reply: { ...issueReply('bad-request'), status: 422 } };
  return { ok: true, value: asked.data };
}

// RFC 9112, 6: a request has a body where one of these two says so.
const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
