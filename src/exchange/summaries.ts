import type { Resource } from '@medplum/fhirtypes';
import { courseIdentifier, type Identifier } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import { ownCoding } from '../mapping/codings.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { identifierToken } from '../mapping/search-token.ts';
import type { Issue } from '../outcome/issue.ts';
import { courseReferencesIn } from './course-references.ts';
import { searchSummaries } from './course-resources.ts';
import { pageSize } from './holdings.ts';
import { failureIssues } from './issues.ts';
import { findPatients, isAbout, type KnownPatient } from './patient.ts';
import { searcherOf } from './narrow-search.ts';
import type { Answer, FhirServer, SearchParameters } from './ports.ts';
import { identifiersOf, keyOf, sameIdentifier, subjectOf } from './references.ts';
import { rawIdentifierToken } from './search-values.ts';

/**
 * Which courses to pull: one (`value` is its id), a patient's, or every one that the target has. With its patient a
 * course is also found where the target keeps or searches no identifiers.
 */
export type Selection =
  { readonly course: Identifier; readonly patient?: Identifier } | { readonly patient: Identifier } | 'all';

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
  if (!('course' in selection)) return ofPatient(server, selection.patient);
  const { course, patient } = selection;
  const own = await ofCourse(server, course);
  return own.kind === 'found' || patient === undefined || own.ends === true
    ? own
    : ofPatientsCourse(server, course, patient);
}

const { system, code } = ownCoding('observation', 'course-summary');
const allSummaries: SearchParameters = [
  ['code', `${system ?? ''}|${code ?? ''}`],
  ['_count', pageSize],
];

/** `ends`: it is no use to search in another way. */
async function ofCourse(server: FhirServer, course: Identifier): Promise<FoundSummaries & { readonly ends?: boolean }> {
  let issues: readonly Issue[] = [{ code: 'course-unknown', at: root }];
  const identifier = courseIdentifier({ system: course.system, id: course.value }, 'summary');
  for (const token of [identifierToken(identifier), rawIdentifierToken(identifier)]) {
    if (token === undefined) continue;
    const answer = await searchSummaries(server, [['identifier', token]]);
    if (answer.kind !== 'accepted') {
      issues = failureIssues(answer);
      if (answer.kind !== 'refused' || answer.reason !== 'status')
        return { kind: 'failed', course, issues, ends: true };
      continue;
    }
    const [first, ...others] = answer.body.filter((one) =>
      identifiersOf(one).some((own) => sameIdentifier(own, identifier)),
    );
    if (first !== undefined) {
      return { kind: 'found', courses: [{ summaries: [first, ...others], begun: answer.body }] };
    }
  }
  return { kind: 'failed', course, issues };
}

/** One course among its patient's: each says which it is. */
async function ofPatientsCourse(server: FhirServer, course: Identifier, patient: Identifier): Promise<FoundSummaries> {
  const all = await ofPatient(server, patient);
  if (all.kind === 'failed') return { ...all, course };
  const courses = all.courses.filter(({ summaries: [summary] }) => {
    const key = courseKeyOf({ ...summary });
    return key !== undefined && sameIdentifier({ system: key.system, value: key.id }, course);
  });
  if (courses.length > 0) return { kind: 'found', courses };
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
    const literal = await summariesOf(server, references);
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

/** The summaries of a patient. Where one must be asked for by date, one without is found by the responses of its course. */
async function summariesOf(server: FhirServer, patients: readonly string[]): Promise<Answer<readonly Resource[]>> {
  const patient = patients.join(',');
  const answer = await server.search('Observation', [['patient', patient], ...allSummaries]);
  if (answer.kind !== 'refused' || answer.reason !== 'status') return answer;
  const searcher = searcherOf(server, patients);
  const dated = await searcher.search('Observation', allSummaries);
  if (dated.kind !== 'accepted') return dated;
  const responses = await server.search('QuestionnaireResponse', [
    ['patient', patient],
    ['_count', pageSize],
  ]);
  if (responses.kind !== 'accepted') return responses;
  const known = new Set(dated.body.map(({ id }) => `Observation/${id ?? ''}`));
  const parts = new Set(responses.body.flatMap((one) => ('partOf' in one ? courseReferencesIn(one) : [])));
  const others = [...parts.difference(known)].filter((one) => one.startsWith('Observation/'));
  const undated = await searcher.byIds(
    'Observation',
    others.map((one) => one.slice(12)),
    [],
  );
  return undated.kind === 'accepted' ? { ...undated, body: [...dated.body, ...undated.body] } : undated;
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
