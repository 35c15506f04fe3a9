import type { Resource, ResourceType } from '@medplum/fhirtypes';
import { courseIdentifier, serverId } from '../course/identity.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { completeCourse } from './course-resources.ts';
import { findHoldings, pageSize, type Holdings } from './holdings.ts';
import { findPatients } from './patient.ts';
import type { Answer, Failure, FhirServer } from './ports.ts';
import { inChunks } from './search-values.ts';
import type { Held } from './verify-compare.ts';
import type { Expected } from './verify-expected.ts';

/** Looks up what a target holds of some courses, by the identifiers of all of them together. */
export async function lookAt(server: FhirServer, courses: readonly Expected[]): Promise<Answer<readonly Held[]>> {
  const [holdings, patients] = await Promise.all([
    holdingsOf(server, courses),
    Promise.all(courses.map(({ patient }) => findPatients(server, patient))),
  ]);
  if (holdings.kind !== 'accepted') return holdings;
  const all: Held[] = [];
  for (const [index, expected] of courses.entries()) {
    const found = patients[index];
    if (found?.kind !== 'found') return found?.failure ?? { kind: 'unavailable' };
    const own = await withThoseUnnamed(server, expected, holdings.body);
    if (own.kind !== 'accepted') return own;
    const connected = await connectedTo(server, expected, own.body);
    if (connected !== undefined && 'kind' in connected) return connected;
    all.push({ patients: found.patients, holdings: own.body, connected });
  }
  return { kind: 'accepted', status: 200, body: all };
}

async function holdingsOf(server: FhirServer, courses: readonly Expected[]): Promise<Answer<Holdings>> {
  const named = courses.flatMap(({ resources, retracted }) => {
    const back = retracted.map(({ type, ...one }) => ({ ...one, resource: { resourceType: type } as Resource }));
    return [...resources, ...back];
  });
  const impossible = new Set(courses.flatMap(({ notDeliverable }) => [...notDeliverable]));
  const isPossible = ({ uuid }: MappedResource): boolean => !impossible.has(uuid);
  const answer = await findHoldings(server, named.filter(isPossible));
  if (answer.kind !== 'accepted' || impossible.size === 0) return answer;
  // A target that cannot hold a type may not let it be searched for either.
  const more = await findHoldings(
    server,
    named.filter((one) => !isPossible(one)),
  );
  if (more.kind === 'refused' && more.reason === 'status') return answer;
  return more.kind === 'accepted' ? { ...answer, body: new Map([...answer.body, ...more.body]) } : more;
}

/** What was not found by its identifier may have lost that alone: where it was put, it is looked for by id. */
async function withThoseUnnamed(
  server: FhirServer,
  { key, resources, serverIds }: Expected,
  all: Holdings,
): Promise<Answer<Holdings>> {
  const lost = resources.filter(({ uuid }) => !all.has(uuid));
  const holdings = new Map(all);
  for (const [type, ofType] of Map.groupBy(lost, ({ resource }) => resource.resourceType)) {
    const byId = new Map(ofType.flatMap(({ uuid }) => [uuid, serverIds.get(uuid) ?? uuid].map((id) => [id, uuid])));
    const answer = await findByIds(server, type, [...byId.keys()]);
    if (answer.kind === 'refused' && answer.reason === 'status') continue;
    if (answer.kind !== 'accepted') return answer;
    for (const one of answer.body) {
      const [uuid, course] = [byId.get(one.id ?? ''), courseKeyOf({ ...one })];
      const isOurs = one.resourceType === type && course?.system === key.system && course.id === key.id;
      if (uuid !== undefined && isOurs) holdings.set(uuid, [one]);
    }
  }
  return { kind: 'accepted', status: 200, body: holdings };
}

async function findByIds(
  server: FhirServer,
  type: ResourceType,
  ids: readonly string[],
): Promise<Answer<readonly Resource[]>> {
  const found: Resource[] = [];
  for (const chunk of inChunks(ids)) {
    const answer = await server.search(type, [
      ['_id', chunk],
      ['_count', pageSize],
    ]);
    if (answer.kind !== 'accepted') return answer;
    found.push(...answer.body);
  }
  return { kind: 'accepted', status: 200, body: found };
}

/** What the target connects with the course by references, as a reader of it would find it. */
async function connectedTo(
  server: FhirServer,
  { key, resources, retracted }: Expected,
  holdings: Holdings,
): Promise<readonly Resource[] | Failure | undefined> {
  const begun = [...resources, ...retracted].flatMap(({ uuid }) => holdings.get(uuid) ?? []);
  const summary = holdings.get(serverId('Observation', courseIdentifier(key, 'summary')))?.[0];
  const start = summary ?? begun.find(({ resourceType }) => resourceType === 'Observation');
  if (start === undefined) return [];
  const answer = await completeCourse(server, start, begun);
  if (answer.kind === 'accepted') return answer.body.resources;
  return answer.kind === 'refused' && answer.reason === 'status' ? undefined : answer;
}
