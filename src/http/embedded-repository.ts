import { allOk, created, multipleMatches, OperationOutcomeError, type SearchRequest, type WithId } from '@medplum/core';
import { MemoryRepository, type CreateResourceOptions } from '@medplum/fhir-router';
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { matches, referencesOf, searchParameters } from './embedded-search.ts';

/**
 * Medplum's repository in memory with a search of our own in front: its own takes a millisecond a resource to look for
 * an identifier, and needs 93 MB of definitions to follow an _include.
 */
export class EmbeddedRepository extends MemoryRepository {
  override async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const { resourceType, filters = [], include = [], revInclude = [], sortRules = [], count, offset = 0 } = request;
    const found = (await this.#all(resourceType)).filter((resource) => matches(resource, filters));
    for (const { code, descending } of sortRules) {
      if (code === '_lastUpdated') found.sort((a, b) => updated(a, b) * (descending === true ? -1 : 1));
    }
    const page = found.slice(offset, count === undefined ? undefined : offset + count);
    const others = await this.#included(page, include, revInclude);
    const entry: BundleEntry[] = [
      ...page.map((resource): BundleEntry => ({ resource, search: { mode: 'match' } })),
      ...others.map((resource): BundleEntry => ({ resource, search: { mode: 'include' } })),
    ];
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.length,
      ...(entry.length > 0 && { entry: entry as BundleEntry<WithId<T>>[] }),
    };
  }

  // MemoryRepository's own looks with its own search. Nothing here waits for anything outside, so no other request
  // comes between the search and the creation.
  override async conditionalCreate<T extends Resource>(
    resource: T,
    search: SearchRequest<T>,
    options?: CreateResourceOptions,
  ): Promise<{ resource: WithId<T>; outcome: OperationOutcome }> {
    const { entry = [] } = await this.search({ ...search, count: 2 });
    const existing = entry[0]?.resource;
    if (entry.length > 1) throw new OperationOutcomeError(multipleMatches);
    if (existing !== undefined) return { resource: existing, outcome: allOk };
    return { resource: await this.createResource(resource, options), outcome: created };
  }

  /** All or nothing, which MemoryRepository leaves to others: what was there before is put back. */
  override async withTransaction<TResult>(callback: (repository: this) => Promise<TResult>): Promise<TResult> {
    const { resources, history } = this as unknown as Stores;
    const before = {
      resources: copyOf(resources, (resource) => resource),
      history: copyOf(history, (list) => [...list]),
    };
    try {
      return await callback(this);
    } catch (error) {
      putBack(resources, before.resources);
      putBack(history, before.history);
      throw error;
    }
  }

  async #all(resourceType: string): Promise<WithId<Resource>[]> {
    const all = await super.search({ resourceType: resourceType as Resource['resourceType'] });
    return (all.entry ?? []).flatMap(({ resource }) => resource ?? []);
  }

  async #included(
    page: readonly Resource[],
    include: NonNullable<SearchRequest['include']>,
    revInclude: NonNullable<SearchRequest['revInclude']>,
  ): Promise<Resource[]> {
    if (include.length + revInclude.length === 0) return [];
    const types = Object.keys(searchParameters);
    const everything = (await Promise.all(types.map((type) => this.#all(type)))).flat();
    const byReference = new Map(everything.map((resource) => [nameOf(resource), resource]));
    const seen = new Set(page.map(nameOf));
    const result: Resource[] = [];
    let base = page;
    for (let round = 0; base.length > 0; round += 1) {
      const names = new Set(base.map(nameOf));
      const active = (target: { modifier?: string }) => round === 0 || target.modifier === 'iterate';
      const forward = base.flatMap((one) => include.filter(active).flatMap((target) => referencesOf(one, target)));
      const backward = everything.filter((one) =>
        revInclude.filter(active).some((target) => referencesOf(one, target).some((name) => names.has(name))),
      );
      const next = [...forward.flatMap((name) => byReference.get(name) ?? []), ...backward];
      base = [...new Set(next)].filter((one) => !seen.has(nameOf(one)));
      for (const one of base) seen.add(nameOf(one));
      result.push(...base);
    }
    return result;
  }
}

/** By type and id: what MemoryRepository keeps to itself. A history is a list that grows in place. */
type Store<V> = Map<string, Map<string, V>>;
interface Stores {
  readonly resources: Store<Resource>;
  readonly history: Store<readonly Resource[]>;
}

function copyOf<V>(store: Store<V>, copy: (value: V) => V): Store<V> {
  return new Map([...store].map(([type, byId]) => [type, new Map([...byId].map(([id, value]) => [id, copy(value)]))]));
}

function putBack<V>(store: Store<V>, before: Store<V>): void {
  store.clear();
  for (const [type, byId] of before) store.set(type, byId);
}

const nameOf = (resource: Resource): string => `${resource.resourceType}/${resource.id ?? ''}`;

const updated = (a: Resource, b: Resource): number =>
  Date.parse(a.meta?.lastUpdated ?? '') - Date.parse(b.meta?.lastUpdated ?? '');
