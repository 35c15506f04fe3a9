import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { Place } from './ports.ts';

/**
 * The id and version that an answer to a write tells: from a location that may be relative or absolute, versioned or
 * not, or missing (Helios, of a PUT), from an etag, or from the resource itself.
 */
export function placeIn(
  answer: { readonly location?: Json; readonly etag?: Json } | JsonObject,
  resource: Json | undefined,
): Place {
  const { location, etag } = answer as JsonObject;
  const [, inLocation, ofLocation] =
    /\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?\/?$/.exec(text(location)) ?? [];
  const body = isJsonObject(resource) ? resource : {};
  const meta = isJsonObject(body['meta']) ? body['meta'] : {};
  const inTag = /^(?:W\/)?"?([A-Za-z0-9.-]{1,64})"?$/.exec(text(etag))?.[1];
  const id = inLocation ?? orNone(body['id']);
  const version = ofLocation ?? inTag ?? orNone(meta['versionId']);
  return { ...(id !== undefined && { id }), ...(version !== undefined && { version }) };
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const orNone = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
