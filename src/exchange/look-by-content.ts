import type { Resource } from '@medplum/fhirtypes';
import type { CourseKey } from '../course/identity.ts';
import { earliest, latest } from '../course/time.ts';
import { writeJson } from '../json/json.ts';
import { elementIn, elementsIn, textIn, type Elements } from '../mapping/elements.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { sameContent } from '../mapping/residue.ts';
import { withoutNames } from '../mapping/unnamed.ts';
import { withReferences, type Whereabouts } from './changes.ts';
import { coursePool } from './course-pool.ts';
import { pageSize } from './holdings.ts';
import { timeOf, type Searcher } from './narrow-search.ts';
import type { Failure, SearchParameters } from './ports.ts';
import { identifiersOf, relativeReference } from './references.ts';

/** What a search by content found of one resource. `not-searchable`: the target does not search so. */
export type Sighting = Resource | 'none' | 'several' | 'not-searchable';

export interface Seeking {
  readonly course: CourseKey;
  /** `Patient/id`, under all ids of the patient. */
  readonly patients: readonly string[];
  readonly whereabouts: Whereabouts;
  readonly searcher: Searcher;
}

export interface Looked {
  /** By UUID. */
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** Whether the target has resources of the course that carry no identifier. */
  readonly nameless: boolean;
}

/**
 * Looks for resources where their identifiers tell nothing: by patient, code and time, and then by all that they say.
 * What is known to be another resource of the course does not count. `some` come in the order of their references.
 */
export async function lookByContent(
  some: readonly MappedResource[],
  { course, patients, whereabouts, searcher }: Seeking,
): Promise<Failure | Looked> {
  const held = new Map(whereabouts.held);
  const taken = new Set([...held].map(([uuid, { id }]) => `${whereabouts.types.get(uuid) ?? ''}/${id}`));
  const answers = new Map<string, readonly Resource[] | 'not-searchable'>();
  const sightings = new Map<string, Sighting>();
  let pool: readonly Resource[] | undefined;
  for (const [index, one] of some.entries()) {
    const question = questionFor(one.resource, patients);
    const key = writeJson([one.resource.resourceType, question]);
    let alike = answers.get(key);
    if (alike === undefined) {
      const answer = await searcher.search(one.resource.resourceType, question);
      if (answer.kind === 'accepted') alike = answer.body.filter((other) => isOfCourse(other, course));
      else if (answer.kind === 'refused' && answer.reason === 'status') alike = 'not-searchable';
      else return answer;
      answers.set(key, alike);
    }
    const missed = searcher.misses(one.resource);
    if (missed && pool === undefined) {
      const answer = await coursePool(course, patients, searcher);
      if (answer.kind !== 'accepted') return answer;
      pool = answer.body;
    }
    const candidates = missed ? (pool ?? []) : alike;
    const sighting = sightingOf(one, candidates, taken, some.slice(index), { ...whereabouts, held });
    sightings.set(one.uuid, missed && sighting === 'none' ? 'not-searchable' : sighting);
    if (typeof sighting !== 'string' && sighting.id !== undefined) {
      held.set(one.uuid, { id: sighting.id });
      taken.add(nameOf(sighting));
    }
  }
  const others = [...answers.values()].flatMap((alike) => (typeof alike === 'string' ? [] : alike));
  return { sightings, nameless: others.some((one) => identifiersOf(one).length === 0) };
}

function sightingOf(
  { resource }: MappedResource,
  candidates: readonly Resource[] | 'not-searchable',
  taken: ReadonlySet<string>,
  open: readonly MappedResource[],
  whereabouts: Whereabouts,
): Sighting {
  if (candidates === 'not-searchable') return candidates;
  const expected = expectedOf(resource, whereabouts);
  const same = candidates.filter(
    (one) => !taken.has(nameOf(one)) && sameContent(expected, withoutNames(one), relativeReference),
  );
  if (same.length < 2) return same[0] ?? 'none';
  // Two that say the same may both be looked for: then it does not matter which is which.
  const text = writeJson(expected);
  const twins = open.filter((one) => writeJson(expectedOf(one.resource, whereabouts)) === text).length;
  return same.length > twins ? 'several' : (same[0] ?? 'none');
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id ?? ''}`;

const expectedOf = (resource: Resource, whereabouts: Whereabouts): Resource =>
  withoutNames(withReferences(resource, whereabouts));

function isOfCourse(resource: Resource, course: CourseKey): boolean {
  const own = courseKeyOf({ ...resource });
  return own?.system === course.system && own.id === course.id;
}

/** The search for resources like one: R4 searches a response by its patient, and a dose by another name of its time. */
function questionFor(resource: Resource, patients: readonly string[]): SearchParameters {
  const elements = resource as unknown as Elements;
  const ofPatient: SearchParameters = [
    ['patient', patients.join(',')],
    ['_count', pageSize],
  ];
  if (resource.resourceType === 'QuestionnaireResponse') return ofPatient;
  const isDose = resource.resourceType === 'MedicationAdministration';
  const concept = elementIn(elements, isDose ? 'medicationCodeableConcept' : 'code');
  const coding = elementsIn(concept, 'coding').at(-1);
  const token = `${textIn(coding, 'system') ?? ''}|${textIn(coding, 'code') ?? ''}`;
  return [...ofPatient, ['code', token], ...rangeAround(timeOf(resource), isDose ? 'effective-time' : 'date')];
}

const day = 86_400_000;

/** The days around the time of a resource: servers differ in how they take an offset. */
function rangeAround(time: string | undefined, name: string): SearchParameters {
  if (time === undefined) return [];
  const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  return [
    [name, `ge${dayOf(earliest(time, undefined) - day)}`],
    [name, `le${dayOf(latest(time, undefined) + day)}`],
  ];
}
