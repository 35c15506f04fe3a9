import { writeJson, type JsonObject } from '../../src/json/json.ts';
import type { Random } from '../../src/synthetic/random.ts';
import type { Stored } from './stored.ts';

/** Something that was done to a resource behind everybody's back. */
export interface Planted {
  readonly kind: 'missing' | 'changed' | 'duplicate';
  readonly key: string;
  readonly type: string;
  /** `Type/id`. */
  readonly place: string;
}

/** Loses, changes and doubles so many resources in turn, each of another course where there are as many. */
export async function plantFaults(
  base: string,
  own: readonly Stored[],
  count: number,
  random: Random,
): Promise<Planted[]> {
  const named = new Set(
    own.flatMap(({ resource }) => [...writeJson(resource).matchAll(/"reference":"([^"]+)"/g)].map(([, to = '']) => to)),
  );
  const queue = own
    .filter(({ resource }) => resource['status'] !== 'entered-in-error')
    .map((one) => [random.next(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one)
    .values();
  const planted: Planted[] = [];
  for (const stored of queue) {
    if (planted.length === count) break;
    const kind = (['missing', 'changed', 'duplicate'] as const)[planted.length % 3] ?? 'missing';
    const place = `${stored.type}/${stored.id}`;
    // Servers keep what something refers to.
    if (kind === 'missing' && named.has(place)) continue;
    await done(base, stored, kind);
    planted.push({ kind, key: stored.keys[0] ?? '', type: stored.type, place });
  }
  return planted;
}

async function done(base: string, { type, id, resource }: Stored, kind: Planted['kind']): Promise<void> {
  if (kind === 'missing') return plainly('DELETE', `${base}/${type}/${id}`);
  const { id: _id, meta: _meta, ...rest } = resource;
  if (kind === 'duplicate') return plainly('POST', `${base}/${type}`, rest);
  return plainly('PUT', `${base}/${type}/${id}`, { ...changed(rest), id });
}

/** The same, said of another day. */
function changed(resource: JsonObject): JsonObject {
  const type = resource['resourceType'];
  if (type === 'QuestionnaireResponse') return { ...resource, authored: '1999-01-01' };
  if (type === 'Observation') return { ...resource, issued: '1999-01-01T00:00:00Z' };
  // A time can stand there in two ways, and a server takes one of them.
  const timeless = Object.entries(resource).filter(([name]) => !/^_?effective/.test(name));
  return { ...Object.fromEntries(timeless), effectiveDateTime: '1999-01-01' };
}

async function plainly(method: string, url: string, body?: JsonObject): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/fhir+json' },
    ...(body !== undefined && { body: writeJson(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${url} was answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  await response.arrayBuffer();
}
