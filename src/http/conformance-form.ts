import type { Request } from 'express';
import { textOf } from './body.ts';
import { issueReply, type Reply } from './reply.ts';

/** Longer than any search for conformance resources, in bytes. */
const longestForm = 64 * 1024;

export type FormRead =
  { readonly ok: true; readonly parameters: URLSearchParams } | { readonly ok: false; readonly reply: Reply };

/** Reads the body of a search by POST; none at all asks for nothing (https://hl7.org/fhir/R4/http.html#search). */
export async function readForm(request: Request): Promise<FormRead> {
  const read = await textOf(request, { longest: longestForm, malformed: 'bad-request' });
  if (!read.ok) return read;
  const isForm = /^application\/x-www-form-urlencoded(?:\s*;.*)?$/i.test(request.headers['content-type'] ?? '');
  const isPlain = (request.headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';
  if (read.text !== '' && !(isForm && isPlain)) return { ok: false, reply: issueReply('unsupported-media-type') };
  return { ok: true, parameters: new URLSearchParams(read.text) };
}
