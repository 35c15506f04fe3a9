import {
  rejectSubmission,
  releaseSubmission,
  withdrawCourse,
  type Submitted,
  type SubmissionWorld,
} from '../exchange/submit.ts';
import { writeJson } from '../json/json.ts';
import { refuses } from '../outcome/issue.ts';
import { exitCodes, gravest, type ExitCode } from './exit-codes.ts';
import { howItGoesOn } from './replay.ts';
import type { Terminal } from './terminal.ts';

// What a person decides: each command prints a line for what it decided on.

/** Lets held submissions come into force. */
export const releaseCommand = (ids: readonly string[], world: SubmissionWorld, terminal: Terminal): Promise<ExitCode> =>
  decideEach('release', ids, (id) => releaseSubmission(id, world), terminal);

/** Sets held submissions aside for good. */
export const rejectCommand = (ids: readonly string[], world: SubmissionWorld, terminal: Terminal): Promise<ExitCode> =>
  decideEach('reject', ids, (id) => rejectSubmission(id, world), terminal);

/** Takes a whole course back: all of it becomes entered in error on the targets, or is deleted there. */
export const withdrawCommand = (
  course: string,
  reason: string,
  world: SubmissionWorld,
  terminal: Terminal,
): Promise<ExitCode> => decideEach('withdraw', [course], (id) => withdrawCourse(id, reason, world), terminal);

async function decideEach(
  command: string,
  ids: readonly string[],
  decide: (id: string) => Promise<Submitted>,
  terminal: Terminal,
): Promise<ExitCode> {
  const codes = new Set<ExitCode>();
  let waiting = 0;
  for (const id of ids) {
    const { id: course, state, submission, deliveries, issues } = await decide(id);
    terminal.issues(`${command} ${id}`, issues);
    const named = { ...(submission !== undefined && { submission }), ...(course !== undefined && { course }) };
    await terminal.out(writeJson({ ...named, state, deliveries }));
    codes.add(state === 'refused' || refuses(issues) ? exitCodes.refused : exitCodes.good);
    waiting += deliveries.length;
  }
  terminal.say(waiting === 0 ? `${command}: nothing to deliver.` : `${command}: waits to be delivered: ${howItGoesOn}`);
  return gravest(codes);
}
