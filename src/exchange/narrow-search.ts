import type { Resource, ResourceType } from '@medplum/fhirtypes';
import { elementIn, textIn, type Elements } from '../mapping/elements.ts';
import type { Answer, FhirServer, SearchParameters } from './ports.ts';

/**
 * Some targets search Observations of one patient alone, between two dates (Oracle Health). What was refused is asked
 * for in that way; an Observation without a date is then found by what refers to it, or not at all.
 */
export interface Searcher {
  search(type: ResourceType, parameters: SearchParameters): Promise<Answer<readonly Resource[]>>;
  /** The resources of a type with one of these ids. One that is not there is left out. */
  byIds(type: ResourceType, ids: readonly string[], parameters: SearchParameters): Promise<Answer<readonly Resource[]>>;
  /** Whether it was found out that the target searches in the narrow way alone. */
  isNarrow(): boolean;
  /** Whether a search does not find a resource, since it has no date. */
  misses(resource: Resource): boolean;
}

/** Searches a server in the way that it allows. `patients` are references to the one patient, under all of their ids. */
export function searcherOf(server: FhirServer, patients: readonly string[]): Searcher {
  let narrow = false;
  let listed: ReadonlyMap<string | undefined, Resource> | undefined;
  const canBeNarrow = (type: ResourceType): boolean => type === 'Observation' && patients.length > 0;
  const searchNarrowly = async (parameters: SearchParameters): Promise<Answer<readonly Resource[]>> => {
    // What a search says itself is not said twice: with two ranges of dates HAPI found less than with the narrower one.
    const lacks = ([name]: SearchParameters[number]): boolean => parameters.every(([given]) => given !== name);
    const ofPatient: SearchParameters = [['patient', patients.join(',')], ...anyDate];
    const answer = await server.search('Observation', [...ofPatient.filter(lacks), ...parameters]);
    narrow ||= answer.kind === 'accepted';
    return answer;
  };
  return {
    search: async (type, parameters) => {
      if (!narrow || !canBeNarrow(type)) {
        const answer = await server.search(type, parameters);
        if (!wasRefused(answer) || !canBeNarrow(type)) return answer;
      }
      return searchNarrowly(parameters);
    },
    byIds: async (type, ids, parameters) => {
      if (!narrow || !canBeNarrow(type)) {
        const answer = await server.search(type, [['_id', ids.join(',')], ...parameters]);
        if (!wasRefused(answer)) return answer;
      }
      if (canBeNarrow(type) && ids.length > few && listed === undefined) {
        const answer = await searchNarrowly(parameters);
        if (answer.kind === 'accepted') listed = new Map(answer.body.map((one) => [one.id, one]));
        else if (!wasRefused(answer)) return answer;
      }
      const known = ids.flatMap((id) => (type === 'Observation' && listed?.get(id)) || []);
      const open = ids.filter((id) => known.every((one) => one.id !== id));
      const read = await readAll(server, type, open);
      return read.kind === 'accepted' ? { ...read, body: [...known, ...read.body] } : read;
    },
    isNarrow: () => narrow,
    misses: (resource) => narrow && canBeNarrow(resource.resourceType) && timeOf(resource) === undefined,
  };
}

/** The text of the time that a search by date goes by. */
export function timeOf(resource: Resource): string | undefined {
  const elements = resource as unknown as Elements;
  const period = elementIn(elements, 'effectivePeriod');
  return textIn(elements, 'effectiveDateTime') ?? textIn(period, 'start') ?? textIn(period, 'end');
}

const wasRefused = (answer: Answer<unknown>): boolean => answer.kind === 'refused' && answer.reason === 'status';

/** As many are read one by one; for more, all that the patient has is asked for at once. */
const few = 5;

/** Every date that a record can have. */
const anyDate: SearchParameters = [
  ['date', 'ge1900-01-01'],
  ['date', 'lt2200-01-01'],
];

async function readAll(
  server: FhirServer,
  type: ResourceType,
  ids: readonly string[],
): Promise<Answer<readonly Resource[]>> {
  const found: Resource[] = [];
  for (const id of ids) {
    const answer = await server.read(type, id);
    if (answer.kind === 'accepted') found.push(answer.body);
    else if (answer.kind !== 'refused' || (answer.status !== 404 && answer.status !== 410)) return answer;
  }
  return { kind: 'accepted', status: 200, body: found };
}
