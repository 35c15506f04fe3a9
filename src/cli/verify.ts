import { randomUUID } from 'node:crypto';
import type { Definitions } from '../definitions/definitions.ts';
import { replayDeliveries } from '../exchange/operations.ts';
import type { FhirServer } from '../exchange/ports.ts';
import type { Store } from '../exchange/store.ts';
import { verifyCourses, waitsForPerson, type CourseVerification } from '../exchange/verify-store.ts';
import { courseIdPages } from '../exchange/verify-standing.ts';
import { writeJson } from '../json/json.ts';
import { exitCodes, gravest, type ExitCode } from './exit-codes.ts';
import { howItGoesOn } from './replay.ts';
import { counted, type Terminal } from './terminal.ts';
import { linesOf, tableHead, verificationJson } from './verify-text.ts';

/** What to compare with what, and what comes of it. */
export interface VerifyOf {
  readonly store: Store;
  /** The target's id, and the server behind it. */
  readonly target: string;
  readonly server: FhirServer;
  readonly definitions: Definitions;
  /** Our ids of courses; all of them where there are none. */
  readonly courses: readonly string[];
  readonly json: boolean;
  /** Whether what differs is delivered again. */
  readonly repair: boolean;
}

/** Compares what a target holds with what it was sent, course by course, and says what is not so. */
export async function verifyCommand(of: VerifyOf, terminal: Terminal): Promise<ExitCode> {
  const { store, target, courses, json } = of;
  const codes = new Set<ExitCode>();
  const tally = { courses: 0, different: 0, waiting: 0, failed: 0 };
  const broken: string[] = [];
  const open = new Set(courses);
  if (!json) await terminal.out(tableHead);
  for await (const one of verifyCourses(courses.length === 0 ? courseIdPages(store) : pageOf(courses), of)) {
    const lines = json ? [writeJson(verificationJson(one, target))] : linesOf(one, target);
    for (const line of lines) await terminal.out(line);
    open.delete(one.courseId);
    codes.add(codeOf(one));
    tally.courses += 1;
    if (one.kind === 'failed') tally.failed += 1;
    if (one.newest === 'waiting' || one.newest === 'in-flight') tally.waiting += 1;
    if (isDifferent(one)) {
      tally.different += 1;
      if (one.delivery !== undefined) broken.push(one.delivery);
    }
    terminal.progress(() => `verify: ${counted(tally.courses, 'course')} so far, ${tally.different} different`);
  }
  const away = codes.has(exitCodes.unavailable);
  if (away) terminal.say('verify: the target is not available, so what follows was not compared.');
  else if (open.size > 0) {
    terminal.say(`verify: asked for and not in this data folder: ${counted(open.size, 'course')}.`);
    codes.add(exitCodes.refused);
  }
  terminal.say(summaryOf(tally));
  if (of.repair) await repair(broken, of, terminal);
  return gravest(codes);
}

async function* pageOf(ids: readonly string[]): AsyncGenerator<readonly string[]> {
  yield [...new Set(ids)];
}

const isDifferent = (one: CourseVerification): boolean =>
  one.kind === 'compared' && one.comparison.differences.length > 0;

function codeOf(one: CourseVerification): ExitCode {
  if (one.kind === 'failed') return one.away ? exitCodes.unavailable : exitCodes.refused;
  return isDifferent(one) || waitsForPerson(one.newest) ? exitCodes.different : exitCodes.good;
}

function summaryOf(tally: Readonly<Record<'courses' | 'different' | 'waiting' | 'failed', number>>): string {
  const said = [`${counted(tally.courses, 'course')} compared`, `${tally.different} different`];
  if (tally.failed > 0) said.push(`${tally.failed} that could not be looked up`);
  if (tally.waiting > 0) said.push(`${tally.waiting} with a version that still waits`);
  return `verify: ${said.join(', ')}.`;
}

async function repair(deliveries: readonly string[], { store, target }: VerifyOf, terminal: Terminal): Promise<void> {
  const world = { store, targets: [target], actor: 'cli', now: Date.now, newId: randomUUID };
  const { replayed } = await replayDeliveries({ ids: deliveries }, 'repair', world);
  terminal.say(`verify: ${counted(replayed.length, 'course')} will be repaired: ${howItGoesOn}`);
}
