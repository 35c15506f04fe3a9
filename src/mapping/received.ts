import type { Bundle, Resource } from '@medplum/fhirtypes';
import { writeJson, type Json } from '../json/json.ts';
import { isElements } from './elements.ts';
import type { ReceivedResource } from './mapped.ts';

/**
 * The resources in a piece of JSON: a Bundle of any type, Bundles inside it too, or one resource. Undefined where it
 * is neither. An entry without a resource (a bare response) and a search's outcome are no resources of the set.
 */
export function receivedFrom(json: Json, at?: string): ReceivedResource[] | undefined {
  const resource: unknown = json;
  if (!isResource(resource)) return undefined;
  if (resource.resourceType !== 'Bundle') return [{ resource, at: at ?? resource.resourceType }];
  return entriesOf(resource, at ?? 'Bundle');
}

function entriesOf(bundle: Bundle, at: string): ReceivedResource[] {
  const entries: readonly unknown[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap((entry, index) => {
    const { resource, fullUrl, search } = isElements(entry) ? entry : {};
    if (!isResource(resource) || (isElements(search) && search['mode'] === 'outcome')) return [];
    const place = `${at}.entry[${index}].resource`;
    if (resource.resourceType === 'Bundle') return entriesOf(resource, place);
    return [{ resource, at: place, ...(typeof fullUrl === 'string' && { fullUrl }) }];
  });
}

const isResource = (value: unknown): value is Resource =>
  isElements(value) && typeof value['resourceType'] === 'string';

/** Received resources, each once, and the copies that contradict the one that was taken. */
export interface Distinct {
  readonly once: readonly ReceivedResource[];
  readonly contradicting: readonly ReceivedResource[];
}

/** Pages and includes of one server overlap, and a history has every version: a resource is taken once, the newest. */
export function distinct(received: readonly ReceivedResource[]): Distinct {
  const byId = new Map<string, ReceivedResource>();
  const contradicting: ReceivedResource[] = [];
  received.forEach((one, index) => {
    const { id, resourceType } = one.resource;
    const key = one.fullUrl ?? (id === undefined ? `#${index}` : `${resourceType}/${id}`);
    const known = byId.get(key);
    if (known === undefined || isNewer(one, known)) byId.set(key, one);
    else if (!isNewer(known, one) && writeJson(known.resource) !== writeJson(one.resource)) contradicting.push(one);
  });
  return { once: [...byId.values()], contradicting };
}

// Versions are numbers on most servers, and any text by the specification, where the time of the update decides.
function isNewer({ resource: one }: ReceivedResource, { resource: other }: ReceivedResource): boolean {
  const [a, b] = [Number(one.meta?.versionId), Number(other.meta?.versionId)];
  if (Number.isFinite(a) && Number.isFinite(b)) return a > b;
  return Date.parse(one.meta?.lastUpdated ?? '') > Date.parse(other.meta?.lastUpdated ?? '');
}

/** Finds the received resource that a reference names: by the fullUrl of its entry, or by its type and id. */
export function referenceIndex(
  received: readonly ReceivedResource[],
): (reference: string) => ReceivedResource | undefined {
  const byUrl = new Map<string, ReceivedResource>();
  for (const one of received) {
    const { resource, fullUrl } = one;
    if (resource.id !== undefined) keep(byUrl, `${resource.resourceType}/${resource.id}`, one);
    if (fullUrl === undefined) continue;
    keep(byUrl, fullUrl, one);
    const short = relative(fullUrl);
    if (short !== fullUrl) keep(byUrl, short, one);
  }
  return (reference) => byUrl.get(reference) ?? byUrl.get(relative(reference));
}

function keep(byUrl: Map<string, ReceivedResource>, url: string, one: ReceivedResource): void {
  if (!byUrl.has(url)) byUrl.set(url, one);
}

/** `Type/id` of a literal reference, absolute or versioned or neither. */
const relative = (reference: string): string =>
  /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(reference)?.[1] ?? reference;
