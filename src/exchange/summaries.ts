import type { Resource } from '@medplum/fhirtypes';
import { courseIdentifier, type Identifier } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import { ownCoding } from '../mapping/codings.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { identifierToken } from '../mapping/search-token.ts';
import type { Issue } from '../outcome/issue.ts';
import { searchSummaries } from './course-resources.ts';
import { pageSize } from './holdings.ts';
import { failureIssues } from './issues.ts';
import { findPatients, isAbout, type KnownPatient } from './patient.ts';
import type { FhirServer, SearchParameters } from './ports.ts';
import { identifiersOf, keyOf, sameIdentifier, subjectOf } from './references.ts';
import { rawIdentifierToken } from './search-values.ts';

/** Which courses to pull: one (`value` is its id), a patient's, or every one that the target has. */
export type Selection = { readonly course: Identifier } | { readonly patient: Identifier } | 'all';

/** The summaries that a target has of one course: one, unless something went wrong there. */
export interface CourseSummaries {
  readonly summaries: readonly [Resource, ...Resource[]];
  /** What the search that found it brought along. */
  readonly begun?: readonly Resource[];
}

export type FoundSummaries =
  | { readonly kind: 'found'; readonly courses: readonly CourseSummaries[] }
  | { readonly kind: 'failed'; readonly course?: Identifier; readonly issues: readonly Issue[] };

/** Finds the summaries of the courses that are selected. */
export async function findSummaries(server: FhirServer, selection: Selection): Promise<FoundSummaries> {
  if (selection === 'all') return ofAll(server);
  return 'course' in selection ? ofCourse(server, selection.course) : ofPatient(server, selection.patient);
}

const { system, code } = ownCoding('observation', 'course-summary');
const allSummaries: SearchParameters = [
  ['code', `${system ?? ''}|${code ?? ''}`],
  ['_count', pageSize],
];

async function ofCourse(server: FhirServer, course: Identifier): Promise<FoundSummaries> {
  const identifier = courseIdentifier({ system: course.system, id: course.value }, 'summary');
  for (const token of [identifierToken(identifier), rawIdentifierToken(identifier)]) {
    if (token === undefined) continue;
    const answer = await searchSummaries(server, [['identifier', token]]);
    if (answer.kind !== 'accepted') return { kind: 'failed', course, issues: failureIssues(answer) };
    const [first, ...others] = answer.body.filter((one) =>
      identifiersOf(one).some((own) => sameIdentifier(own, identifier)),
    );
    if (first !== undefined) {
      return { kind: 'found', courses: [{ summaries: [first, ...others], begun: answer.body }] };
    }
  }
  return { kind: 'failed', course, issues: [{ code: 'course-unknown', at: root }] };
}

async function ofAll(server: FhirServer): Promise<FoundSummaries> {
  const answer = await server.search('Observation', allSummaries);
  return answer.kind === 'accepted' ? found(answer.body) : { kind: 'failed', issues: failureIssues(answer) };
}

async function ofPatient(server: FhirServer, identifier: Identifier): Promise<FoundSummaries> {
  const at = field(root, 'patient');
  const answer = await findPatients(server, identifier);
  if (answer.kind === 'failed') return { kind: 'failed', issues: failureIssues(answer.failure, at) };
  const { patients } = answer;
  const references = patients.flatMap(({ aliases }) => [...aliases]);
  const summaries: Resource[] = [];
  if (references.length > 0) {
    const literal = await server.search('Observation', [['patient', references.join(',')], ...allSummaries]);
    if (literal.kind !== 'accepted') return { kind: 'failed', issues: failureIssues(literal, at) };
    summaries.push(...literal.body);
  }
  // A course whose patient the target never knew has a logical subject. HAPI cannot search those and refuses.
  const token = identifierToken(identifier);
  const logical = await server.search('Observation', [['patient:identifier', token], ...allSummaries]);
  if (logical.kind === 'accepted') summaries.push(...logical.body);
  const own = summaries.filter((one) => isAboutOneOf(one, patients, identifier));
  const issue = patients.length === 0 ? 'patient-unknown' : 'course-unknown';
  return own.length === 0 ? { kind: 'failed', issues: [{ code: issue, at }] } : found(own);
}

function isAboutOneOf(summary: Resource, patients: readonly KnownPatient[], identifier: Identifier): boolean {
  const subject = subjectOf(summary);
  if (subject.reference === undefined && subject.identifier === undefined) return false;
  return [undefined, ...patients].some((patient) => isAbout(subject, patient, identifier));
}

/** Groups summaries by the course that they name. What a server found without being asked for it is left out. */
function found(resources: readonly Resource[]): FoundSummaries {
  const distinct = new Map(resources.filter(isSummary).map((one) => [one.id, one]));
  const byCourse = Map.groupBy(distinct.values(), (one) => {
    const key = courseKeyOf({ ...one });
    return key === undefined ? (one.id ?? '') : keyOf({ system: key.system, value: key.id });
  });
  const courses = [...byCourse.values()].flatMap(([first, ...others]): CourseSummaries[] =>
    first === undefined ? [] : [{ summaries: [first, ...others] }],
  );
  return { kind: 'found', courses };
}

function isSummary(resource: Resource): boolean {
  if (resource.resourceType !== 'Observation') return false;
  return resource.code?.coding?.some((coding) => coding.system === system && coding.code === code) === true;
}
