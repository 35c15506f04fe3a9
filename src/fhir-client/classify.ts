import { faultsIn } from '../exchange/server-faults.ts';
import { placeIn } from '../exchange/place.ts';
import type { Answer, Failure, Place } from '../exchange/ports.ts';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../json/json.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { Sent } from './send.ts';

/** Statuses with which a server says that it did nothing, and that another time it might. */
const notNow = new Set([408, 425, 429, 503]);

/**
 * What an answer means. `changes`: whether the request could have changed something. Then every way of not knowing is
 * `unknown`: 500 says that something broke, not when; 502 and 504 are a gateway's, and what stands behind it may have
 * gone on. All of these are looked up by identifier afterwards, which costs little. For a read none of it matters.
 */
export function answerOf(sent: Sent, changes: boolean, now: number): Answer<JsonObject> {
  return answerIn(sent, changes, now, () => undefined);
}

/** What an answer to a write of one resource means. It may have no body: where it was written stands in the headers. */
export function placeOf(sent: Sent, now: number): Answer<Place> {
  const answer = answerIn(sent, true, now, () => ({}));
  if (answer.kind !== 'accepted' || sent.kind !== 'answered') return answer;
  const { location, etag } = sent.headers;
  return {
    ...answer,
    body: placeIn({ ...(location !== undefined && { location }), ...(etag !== undefined && { etag }) }, answer.body),
  };
}

function answerIn(
  sent: Sent,
  changes: boolean,
  now: number,
  withoutBody: () => JsonObject | undefined,
): Answer<JsonObject> {
  if (sent.kind === 'not-connected') return { kind: 'unavailable' };
  if (sent.kind === 'lost') return changes ? { kind: 'unknown' } : { kind: 'unavailable' };
  const { status, headers } = sent;
  const seconds = retryAfterSeconds(headers, now);
  const wait = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  if (notNow.has(status)) return { kind: 'unavailable', status, ...wait };
  if (status >= 500 && status !== 501 && status !== 505) {
    return changes ? { kind: 'unknown', status } : { kind: 'unavailable', status, ...wait };
  }
  const body = bodyOf(sent.text, changes) ?? (sent.text === '' ? withoutBody() : undefined);
  if (status < 200 || status > 299) return refusal(status, body);
  if (body !== undefined) return { kind: 'accepted', status, body, ...wait };
  // Something else than FHIR said yes to a write: it may stand before a server that did it.
  return changes ? { kind: 'unknown', status } : notFhir(status);
}

/** The server is no FHIR server, or does not behave as one. */
export function notFhir(status: number): Failure {
  return { kind: 'refused', status, reason: 'not-fhir', faults: [] };
}

function refusal(status: number, body: JsonObject | undefined): Failure {
  const reason = status === 401 || status === 403 ? 'not-authorised' : 'status';
  return { kind: 'refused', status, reason, faults: faultsIn(body) };
}

/** The body where it is FHIR. The answer to a write holds no number of ours, so that digits of its own need no care. */
function bodyOf(text: string, isOfWrite: boolean): JsonObject | undefined {
  const value = isOfWrite ? plainly(text) : digitsKept(text);
  return isJsonObject(value) && typeof value['resourceType'] === 'string' ? value : undefined;
}

function digitsKept(text: string): Json | undefined {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : undefined;
}

function plainly(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
