import type { CourseVerification } from '../exchange/verify-store.ts';
import { waitsForPerson } from '../exchange/verify-store.ts';
import type { DifferenceKind, Finding, NoteKind } from '../exchange/verify-findings.ts';
import { sentenceOf } from '../outcome/issue.ts';
import { idWidth, lineOf } from './columns.ts';

// A verification as lines of a table: the course, and below it what differs.

const shortTarget = 8;
const heads = ['course', 'target', 'resources', 'missing', 'changed', 'extra', 'duplicate', 'notes'];
const widths = [idWidth, shortTarget, ...heads.slice(2).map(({ length }) => length)];

export const tableHead = lineOf(heads, widths);

/** The row of a course, and a line for each resource that is not as it was delivered. */
export function linesOf(verification: CourseVerification, target: string): string[] {
  const start = [verification.courseId, target.slice(0, shortTarget)];
  if (verification.kind !== 'compared') {
    const issues = verification.kind === 'failed' ? verification.issues.map((issue) => `  ${sentenceOf(issue)}`) : [];
    const why = verification.kind === 'failed' ? 'not compared' : `nothing delivered yet, ${newestText(verification)}`;
    return [lineOf([...start, '-', '-', '-', '-', '-', why], widths), ...issues];
  }
  const { resources, differences } = verification.comparison;
  const count = (...kinds: readonly DifferenceKind[]): string =>
    String(differences.filter(({ kind }) => kinds.includes(kind)).length);
  const cells = [count('missing'), count('changed'), count('extra', 'in-force-again'), count('duplicate')];
  const row = lineOf([...start, String(resources), ...cells, notesText(verification)], widths);
  return [row, ...differences.flatMap(findingLines)];
}

function findingLines({ kind, type, at, places, elements = [] }: Finding): string[] {
  const where = places.length === 0 ? type : places.join(', ');
  const line = `  ${kind}  ${at}${at === where ? '' : `  ${where}`}`;
  return [line, ...elements.map(({ code, at: element }) => `    ${element}: ${words[code] ?? code}`)];
}

const words: Readonly<Record<string, string>> = {
  'changed-element': 'says something else',
  'missing-element': 'is gone',
  'unclaimed-element': 'was added',
};

/** What is said beside the counts, in a few words. */
function notesText(verification: CourseVerification & { readonly kind: 'compared' }): string {
  const { differences, notes, notSought } = verification.comparison;
  const again = differences.filter(({ kind }) => kind === 'in-force-again').length;
  const counts = [...Map.groupBy(notes, ({ kind }) => kind)].map(([kind, some]) => `${some.length} ${noteWords[kind]}`);
  return [
    ...(verification.newest === 'delivered' ? [] : [newestText(verification)]),
    ...(again > 0 ? [`${again} taken back and in force again`] : []),
    ...counts,
    ...notSought.map((kind) => `${kind} could not be searched for`),
  ].join('; ');
}

const noteWords: Readonly<Record<NoteKind, string>> = {
  'not-deliverable': 'that the target cannot hold',
  unnamed: 'without their identifier',
  digits: 'with other digits',
  'other-mapping': 'as another release wrote them',
  'earlier-version': 'as an earlier version said',
};

function newestText({ newest }: Pick<CourseVerification, 'newest'>): string {
  if (newest === 'in-part') return 'delivered in part';
  if (newest === 'none') return 'never addressed to this target';
  return waitsForPerson(newest) ? `the newest version is ${newest}` : `the newest version is ${newest} still`;
}

/** The same as one JSON object. */
export function verificationJson(verification: CourseVerification, target: string): object {
  const { courseId: course, newest, moving } = verification;
  const start = { course, target };
  if (verification.kind === 'not-told') return { ...start, state: 'not-delivered', newest, moving };
  if (verification.kind === 'failed') {
    return { ...start, state: 'not-compared', newest, moving, issues: verification.issues };
  }
  const { resources, differences, notes, notSought } = verification.comparison;
  return {
    ...start,
    state: differences.length === 0 ? 'as-delivered' : 'different',
    newest,
    moving,
    version: verification.versionSeq,
    resources,
    differences,
    notes,
    notSought,
  };
}
