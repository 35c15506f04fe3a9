import { root } from '../course/path.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Coverage } from './coverage.ts';
import { failureIssues } from './issues.ts';
import { knowledgeFrom } from './knowledge.ts';
import type { Answer, FhirServer } from './ports.ts';
import type { Store } from './store.ts';
import { compareHeld, type Held } from './verify-compare.ts';
import { expectedAfter, type Expected } from './verify-expected.ts';
import type { Comparison } from './verify-findings.ts';
import { lookAt } from './verify-look.ts';
import { standingsOf, type CourseStanding } from './verify-standing.ts';

/** Whether a target holds a course as it was told, and what still waits for it. */
export type CourseVerification = Pick<CourseStanding, 'courseId' | 'newest' | 'delivery' | 'moving'> &
  (
    | { readonly kind: 'compared'; readonly versionSeq: number; readonly comparison: Comparison }
    /** Nothing was delivered yet: there is nothing to compare with. */
    | { readonly kind: 'not-told' }
    | { readonly kind: 'failed'; readonly away: boolean; readonly issues: readonly Issue[] }
  );

export interface VerifyParts {
  readonly store: Store;
  /** The target's id, and the server behind it. */
  readonly target: string;
  readonly server: FhirServer;
  readonly definitions: Definitions;
}

/** Whether a version goes no further by itself. */
export const waitsForPerson = (newest: CourseStanding['newest']): boolean =>
  newest === 'refused' || newest === 'unresolved' || newest === 'given-up';

/** As many looks at once as keep a server busy and leave room for others. */
const atOnce = 4;
/** What fits a search by identifiers: small courses are looked up together. */
const groupSize = 100;
/** How often a target that is away, or a course that is being written, is looked at again. */
const patience = 4;

/**
 * Compares courses of the store, in their order, with what the target holds: nothing but what was taken back is believed
 * of a receipt. Ends early where the target goes away.
 */
export async function* verifyCourses(
  pages: AsyncIterable<readonly string[]>,
  verifying: VerifyParts,
): AsyncGenerator<CourseVerification> {
  const { store, target } = verifying;
  const { coverage } = knowledgeFrom(await store.transaction((tx) => tx.knowledge(target)));
  const parts: Parts = { ...verifying, coverage };
  const begun: Promise<readonly CourseVerification[]>[] = [];
  for await (const group of groupsOf(pages, parts)) {
    const task = verifyGroup(group, parts);
    // Whoever asks no further has no use for what is still to come.
    task.catch(() => undefined);
    begun.push(task);
    const first = begun.length < atOnce ? undefined : begun.shift();
    for (const one of (await first) ?? []) {
      yield one;
      if (one.kind === 'failed' && one.away) return;
    }
  }
  for (const task of begun) {
    for (const one of await task) {
      yield one;
      if (one.kind === 'failed' && one.away) return;
    }
  }
}

interface Parts extends VerifyParts {
  readonly coverage: Coverage;
}

type Group = readonly { readonly standing: CourseStanding; readonly expected: Expected | undefined }[];

async function* groupsOf(pages: AsyncIterable<readonly string[]>, parts: Parts): AsyncGenerator<Group> {
  for await (const ids of pages) {
    let group: Group[number][] = [];
    let size = 0;
    for (const standing of await standingsOf(parts.store, parts.target, ids)) {
      const expected = expectedOf(standing, parts);
      const own = expected?.resources.length ?? 0;
      if (group.length > 0 && size + own > groupSize) {
        yield group;
        [group, size] = [[], 0];
      }
      group.push({ standing, expected });
      size += own;
    }
    if (group.length > 0) yield group;
  }
}

function expectedOf({ told, newest }: CourseStanding, { definitions, coverage }: Parts): Expected | undefined {
  const arrived = newest === 'delivered' || newest === 'in-part';
  return told === undefined ? undefined : expectedAfter(told.course, told.receipt, { arrived, coverage }, definitions);
}

async function verifyGroup(group: Group, parts: Parts): Promise<readonly CourseVerification[]> {
  const told = group.flatMap(({ expected }) => expected ?? []);
  const answer = await patiently(parts.server, () => lookAt(parts.server, told));
  if (answer.kind === 'refused' && told.length > 1) {
    const alone = await Promise.all(group.map((one) => verifyGroup([one], parts)));
    return alone.flat();
  }
  const held = new Map(answer.kind === 'accepted' ? told.map((one, index) => [one, answer.body[index]]) : []);
  return Promise.all(
    group.map(async ({ standing, expected }) => {
      if (answer.kind !== 'accepted' && expected !== undefined) {
        const away = answer.kind !== 'refused' || answer.reason !== 'status';
        return { ...plain(standing), kind: 'failed' as const, away, issues: failureIssues(answer, root) };
      }
      const one = verificationOf(standing, expected, expected && held.get(expected));
      return hasDifferences(one) ? settled(one, standing, parts) : one;
    }),
  );
}

/** A course that differs may have been on its way just then: what stays different while nothing moves is different. */
async function settled(found: CourseVerification, before: CourseStanding, parts: Parts): Promise<CourseVerification> {
  let [result, standing] = [found, before];
  for (let time = 0; time < patience; time += 1) {
    const [now] = await standingsOf(parts.store, parts.target, [standing.courseId]);
    if (now === undefined || (!isInFlight(now) && sameReceipt(now, standing))) return result;
    if (isInFlight(now)) await parts.server.wait(1);
    const [again] = await standingsOf(parts.store, parts.target, [standing.courseId]);
    if (again === undefined) return result;
    const expected = expectedOf(again, parts);
    const answer = await lookAt(parts.server, expected === undefined ? [] : [expected]);
    if (answer.kind !== 'accepted') return result;
    [result, standing] = [verificationOf(again, expected, answer.body[0]), again];
    if (!hasDifferences(result)) return result;
  }
  return result;
}

const isInFlight = ({ newest }: CourseStanding): boolean => newest === 'in-flight';
const sameReceipt = (one: CourseStanding, other: CourseStanding): boolean =>
  one.told?.receipt.at === other.told?.receipt.at && one.told?.receipt.versionSeq === other.told?.receipt.versionSeq;

const hasDifferences = (one: CourseVerification): boolean =>
  one.kind === 'compared' && one.comparison.differences.length > 0;

const plain = ({ courseId, newest, delivery, moving }: CourseStanding) => ({
  courseId,
  newest,
  moving,
  ...(delivery !== undefined && { delivery }),
});

function verificationOf(
  standing: CourseStanding,
  expected: Expected | undefined,
  held: Held | undefined,
): CourseVerification {
  const { told } = standing;
  if (told === undefined || expected === undefined || held === undefined)
    return { ...plain(standing), kind: 'not-told' };
  const { versionSeq } = told.receipt;
  return { ...plain(standing), kind: 'compared', versionSeq, comparison: compareHeld(expected, held) };
}

/** Asks a target that is away for a moment again. */
async function patiently<T>(server: FhirServer, ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let time = 1; ; time += 1) {
    const answer = await ask();
    if (answer.kind !== 'unavailable' || answer.status === undefined || time === patience) return answer;
    await server.wait(Math.min(answer.retryAfterSeconds ?? time, 30));
  }
}
