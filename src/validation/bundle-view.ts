import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { textOf } from './text-of.ts';

/** The entries of a Bundle, by what references may call them. */
export interface BundleView {
  /** The resource that a reference names by fullUrl or, beside a RESTful fullUrl, by type and id. */
  resourceOf(reference: string, from?: string): JsonObject | undefined;
  /** How many entries have this fullUrl. */
  countOf(fullUrl: string): number;
  /** Whether the entry of this resource has no fullUrl, though its Bundle is of a type that needs one. */
  lacksAddress(resource: JsonObject): boolean;
}

/** Looks at each entry once, when the first reference asks. */
export function bundleViewOf(bundle: JsonObject): BundleView {
  let homeless: ReadonlySet<JsonObject> | undefined;
  let entries: ReadonlyMap<string, readonly JsonObject[]> | undefined;
  const known = (): ReadonlyMap<string, readonly JsonObject[]> => (entries ??= entriesOf(bundle));
  return {
    resourceOf: (reference) => known().get(withoutVersion(reference))?.[0],
    countOf: (fullUrl) => known().get(fullUrl)?.length ?? 0,
    lacksAddress: (resource) => (homeless ??= homelessIn(bundle)).has(resource),
  };
}

/** Types of Bundle whose entries need no fullUrl: what they hold may have no address yet. */
const withoutAddresses = new Set<Json | undefined>(['batch', 'transaction', 'batch-response', 'transaction-response']);

/** Whether every entry of the Bundle needs a fullUrl. */
export const needsAddresses = ({ type }: JsonObject): boolean =>
  typeof type === 'string' && !withoutAddresses.has(type);

function homelessIn(bundle: JsonObject): ReadonlySet<JsonObject> {
  const { entry } = bundle;
  if (!needsAddresses(bundle) || !Array.isArray(entry)) return new Set();
  return new Set(
    (entry as readonly Json[])
      .filter(isJsonObject)
      .filter(({ fullUrl }) => fullUrl === undefined)
      .map(({ resource }) => resource)
      .filter(isJsonObject),
  );
}

function entriesOf(bundle: JsonObject): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  const put = (name: string, resource: JsonObject): void => {
    const others = found.get(name);
    if (others === undefined) found.set(name, [resource]);
    else others.push(resource);
  };
  const { entry } = bundle;
  for (const one of Array.isArray(entry) ? (entry as readonly Json[]) : []) {
    if (!isJsonObject(one) || !isJsonObject(one['resource'])) continue;
    const { fullUrl, resource } = one;
    if (typeof fullUrl === 'string') put(fullUrl, resource);
    const { resourceType, id } = resource;
    // A relative reference is relative to the server that the fullUrl names.
    if (typeof id === 'string' && typeof fullUrl === 'string' && fullUrl.endsWith(`/${textOf(resourceType)}/${id}`)) {
      put(`${textOf(resourceType)}/${id}`, resource);
    }
  }
  return found;
}

const withoutVersion = (reference: string): string => {
  const at = reference.indexOf('/_history/');
  return at < 0 ? reference : reference.slice(0, at);
};
