import { readdirSync, readFileSync } from 'node:fs';

/** Resources for the laws of FHIRPath: those of the golden Bundles, and what is left of them without some elements. */

interface Bundle {
  readonly entry: readonly { readonly resource: Fields }[];
}

export type Fields = { [name: string]: unknown };

const golden = new URL('../golden/', import.meta.url);

/** A few resources of each kind. */
export const resources: readonly Fields[] = Object.values(
  Object.groupBy(
    readdirSync(golden)
      .filter((name) => name.endsWith('.bundle.json'))
      .flatMap((name) => (JSON.parse(readFileSync(new URL(name, golden), 'utf8')) as Bundle).entry)
      .map(({ resource }) => resource),
    ({ resourceType }) => String(resourceType),
  ),
).flatMap((ofType) => (ofType ?? []).filter((_, at) => at % Math.ceil((ofType?.length ?? 1) / 6) === 0));

/** A copy in which some values are gone or have only an extension. `pick` says how many of a hundred. */
export function worn(value: unknown, isGone: () => number): unknown {
  if (Array.isArray(value)) return value.map((one) => worn(one, isGone));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Fields = {};
  for (const [name, one] of Object.entries(value)) {
    const chance = name === 'resourceType' ? 99 : isGone();
    if (chance < 8) continue;
    if (chance < 12 && ['string', 'boolean', 'number'].includes(typeof one) && name !== 'id' && name !== 'url') {
      copy[`_${name}`] = { extension: [{ url: 'urn:a', valueCode: 'unknown' }] };
      continue;
    }
    copy[name] = worn(one, isGone);
  }
  return copy;
}

/** Some strings that stand in a resource. */
export function stringsIn(value: unknown, into: string[] = []): string[] {
  if (typeof value === 'string' && value.length < 60) into.push(value);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) stringsIn(one, into);
  return into;
}
