import type { Request } from 'express';
import type { Page } from '../exchange/store.ts';

const usualLimit = 100;
const greatestLimit = 1000;

/** The values of a query's parameter, given once or several times, or with commas between. */
export function valuesIn({ query }: Request, name: string): readonly string[] {
  return [query[name]].flat().flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
}

/** Which page is asked for; undefined where the query does not say one. `numbered`: the ends of pages are numbers. */
export function pageIn(request: Request, kind: 'numbered' | 'named'): Page | undefined {
  const [limit = String(usualLimit), ...otherLimits] = valuesIn(request, 'limit');
  const [after, ...otherEnds] = valuesIn(request, 'after');
  if (otherLimits.length > 0 || otherEnds.length > 0) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > greatestLimit) return undefined;
  if (after === undefined) return { limit: Number(limit) };
  if (kind === 'named') return after === '' ? undefined : { limit: Number(limit), after };
  return /^\d{1,15}$/.test(after) ? { limit: Number(limit), after: Number(after) } : undefined;
}

/** Where the next page is, if this one is full. Our own words alone come back, and ids of ours. */
export function nextOf(
  path: string,
  { limit }: Page,
  found: readonly unknown[],
  last: string | number | undefined,
  filters: Readonly<Record<string, readonly string[]>> = {},
): { readonly next?: string } {
  if (found.length < limit || last === undefined) return {};
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(filters)) if (values.length > 0) query.set(name, values.join(','));
  query.set('limit', String(limit));
  query.set('after', String(last));
  return { next: `${path}?${query.toString()}` };
}
