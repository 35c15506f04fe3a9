import type { Bundle } from '@medplum/fhirtypes';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { placeIn } from './place.ts';
import type { ServerFault } from './ports.ts';
import { faultsIn } from './server-faults.ts';

/**
 * What became of one entry of a transaction. A transaction that is answered 200 can hold every one of these: Medplum,
 * without a project setting, persists part of it and says so entry by entry only.
 */
export type EntryAnswer =
  | { readonly kind: 'written'; readonly status: number; readonly id?: string; readonly version?: string }
  | { readonly kind: 'refused'; readonly status: number; readonly faults: readonly ServerFault[] }
  | { readonly kind: 'not-now'; readonly status: number }
  | { readonly kind: 'unknown' };

/** The answers to a transaction's entries, in their order: `count` of them, whatever the server sent. */
export function entryAnswers(response: Bundle, count: number): EntryAnswer[] {
  const { entry } = response as unknown as JsonObject;
  const entries = Array.isArray(entry) ? (entry as readonly Json[]) : [];
  // An answer of another length cannot be told apart entry by entry.
  if (entries.length !== count) return Array.from({ length: count }, () => ({ kind: 'unknown' }));
  return entries.map((one) => (isJsonObject(one) ? answerOf(one) : { kind: 'unknown' }));
}

function answerOf({ response, resource }: JsonObject): EntryAnswer {
  if (!isJsonObject(response)) return { kind: 'unknown' };
  // "201 Created" on HAPI and Helios, "201" on Medplum.
  const status = Number(/^\d{3}/.exec(textIn(response, 'status') ?? '')?.[0]);
  if (status >= 200 && status < 300) return { kind: 'written', status, ...placeIn(response, resource) };
  if (status === 408 || status === 425 || status === 429 || status === 503) return { kind: 'not-now', status };
  if (status >= 300 && status < 500) return { kind: 'refused', status, faults: faultsIn(response['outcome']) };
  return { kind: 'unknown' };
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}
