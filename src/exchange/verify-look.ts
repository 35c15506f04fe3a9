import type { Resource, ResourceType } from '@medplum/fhirtypes';
import { courseIdentifier, serverId } from '../course/identity.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { completeCourse } from './course-resources.ts';
import { findHoldings, pageSize, type Holdings } from './holdings.ts';
import { searcherOf, type Searcher } from './narrow-search.ts';
import { findPatients } from './patient.ts';
import type { Answer, Failure, FhirServer } from './ports.ts';
import { inChunks } from './search-values.ts';
import type { Held } from './verify-compare.ts';
import type { Expected } from './verify-expected.ts';

/**
 * Looks up what a target holds of some courses, by the identifiers of all of them together. Where it refuses that, one
 * course is looked up alone, under the ids that the target gave.
 */
export async function lookAt(server: FhirServer, courses: readonly Expected[]): Promise<Answer<readonly Held[]>> {
  const [holdings, patients] = await Promise.all([
    holdingsOf(server, courses),
    Promise.all(courses.map(({ patient }) => findPatients(server, patient))),
  ]);
  const byIdentifier = holdings.kind === 'accepted';
  if (!byIdentifier && (courses.length > 1 || !isRefusal(holdings))) return holdings;
  const all: Held[] = [];
  for (const [index, expected] of courses.entries()) {
    const found = patients[index];
    if (found?.kind !== 'found') return found?.failure ?? { kind: 'unavailable' };
    const aliases = found.patients.flatMap((one) => [...one.aliases]);
    const named: Named = { byIdentifier, holdings: byIdentifier ? holdings.body : new Map() };
    const own = await withThoseUnnamed(server, expected, named, aliases);
    if ('kind' in own) return own;
    const connected = await connectedTo(server, expected, own);
    if (connected !== undefined && 'kind' in connected) return connected;
    const isNamed = byIdentifier && !expected.dropsIdentifiers;
    all.push({ patients: found.patients, holdings: own, byIdentifier: isNamed, connected });
  }
  return { kind: 'accepted', status: 200, body: all };
}

interface Named {
  readonly byIdentifier: boolean;
  readonly holdings: Holdings;
}

const isRefusal = (answer: Answer<unknown>): boolean => answer.kind === 'refused' && answer.reason === 'status';

async function holdingsOf(server: FhirServer, courses: readonly Expected[]): Promise<Answer<Holdings>> {
  const impossible = new Set(courses.flatMap(({ notDeliverable }) => [...notDeliverable]));
  const [unlikely, named] = partition(courses.flatMap(allOf), ({ uuid }) => impossible.has(uuid));
  const answer = await byIdentifiers(server, named);
  if (answer.kind !== 'accepted' || unlikely.length === 0) return answer;
  // A target that cannot hold a type may not let it be searched for either.
  const more = await byIdentifiers(server, unlikely);
  if (isRefusal(more)) return answer;
  return more.kind === 'accepted' ? { ...answer, body: new Map([...answer.body, ...more.body]) } : more;
}

async function byIdentifiers(server: FhirServer, named: readonly MappedResource[]): Promise<Answer<Holdings>> {
  const answer = await findHoldings(server, named, 'value');
  return isRefusal(answer) ? findHoldings(server, named) : answer;
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): readonly [those: T[], others: T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** What should be there, and what should be no more, as things to look for. */
const allOf = ({ resources, retracted }: Expected): MappedResource[] => [
  ...resources,
  ...retracted.map(({ type, ...one }) => ({ ...one, resource: { resourceType: type } as Resource })),
];

/** What was not found by its identifier may have lost that alone: where it was put, it is looked for by id. */
async function withThoseUnnamed(
  server: FhirServer,
  expected: Expected,
  { byIdentifier, holdings: named }: Named,
  patients: readonly string[],
): Promise<Holdings | Failure> {
  const { key, serverIds, notDeliverable, resources } = expected;
  const searcher = searcherOf(server, patients);
  const lost = (byIdentifier ? resources : allOf(expected)).filter(({ uuid }) => !named.has(uuid));
  const holdings = new Map(named);
  for (const [type, ofType] of Map.groupBy(lost, ({ resource }) => resource.resourceType)) {
    const byId = new Map(ofType.flatMap(({ uuid }) => [uuid, serverIds.get(uuid) ?? uuid].map((id) => [id, uuid])));
    const answer = await findByIds(searcher, type, [...byId.keys()]);
    if (isRefusal(answer) && (byIdentifier || ofType.every(({ uuid }) => notDeliverable.has(uuid)))) continue;
    if (answer.kind !== 'accepted') return answer;
    for (const one of answer.body) {
      const [uuid, course] = [byId.get(one.id ?? ''), courseKeyOf({ ...one })];
      const isOurs = one.resourceType === type && course?.system === key.system && course.id === key.id;
      if (uuid !== undefined && isOurs) holdings.set(uuid, [one]);
    }
  }
  return holdings;
}

async function findByIds(
  searcher: Searcher,
  type: ResourceType,
  ids: readonly string[],
): Promise<Answer<readonly Resource[]>> {
  const found: Resource[] = [];
  for (const chunk of inChunks(ids)) {
    const answer = await searcher.byIds(type, chunk.split(','), [['_count', pageSize]]);
    if (answer.kind !== 'accepted') return answer;
    found.push(...answer.body);
  }
  return { kind: 'accepted', status: 200, body: found };
}

/** What the target connects with the course by references, as a reader of it would find it. */
async function connectedTo(
  server: FhirServer,
  expected: Expected,
  holdings: Holdings,
): Promise<readonly Resource[] | Failure | undefined> {
  const begun = allOf(expected).flatMap(({ uuid }) => holdings.get(uuid) ?? []);
  const summary = holdings.get(serverId('Observation', courseIdentifier(expected.key, 'summary')))?.[0];
  const start = summary ?? begun.find(({ resourceType }) => resourceType === 'Observation');
  if (start === undefined) return [];
  const answer = await completeCourse(server, start, begun);
  if (answer.kind === 'accepted') return answer.body.resources;
  return isRefusal(answer) ? undefined : answer;
}
