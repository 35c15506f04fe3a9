import { isJsonObject, parseJson, writeJson, type Json, type JsonObject } from '../../src/json/json.ts';
import type { Ledger } from './front-ledger.ts';
import { refusalOf, storable, type Interaction, type Switches } from './front-rules.ts';

/** A Bundle on its way through the front: what passes, and how the answer is put together again. */
export interface Passing {
  readonly body: string;
  readonly writes: boolean;
  /** The whole answer, from what the server behind answered; what it did is noted in the ledger. */
  readonly answer: (text: string, ledger: Ledger) => string;
}

/** The Bundle as it passes, or the status of its refusal: a transaction is refused whole for any of its entries. */
export function passingOf(
  bundle: JsonObject,
  switches: Switches,
  exists: (reference: string) => boolean,
): Passing | number {
  const isTransaction = bundle['type'] === 'transaction';
  const whole = isTransaction ? switches.transaction : switches.batch;
  if (whole !== undefined) return whole;
  const entries = objectsIn(bundle['entry']);
  const statuses = entries.map((entry) => refusalOf(interactionIn(entry), switches, exists));
  const first = statuses.find((status) => status !== undefined);
  if (isTransaction && first !== undefined) return first;
  const passed = entries.filter((_, index) => statuses[index] === undefined);
  return {
    body: writeJson({ ...bundle, entry: passed.map((entry) => entryThrough(entry, switches)) }),
    writes: passed.some((entry) => interactionIn(entry).method !== 'GET'),
    answer: (text, ledger) => {
      const done = objectsIn(jsonIn(text)?.['entry']);
      noteEntries(ledger, passed, done);
      const entry = statuses.map((status) => (status === undefined ? (done.shift() ?? {}) : refusedEntry(status)));
      const type = isTransaction ? 'transaction-response' : 'batch-response';
      return writeJson({ resourceType: 'Bundle', type, entry });
    },
  };
}

export const interactionsIn = (bundle: JsonObject): readonly Interaction[] =>
  objectsIn(bundle['entry']).map(interactionIn);

function interactionIn(entry: JsonObject): Interaction {
  const { method, url, ifNoneExist } = objectIn(entry['request']);
  const resource = entry['resource'];
  return {
    method: textOf(method),
    url: textOf(url),
    ...(ifNoneExist !== undefined && { ifNoneExist: textOf(ifNoneExist) }),
    ...(resource !== undefined && { resource: objectIn(resource) }),
  };
}

function entryThrough(entry: JsonObject, switches: Switches): JsonObject {
  const { resource, request } = entry;
  const { ifNoneExist, ...others } = objectIn(request);
  const keeps = ifNoneExist !== undefined && switches.noIfNoneExist !== true;
  return {
    ...entry,
    ...(resource !== undefined && { resource: storable(objectIn(resource), switches) }),
    request: { ...others, ...(keeps && { ifNoneExist }) },
  };
}

function noteEntries(ledger: Ledger, sent: readonly JsonObject[], done: readonly JsonObject[]): void {
  for (const [index, entry] of sent.entries()) {
    const { method, url, resource } = interactionIn(entry);
    const { status, location } = objectIn(done[index]?.['response']);
    if (!textOf(status).startsWith('2')) continue;
    if (method === 'DELETE') ledger.deleted(url);
    else if (resource !== undefined) ledger.written(resource, placeIn(location) ?? url);
  }
}

/** What the front says where it says no. */
export const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-supported' }] };

const refusedEntry = (status: number): JsonObject => ({ response: { status: String(status), outcome } });

/** `Type/id` of a location, whatever stands around it. */
export const placeIn = (location: Json | undefined): string | undefined =>
  /([A-Z]\w+\/[\w.-]+?)(?:\/_history\/.*)?$/.exec(textOf(location))?.[1];

export function jsonIn(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export const objectIn = (value: Json | undefined): JsonObject =>
  value !== undefined && isJsonObject(value) ? value : {};

export const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
