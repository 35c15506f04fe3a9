import { isJsonObject, writeJson, type Json, type JsonObject } from '../../src/json/json.ts';
import type { Stored } from './stored.ts';
import { identifierKey } from './traffic.ts';

/** Says what a reference (`Observation/12`, `urn:uuid:…`) points to, by its identifier; undefined where nobody knows. */
export type Resolve = (reference: string) => string | undefined;

/** References among what a server holds. */
export function resolveStored(all: readonly Stored[]): Resolve {
  const keys = new Map(all.map(({ type, id, keys: [key] }) => [`${type}/${id}`, key]));
  return (reference) => keys.get(reference.split('/').slice(-2).join('/'));
}

/**
 * The content of a resource as one text: what the server adds by itself is left out, a reference stands for the
 * identifier of what it points to, and the order of names says nothing. Digits count.
 */
export function contentOf(resource: JsonObject, resolve: Resolve): string {
  const { id: _id, meta, ...rest } = resource;
  const kept = meta !== undefined && isJsonObject(meta) ? withoutOwn(meta) : {};
  const whole = Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
  return writeJson(plain(whole, resolve));
}

const withoutOwn = ({ versionId: _version, lastUpdated: _updated, source: _source, ...rest }: JsonObject): JsonObject =>
  rest;

function plain(value: Json, resolve: Resolve): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => plain(one, resolve));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(resolved(value, resolve))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, own]) => [name, plain(own, resolve)]),
  );
}

/** A reference beside the identifier that it leads to says nothing more: a patient is known by the identifier. */
function resolved(value: JsonObject, resolve: Resolve): JsonObject {
  const { reference, identifier, ...rest } = value;
  if (typeof reference !== 'string') return value;
  const key = resolve(reference) ?? reference;
  if (identifier === undefined || !isJsonObject(identifier)) return { ...value, reference: key };
  const { system, value: own } = identifier;
  const same = typeof system === 'string' && typeof own === 'string' && identifierKey(system, own) === key;
  return same ? { ...rest, identifier } : { ...value, reference: key };
}
