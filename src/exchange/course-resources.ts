import type { Resource, ResourceType } from '@medplum/fhirtypes';
import type { CourseKey } from '../course/identity.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { isCourseInError, isLeftOut } from '../mapping/retraction.ts';
import { coursePool } from './course-pool.ts';
import { courseReferencesIn } from './course-references.ts';
import { pageSize } from './holdings.ts';
import { searcherOf, type Searcher } from './narrow-search.ts';
import type { Answer, FhirServer, SearchParameters } from './ports.ts';
import { relativeReference, subjectOf } from './references.ts';
import { inChunks } from './search-values.ts';

/** The resources of one course as a target has them. */
export interface CourseResources {
  readonly resources: readonly Resource[];
  /** What they refer to as part of the course and the target does not have: `Type/id`. */
  readonly missing: readonly string[];
}

/** The one search that returns a whole course, from its summary on. */
const includes: SearchParameters = [
  ['_include', 'Observation:has-member'],
  ['_include:iterate', 'Observation:has-member'],
  ['_include:iterate', 'Observation:part-of'],
  ['_revinclude', 'QuestionnaireResponse:part-of'],
  ['_revinclude:iterate', 'Observation:derived-from'],
];

/**
 * What a search for course summaries finds, and what the server includes with them. A server that refuses includes is
 * asked without: they only save requests.
 */
export async function searchSummaries(
  server: Pick<FhirServer, 'search'>,
  summaries: SearchParameters,
): Promise<Answer<readonly Resource[]>> {
  const answer = await server.search('Observation', [...summaries, ...includes, ['_count', pageSize]]);
  if (answer.kind !== 'refused' || answer.reason !== 'status') return answer;
  return server.search('Observation', [...summaries, ['_count', pageSize]]);
}

/**
 * Completes what a search with includes began, until every resource of the course that is referred to was asked for.
 * Includes are cut without a word (HAPI near 1,000 resources), so what refers back is always asked for too.
 */
export async function completeCourse(
  server: FhirServer,
  summary: Resource,
  begun: readonly Resource[],
): Promise<Answer<CourseResources>> {
  const patient = relativeReference(subjectOf(summary).reference ?? '');
  const patients = patient === undefined ? [] : [patient];
  const searcher = searcherOf(server, patients);
  const course = courseKeyOf({ ...summary });
  const inError = isCourseInError({ ...summary });
  const found = new Map<string, Resource>();
  const asked = new Set<string>();
  const keep = (resources: readonly Resource[]): void => {
    for (const one of resources) if (one.id !== undefined) found.set(`${one.resourceType}/${one.id}`, one);
  };
  keep([summary, ...begun]);
  const openQuestions = (): Question[] => {
    const members = [...found].filter(
      ([, resource]) => isOfCourse(resource, course) && !isLeftOut({ ...resource }, inError),
    );
    return [...referredTo(members, found, asked), ...derivedFrom(members, asked)];
  };
  let questions: Question[] = [['QuestionnaireResponse', 'part-of', [`Observation/${summary.id ?? ''}`]]];
  let pooled = false;
  while (questions.length > 0) {
    const answer = await askAll(searcher, questions);
    if (answer.kind !== 'accepted') return answer;
    keep(answer.body);
    questions = openQuestions();
    if (questions.length > 0 || pooled || !searcher.isNarrow() || course === undefined) continue;
    // A score without a date is not found by what it is derived from.
    const pool = await coursePool(course, patients, searcher);
    if (pool.kind !== 'accepted') return pool;
    pooled = true;
    keep(pool.body);
    questions = openQuestions();
  }
  const missing = [...asked].filter((one) => !one.startsWith(derived) && !found.has(one));
  return { kind: 'accepted', status: 200, body: { resources: [...found.values()], missing } };
}

/** A search: the type, the parameter and its alternatives. */
type Question = readonly [type: ResourceType, name: string, values: readonly string[]];

/** What members refer to and nobody has asked for yet, a question a type. */
function referredTo(members: Members, found: ReadonlyMap<string, Resource>, asked: Set<string>): Question[] {
  const wanted = new Set(members.flatMap(([, resource]) => courseReferencesIn(resource)));
  const open = [...wanted].filter((one) => !found.has(one) && !asked.has(one));
  for (const one of open) asked.add(one);
  const byType = Map.groupBy(open, (one) => one.slice(0, one.indexOf('/')));
  return [...byType].map(([type, ofType]) => [
    type as ResourceType,
    '_id',
    ofType.map((one) => one.slice(type.length + 1)),
  ]);
}

/**
 * What is derived from members and nobody has asked for yet, the scores of responses and the evaluations of scores: a
 * response does not name its scores, they name it.
 */
function derivedFrom(members: Members, asked: Set<string>): Question[] {
  const open = members.filter(([key, resource]) => isSource(resource) && !asked.has(derived + key)).map(([key]) => key);
  for (const key of open) asked.add(derived + key);
  return open.length === 0 ? [] : [['Observation', 'derived-from', open]];
}

const isSource = (resource: Resource): boolean =>
  resource.resourceType === 'QuestionnaireResponse' ||
  (resource.resourceType === 'Observation' && resource.derivedFrom !== undefined);

const derived = 'derived-from ';

type Members = readonly (readonly [key: string, resource: Resource])[];

/** Whether a resource names the same course. References of others are not followed: they may lead anywhere. */
function isOfCourse(resource: Resource, course: CourseKey | undefined): boolean {
  const own = courseKeyOf({ ...resource });
  return own !== undefined && course !== undefined && own.system === course.system && own.id === course.id;
}

async function askAll(searcher: Searcher, questions: readonly Question[]): Promise<Answer<readonly Resource[]>> {
  const found: Resource[] = [];
  for (const [type, name, values] of questions) {
    for (const chunk of inChunks(values)) {
      const answer =
        name === '_id'
          ? await searcher.byIds(type, chunk.split(','), count)
          : await searcher.search(type, [[name, chunk], ...count]);
      if (answer.kind !== 'accepted') return answer;
      found.push(...answer.body);
    }
  }
  return { kind: 'accepted', status: 200, body: found };
}

const count: SearchParameters = [['_count', pageSize]];
