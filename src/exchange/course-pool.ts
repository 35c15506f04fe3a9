import type { Resource, ResourceType } from '@medplum/fhirtypes';
import type { CourseKey } from '../course/identity.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { courseReferencesIn } from './course-references.ts';
import { pageSize } from './holdings.ts';
import type { Searcher } from './narrow-search.ts';
import type { Answer, SearchParameters } from './ports.ts';
import { inChunks } from './search-values.ts';

/**
 * All that a target has of a course, where it searches Observations by date alone: what has none is found by what it is
 * derived from or part of, or by what refers to it.
 */
export async function coursePool(
  course: CourseKey,
  patients: readonly string[],
  searcher: Searcher,
): Promise<Answer<readonly Resource[]>> {
  const found = new Map<string, Resource>();
  const keep = (resources: readonly Resource[]): void => {
    for (const one of resources) {
      const own = courseKeyOf({ ...one });
      if (own?.system === course.system && own.id === course.id) found.set(`${one.resourceType}/${one.id ?? ''}`, one);
    }
  };
  for (const [type, brought] of searches) {
    const parameters: SearchParameters = [['patient', patients.join(',')], ...count];
    const answer = await withIncludes(type, parameters, brought, searcher);
    if (answer.kind === 'accepted') keep(answer.body);
    else if (answer.kind !== 'refused' || answer.reason !== 'status') return answer;
  }
  const asked = new Set<string>();
  for (;;) {
    const open = [...found.values()]
      .flatMap(courseReferencesIn)
      .filter((reference) => !found.has(reference) && !asked.has(reference));
    if (open.length === 0) return { kind: 'accepted', status: 200, body: [...found.values()] };
    for (const reference of open) asked.add(reference);
    for (const [type, ofType] of Map.groupBy(new Set(open), (one) => one.slice(0, one.indexOf('/')) as ResourceType)) {
      const ids = ofType.map((one) => one.slice(type.length + 1));
      for (const chunk of inChunks(ids)) {
        const answer = await searcher.byIds(type, chunk.split(','), count);
        if (answer.kind !== 'accepted') return answer;
        keep(answer.body);
      }
    }
  }
}

const count: SearchParameters = [['_count', pageSize]];

/** Each type, and what comes along with it. */
const searches: readonly (readonly [ResourceType, SearchParameters])[] = [
  ['Observation', []],
  ['MedicationAdministration', [['_revinclude', 'Observation:part-of']]],
  [
    'QuestionnaireResponse',
    [
      ['_revinclude', 'Observation:derived-from'],
      ['_revinclude:iterate', 'Observation:derived-from'],
    ],
  ],
];

async function withIncludes(
  type: ResourceType,
  parameters: SearchParameters,
  includes: SearchParameters,
  searcher: Searcher,
): Promise<Answer<readonly Resource[]>> {
  const answer = await searcher.search(type, [...parameters, ...includes]);
  if (includes.length === 0 || answer.kind !== 'refused' || answer.reason !== 'status') return answer;
  return searcher.search(type, parameters);
}
