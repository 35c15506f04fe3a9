import type { IncomingHttpHeaders } from 'node:http';
import { jsonIn, objectIn, objectsIn, textOf } from './front-bundle.ts';
import type { Interaction, Switches } from './front-rules.ts';

/** A request as a client sent it to the front. */
export interface Asked {
  readonly method: string;
  /** Below the base, with its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Given {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

const passedOn = ['accept', 'content-type', 'prefer', 'cache-control', 'if-match', 'if-none-exist'];
const passedBack = ['content-type', 'location', 'etag', 'last-modified', 'retry-after'];

/** Asks the server behind the front. */
export async function forward(behind: string, asked: Asked, body: string, switches: Switches): Promise<Given> {
  const { method, path, headers } = asked;
  const names = passedOn.filter((name) => name !== 'if-none-exist' || switches.noIfNoneExist !== true);
  const given = names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const response = await fetch(`${behind}${path === '' || path.startsWith('?') ? '' : '/'}${path}`, {
    method,
    headers: Object.fromEntries(given),
    ...(method !== 'GET' && method !== 'DELETE' && { body }),
  });
  const back = passedBack.flatMap((name): [string, string][] => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: response.status, text: await response.text(), headers: Object.fromEntries(back) };
}

/** Which of the resources that are to be updated are there. */
export async function existing(
  behind: string,
  interactions: readonly Interaction[],
): Promise<(reference: string) => boolean> {
  const wanted = interactions.filter(({ method, url }) => method === 'PUT' && /^\w+\/[^?]+$/.test(url));
  const found = new Set<string>();
  for (const [type, ofType] of Map.groupBy(wanted, ({ url }) => url.slice(0, url.indexOf('/')))) {
    const ids = ofType.map(({ url }) => url.slice(type.length + 1));
    for (let from = 0; from < ids.length; from += 100) {
      for (const id of await idsFound(behind, type, ids.slice(from, from + 100))) found.add(`${type}/${id}`);
    }
  }
  return (reference) => found.has(reference);
}

async function idsFound(behind: string, type: string, ids: readonly string[]): Promise<string[]> {
  const response = await fetch(`${behind}/${type}/_search`, {
    method: 'POST',
    headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _id: ids.join(','), _elements: 'id', _count: '200' }).toString(),
  });
  const entries = objectsIn(jsonIn(await response.text())?.['entry']);
  return entries.map(({ resource }) => textOf(objectIn(resource)['id']));
}
