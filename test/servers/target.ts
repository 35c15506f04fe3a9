import type { Bundle, Resource, ResourceType } from '@medplum/fhirtypes';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { pullCourses, type PulledCourse, type Selection } from '../../src/exchange/pull.ts';
import { pushCourse, type Receipt } from '../../src/exchange/push.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { parseJson, writeJson } from '../../src/json/json.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';

const ourTypes = ['Patient', 'Observation', 'MedicationAdministration', 'QuestionnaireResponse'] as const;

/** A client of its own for each task: what one learns of a server helps no other. */
const clients = (): ((base: string) => FhirServer) => {
  const known = new Map<string, FhirServer>();
  return (base) => {
    const client = known.get(base) ?? fhirServer({ base, authentication: { kind: 'none' } });
    known.set(base, client);
    return client;
  };
};
const pusher = clients();
const puller = clients();
const looker = clients();

export const push = (base: string, course: TreatmentCourse, patients: PatientPolicy = 'create'): Promise<Receipt> =>
  pushCourse(course, { server: pusher(base), definitions, patients });

export const pull = (base: string, selection: Selection): Promise<PulledCourse[]> =>
  Array.fromAsync(pullCourses(puller(base), selection, definitions));

export const selectionOf = ({ system, id }: TreatmentCourse): Selection => ({ course: { system, value: id } });

/** Runs a task over all, a few at a time. */
export async function forAll<T, R>(all: readonly T[], task: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = all.entries();
  const work = async (): Promise<void> => {
    for (const [index, one] of queue) results[index] = await task(one);
  };
  await Promise.all([work(), work(), work()]);
  return results;
}

/** Every resource of our types on the server, by `Type/id`. */
export async function everythingOn(base: string): Promise<Map<string, Resource>> {
  const all = await Promise.all(ourTypes.map((type) => search(base, type, [['_count', '200']])));
  return new Map(all.flat().map((one) => [`${one.resourceType}/${one.id ?? ''}`, one]));
}

export async function search(
  base: string,
  type: ResourceType,
  parameters: readonly (readonly [string, string])[],
): Promise<readonly Resource[]> {
  const answer = await looker(base).search(type, parameters);
  if (answer.kind !== 'accepted') throw new Error(`a search of ${type} was answered ${JSON.stringify(answer)}`);
  return answer.body;
}

/** What has another version in `after`, or was not there `before`. */
export function newVersions(before: ReadonlyMap<string, Resource>, after: ReadonlyMap<string, Resource>): string[] {
  const changed = [...after].filter(([key, one]) => before.get(key)?.meta?.versionId !== one.meta?.versionId);
  return changed.map(([key]) => key).toSorted();
}

export async function plainly(method: 'PUT' | 'DELETE', url: string, resource?: Resource): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/fhir+json' },
    ...(resource !== undefined && { body: writeJson(resource) }),
  });
  if (!response.ok) throw new Error(`${method} answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** Fills a server with what `map --patients create` prints, by plain PUTs in reference order, without us. */
export async function fillPlainly(base: string, course: TreatmentCourse): Promise<void> {
  const bundle = bundleOf(mapCourse(course, definitions), 'create');
  const types = new Map(bundle.entry?.map(({ fullUrl = '', resource }) => [fullUrl, resource?.resourceType ?? '']));
  const literal = writeJson(bundle).replaceAll(
    /urn:uuid:([0-9a-f-]{36})/g,
    (urn, id: string) => `${types.get(urn) ?? ''}/${id}`,
  );
  const parsed = parseJson(literal);
  if (!parsed.ok) throw new Error('the Bundle is no longer JSON');
  for (const { fullUrl = '', resource } of (parsed.value as unknown as Bundle).entry ?? []) {
    if (resource === undefined) continue;
    await plainly('PUT', `${base}/${fullUrl}`, { ...resource, id: fullUrl.slice(fullUrl.indexOf('/') + 1) });
  }
}
