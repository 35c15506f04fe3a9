import type { Resource, ResourceType } from '@medplum/fhirtypes';
import type { CourseKey } from '../course/identity.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import type { Whereabouts } from './changes.ts';
import type { Coverage } from './coverage.ts';
import { findByIdentifiers, pageSize, type Holdings } from './holdings.ts';
import { lookByContent } from './look-by-content.ts';
import { searcherOf, type Searcher } from './narrow-search.ts';
import type { Failure, FhirServer } from './ports.ts';
import { identifiersOf, keyOf } from './references.ts';
import { inChunks } from './search-values.ts';

/** What is looked for, and how it can have come to the target. */
export interface Search {
  readonly course: CourseKey;
  readonly server: FhirServer;
  /** `Patient/id`, under all ids of the patient; none where the target does not have one. */
  readonly patients: readonly string[];
  readonly whereabouts: Whereabouts;
  readonly coverage: Coverage;
  /** Whether what is new is put under ids of ours. */
  readonly ourIds: boolean;
  /** Whether a resource may have been sent without an answer: only such a one is looked for by its content. */
  readonly maybeSent: (uuid: string) => boolean;
}

export interface Finds {
  readonly holdings: Holdings;
  /** What may be there, or not: nobody can tell from here. */
  readonly unresolved: readonly MappedResource[];
  /** What the target is known to hold now. */
  readonly coverage: Coverage;
}

/**
 * Finds resources on a target in whatever way it can: by their identifiers, by the ids under which they are there, and,
 * where it keeps or searches no identifiers, by what they say. Nothing is ever taken for not sent on a guess.
 */
export async function findResources(some: readonly MappedResource[], search: Search): Promise<Failure | Finds> {
  const holdings = new Map<string, readonly Resource[]>();
  const searcher = searcherOf(search.server, search.patients);
  let { coverage } = search;
  let blind = coverage.identifiers === 'lost' ? some : [];
  if (coverage.identifiers !== 'lost') {
    for (const [type, ofType] of Map.groupBy(some, ({ resource }) => resource.resourceType)) {
      const answer = await byIdentifier(search.server, type, ofType, holdings);
      if (answer === undefined) continue;
      if (answer.kind !== 'refused' || answer.reason !== 'status') return answer;
      blind = [...blind, ...ofType];
    }
    if (holdings.size > 0) coverage = { ...coverage, identifiers: 'kept' };
  }
  // Where identifiers are kept and searched they have told all.
  const open = coverage.identifiers === 'kept' ? blind : some.filter(({ uuid }) => !holdings.has(uuid));
  const failure = await byId(open, search, searcher, holdings);
  if (failure !== undefined) return failure;
  if (open.some((one) => holdings.get(one.uuid)?.every((found) => identifiersOf(found).length === 0) === true)) {
    coverage = { ...coverage, identifiers: 'lost' };
  }
  const lost = search.ourIds ? [] : open.filter(({ uuid }) => !holdings.has(uuid) && search.maybeSent(uuid));
  if (lost.length === 0 || search.patients.length === 0) return { holdings, unresolved: [], coverage };
  const whereabouts = { ...search.whereabouts, held: withFound(search.whereabouts.held, holdings) };
  const sightings = await lookByContent(lost, { ...search, whereabouts, searcher });
  if ('kind' in sightings) return sightings;
  const unresolved: MappedResource[] = [];
  for (const one of lost) {
    const sighting = sightings.get(one.uuid) ?? 'none';
    if (typeof sighting !== 'string') {
      holdings.set(one.uuid, [sighting]);
      if (identifiersOf(sighting).length === 0) coverage = { ...coverage, identifiers: 'lost' };
    }
  }
  for (const one of lost) {
    const sighting = sightings.get(one.uuid) ?? 'none';
    const isCertain = sighting === 'none' && coverage.identifiers !== 'lost' && !blind.includes(one);
    if (typeof sighting === 'string' && !isCertain) unresolved.push(one);
  }
  return { holdings, unresolved, coverage };
}

/** Adds what is found to the holdings; a failure is the answer. */
async function byIdentifier(
  server: FhirServer,
  type: ResourceType,
  some: readonly MappedResource[],
  holdings: Map<string, readonly Resource[]>,
): Promise<Failure | undefined> {
  const answer = await findByIdentifiers(
    server,
    type,
    some.map(({ identifier }) => identifier),
  );
  if (answer.kind !== 'accepted') return answer;
  for (const { uuid, identifier } of some) {
    const found = answer.body.get(keyOf(identifier));
    if (found !== undefined) holdings.set(uuid, found);
  }
  return undefined;
}

/** The same, under the ids that are known, or that are ours. */
async function byId(
  some: readonly MappedResource[],
  { course, whereabouts: { held }, ourIds }: Search,
  searcher: Searcher,
  holdings: Map<string, readonly Resource[]>,
): Promise<Failure | undefined> {
  const named = some.flatMap((one) => {
    const id = held.get(one.uuid)?.id ?? (ourIds ? one.uuid : undefined);
    return id === undefined || holdings.has(one.uuid) ? [] : [{ one, id }];
  });
  for (const [type, ofType] of Map.groupBy(named, ({ one }) => one.resource.resourceType)) {
    const uuids = new Map(ofType.map(({ one, id }) => [id, one.uuid]));
    for (const chunk of inChunks([...uuids.keys()])) {
      const answer = await searcher.byIds(type, chunk.split(','), [['_count', pageSize]]);
      if (answer.kind !== 'accepted') return answer;
      for (const found of answer.body) {
        const uuid = uuids.get(found.id ?? '');
        const own = courseKeyOf({ ...found });
        // An id may have been given to somebody else's since.
        if (uuid !== undefined && own?.system === course.system && own.id === course.id) holdings.set(uuid, [found]);
      }
    }
  }
  return undefined;
}

function withFound(held: Whereabouts['held'], holdings: Holdings): Whereabouts['held'] {
  const all = new Map(held);
  for (const [uuid, [resource]] of holdings) if (resource?.id !== undefined) all.set(uuid, { id: resource.id });
  return all;
}
