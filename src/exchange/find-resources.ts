import type { Resource } from '@medplum/fhirtypes';
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
  /** Whether a resource may have come to a place that nobody knows: only such a one is looked for by its content. */
  readonly maybeSent: (uuid: string) => boolean;
}

export interface Finds {
  readonly holdings: Holdings;
  /** What may be there, or not: nobody can tell from here. */
  readonly unresolved: readonly MappedResource[];
  /** Of those the ones that look like several resources of the target. */
  readonly several: readonly MappedResource[];
  /** What the target is known to hold now. */
  readonly coverage: Coverage;
}

/**
 * Finds resources on a target in whatever way it can: by their identifiers, by the ids under which they are there, and,
 * where it keeps or searches no identifiers, by what they say. Nothing is ever taken for not sent on a guess.
 */
export async function findResources(some: readonly MappedResource[], search: Search): Promise<Failure | Finds> {
  const found = new Map<string, readonly Resource[]>();
  const searcher = searcherOf(search.server, search.patients);
  const isOpen = ({ uuid }: MappedResource): boolean => !found.has(uuid);

  const named = await byIdentifier(some, search, found);
  if ('kind' in named) return named;
  const isKept = search.coverage.identifiers === 'kept' || found.size > 0;
  // Where identifiers are kept and searched they have told all.
  const untold = isKept ? named.notSearched : some.filter(isOpen);
  const failure = await byId(untold, search, searcher, found);
  if (failure !== undefined) return failure;

  const lost = untold.filter((one) => isOpen(one) && search.maybeSent(one.uuid));
  const seen = await byContent(lost, search, searcher, found);
  if ('kind' in seen) return seen;
  const isNameless = (one: Resource): boolean => identifiersOf(one).length === 0;
  const nameless = seen.nameless || untold.some(({ uuid }) => found.get(uuid)?.every(isNameless) === true);
  const identifiers = isKept ? 'kept' : nameless ? 'lost' : search.coverage.identifiers;
  const wasTold = (one: MappedResource): boolean => identifiers !== 'lost' && !named.notSearched.includes(one);
  return {
    holdings: found,
    unresolved: [...seen.several, ...seen.unseen.filter((one) => seen.blind.includes(one) || !wasTold(one))],
    several: seen.several,
    coverage: { ...search.coverage, ...(identifiers !== undefined && { identifiers }) },
  };
}

/** What was found, by UUID: each step adds to it. */
type Found = Map<string, readonly Resource[]>;

/** Looks by identifiers; what the target does not search so is left. */
async function byIdentifier(
  some: readonly MappedResource[],
  { server, coverage }: Search,
  found: Found,
): Promise<Failure | { readonly notSearched: readonly MappedResource[] }> {
  if (coverage.identifiers === 'lost') return { notSearched: some };
  const notSearched: MappedResource[] = [];
  const types = [...Map.groupBy(some, ({ resource }) => resource.resourceType)];
  const asked = types.map(async ([type, ofType]) => {
    const identifiers = ofType.map(({ identifier }) => identifier);
    return { ofType, answer: await findByIdentifiers(server, type, identifiers) };
  });
  for (const { ofType, answer } of await Promise.all(asked)) {
    if (answer.kind === 'accepted') {
      for (const { uuid, identifier } of ofType) {
        const resources = answer.body.get(keyOf(identifier));
        if (resources !== undefined) found.set(uuid, resources);
      }
    } else if (answer.kind === 'refused' && answer.reason === 'status') notSearched.push(...ofType);
    else return answer;
  }
  return { notSearched };
}

/** Looks under the ids that are known, or that are ours. */
async function byId(
  some: readonly MappedResource[],
  { course, whereabouts: { held }, ourIds }: Search,
  searcher: Searcher,
  found: Found,
): Promise<Failure | undefined> {
  const placed = some.flatMap((one) => {
    const id = held.get(one.uuid)?.id ?? (ourIds ? one.uuid : undefined);
    return id === undefined ? [] : [{ one, id }];
  });
  for (const [type, ofType] of Map.groupBy(placed, ({ one }) => one.resource.resourceType)) {
    const uuids = new Map(ofType.map(({ one, id }) => [id, one.uuid]));
    for (const chunk of inChunks([...uuids.keys()])) {
      const answer = await searcher.byIds(type, chunk.split(','), [['_count', pageSize]]);
      if (answer.kind !== 'accepted') return answer;
      for (const resource of answer.body) {
        const uuid = uuids.get(resource.id ?? '');
        const own = courseKeyOf({ ...resource });
        // An id may have been given to somebody else's since.
        if (uuid !== undefined && own?.system === course.system && own.id === course.id) found.set(uuid, [resource]);
      }
    }
  }
  return undefined;
}

interface Seen {
  readonly unseen: readonly MappedResource[];
  readonly several: readonly MappedResource[];
  /** Of the unseen those that the target does not search so. */
  readonly blind: readonly MappedResource[];
  /** Whether the target holds resources of the course without identifiers. */
  readonly nameless: boolean;
}

/** Looks by what resources say. */
async function byContent(
  lost: readonly MappedResource[],
  search: Search,
  searcher: Searcher,
  found: Found,
): Promise<Failure | Seen> {
  if (lost.length === 0 || search.patients.length === 0) return nothingSeen;
  const held = new Map(search.whereabouts.held);
  for (const [uuid, [resource]] of found) if (resource?.id !== undefined) held.set(uuid, { id: resource.id });
  const whereabouts = { ...search.whereabouts, held };
  const looked = await lookByContent(lost, { ...search, whereabouts, searcher });
  if ('kind' in looked) return looked;
  const { sightings, nameless } = looked;
  const those = (...kinds: readonly string[]): MappedResource[] =>
    lost.filter(({ uuid }) => {
      const sighting = sightings.get(uuid) ?? 'none';
      return typeof sighting === 'string' && kinds.includes(sighting);
    });
  for (const { uuid } of lost) {
    const sighting = sightings.get(uuid);
    if (sighting !== undefined && typeof sighting !== 'string') found.set(uuid, [sighting]);
  }
  const blind = those('not-searchable');
  return { unseen: [...those('none'), ...blind], several: those('several'), blind, nameless };
}

const nothingSeen: Seen = { unseen: [], several: [], blind: [], nameless: false };
