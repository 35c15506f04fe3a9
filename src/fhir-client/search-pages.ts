import type { Bundle, Resource } from '@medplum/fhirtypes';
import type { Answer } from '../exchange/ports.ts';
import type { JsonObject } from '../json/json.ts';
import { notFhir } from './classify.ts';

/** A search that goes on for ever is a fault of the server, even where every page has an address of its own. */
const mostPages = 10_000;

/**
 * Every resource of a search, page by page. `next` is followed verbatim, for it may carry anything; but never to
 * another origin, which would be handed our credentials. A resource on two pages (paging is no snapshot) comes once.
 */
export async function allPages(
  base: string,
  first: Answer<JsonObject>,
  get: (url: string) => Promise<Answer<JsonObject>>,
): Promise<Answer<readonly Resource[]>> {
  const found = new Map<string, Resource>();
  const seen = new Set<string>();
  let page = first;
  for (;;) {
    if (page.kind !== 'accepted') return page;
    const bundle = searchsetIn(page.body);
    if (bundle === undefined) return notFhir(page.status);
    for (const resource of resourcesIn(bundle)) {
      found.set(`${resource.resourceType}/${resource.id ?? `#${found.size}`}`, resource);
    }
    const next = nextLink(bundle);
    if (next === undefined) return { kind: 'accepted', status: page.status, body: [...found.values()] };
    const url = sameOrigin(next, base);
    if (url === undefined || seen.has(url) || seen.size === mostPages) return notFhir(page.status);
    seen.add(url);
    page = await get(url);
  }
}

function searchsetIn(body: JsonObject): Bundle | undefined {
  return body['resourceType'] === 'Bundle' ? (body as unknown as Bundle) : undefined;
}

/** Helios adds an outcome to say which parameters it ignored; it is no result. */
function resourcesIn(bundle: Bundle): Resource[] {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : [];
  return entries.flatMap(({ resource, search }) =>
    resource === undefined || search?.mode === 'outcome' || resource.resourceType === 'OperationOutcome'
      ? []
      : [resource],
  );
}

function nextLink(bundle: Bundle): string | undefined {
  const links = Array.isArray(bundle.link) ? bundle.link : [];
  return links.find(({ relation }) => relation === 'next')?.url;
}

function sameOrigin(link: string, base: string): string | undefined {
  const url = URL.parse(link, `${base}/`);
  if (url === null || url.origin !== new URL(base).origin) return undefined;
  return /^https?:\/\//i.test(link) ? link : url.href;
}
