import type { Bundle, Resource } from '@medplum/fhirtypes';
import { isJsonObject, type Json } from '../json/json.ts';
import type { ReceivedResource } from './mapped.ts';

/**
 * The resources in a piece of JSON: a Bundle of any type, Bundles inside it too, or one resource. Undefined where it
 * is neither. An entry without a resource (a bare response) and a search's outcome are no resources of the set.
 */
export function receivedFrom(json: Json, at?: string): ReceivedResource[] | undefined {
  if (!isJsonObject(json) || typeof json['resourceType'] !== 'string') return undefined;
  const resource = json as unknown as Resource;
  if (resource.resourceType !== 'Bundle') return [{ resource, at: at ?? resource.resourceType }];
  return entriesOf(resource, at ?? 'Bundle');
}

function entriesOf(bundle: Bundle, at: string): ReceivedResource[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap(({ resource, fullUrl, search }, index) => {
    const place = `${at}.entry[${index}].resource`;
    if (resource === undefined || search?.mode === 'outcome') return [];
    if (resource.resourceType === 'Bundle') return entriesOf(resource, place);
    return [{ resource, at: place, ...(typeof fullUrl === 'string' && { fullUrl }) }];
  });
}

/** Finds the received resource that a reference names: by the fullUrl of its entry, or by its type and id. */
export function referenceIndex(
  received: readonly ReceivedResource[],
): (reference: string) => ReceivedResource | undefined {
  const byUrl = new Map<string, ReceivedResource>();
  for (const one of received) {
    const { resource, fullUrl } = one;
    if (resource.id !== undefined) keep(byUrl, `${resource.resourceType}/${resource.id}`, one);
    if (fullUrl !== undefined) keep(byUrl, fullUrl, one);
  }
  return (reference) => byUrl.get(reference) ?? byUrl.get(relative(reference));
}

function keep(byUrl: Map<string, ReceivedResource>, url: string, one: ReceivedResource): void {
  if (!byUrl.has(url)) byUrl.set(url, one);
}

/** `Type/id` of a literal reference, absolute or versioned or neither. */
const relative = (reference: string): string =>
  /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(reference)?.[1] ?? reference;
