import { isJsonObject, parseJson, type Json, type JsonObject } from '../../src/json/json.ts';
import { identifiersOf } from './traffic.ts';

/** A resource as plain search shows it. */
export interface Stored {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** Of the identifiers: `identifierKey`. */
  readonly keys: readonly string[];
  readonly resource: JsonObject;
}

export const ourTypes = ['Observation', 'MedicationAdministration', 'QuestionnaireResponse', 'Patient'] as const;

/**
 * Everything of these types on a server: plain searches, page after page, and nothing of the product. Throws where a
 * page is refused, or where there are fewer or more than the server counts.
 */
export async function storedOn(base: string, types: readonly string[] = ourTypes): Promise<Stored[]> {
  const all: Stored[] = [];
  for (const type of types) {
    const found = await storedOfType(base, type);
    const counted = Number((await asked(`${base}/${type}?_summary=count&_total=accurate`))['total']);
    if (counted !== found.length)
      throw new Error(`${found.length} ${type} were read, and the server counts ${counted}`);
    all.push(...found);
  }
  return all;
}

async function storedOfType(base: string, type: string): Promise<Stored[]> {
  const found = new Map<string, Stored>();
  let next: string | undefined = `${base}/${type}?_count=200&_sort=_lastUpdated`;
  while (next !== undefined) {
    const page = await asked(next);
    for (const resource of resourcesIn(page)) {
      if (resource['resourceType'] === type) found.set(textOf(resource['id']), storedOf(resource, type));
    }
    next = nextOf(page, base);
  }
  return [...found.values()];
}

/** The versions of a resource, the oldest first. */
export async function historyOf(base: string, { type, id }: Stored): Promise<JsonObject[]> {
  const versions: JsonObject[] = [];
  let next: string | undefined = `${base}/${type}/${id}/_history?_count=200`;
  while (next !== undefined) {
    const page = await asked(next);
    versions.push(...resourcesIn(page));
    next = nextOf(page, base);
  }
  return versions.toSorted((a, b) => versionOf(a) - versionOf(b));
}

function storedOf(resource: JsonObject, type: string): Stored {
  return { type, id: textOf(resource['id']), version: versionOf(resource), keys: identifiersOf(resource), resource };
}

function versionOf({ meta }: JsonObject): number {
  return meta !== undefined && isJsonObject(meta) ? Number(textOf(meta['versionId'])) : 0;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function resourcesIn({ entry }: JsonObject): JsonObject[] {
  const entries = Array.isArray(entry) ? (entry as readonly Json[]).filter(isJsonObject) : [];
  return entries.map(({ resource }) => resource ?? null).filter(isJsonObject);
}

/** The next page; a server that thinks it stands behind a proxy names the proxy. */
function nextOf({ link }: JsonObject, base: string): string | undefined {
  const links = Array.isArray(link) ? (link as readonly Json[]).filter(isJsonObject) : [];
  const url = links.find(({ relation }) => relation === 'next')?.['url'];
  if (typeof url !== 'string') return undefined;
  const { pathname, search } = new URL(url, base);
  return `${new URL(base).origin}${pathname}${search}`;
}

async function asked(url: string): Promise<JsonObject> {
  const response = await fetch(url, { headers: { Accept: 'application/fhir+json', 'Cache-Control': 'no-cache' } });
  const text = await response.text();
  const json = parseJson(text);
  if (!response.ok || !json.ok || !isJsonObject(json.value))
    throw new Error(`GET ${url} was answered ${response.status}: ${text.slice(0, 500)}`);
  return json.value;
}
