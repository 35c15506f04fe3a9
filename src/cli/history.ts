import type { KeptSubmission, Order, Store } from '../exchange/store.ts';
import { writeJson } from '../json/json.ts';
import { sentenceOf } from '../outcome/issue.ts';
import { idWidth, lineOf, timeText } from './columns.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, type Terminal } from './terminal.ts';

/** What was submitted of a course, the oldest first, and what became of it. */
export async function historyCommand(
  store: Store,
  course: string,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const submissions = await store.transaction(async (tx) => {
    const known = await tx.course(course);
    return known === undefined ? undefined : tx.submissionsOf(course);
  });
  if (submissions === undefined) {
    terminal.say('history: there is no such course in this data folder.');
    return exitCodes.refused;
  }
  if (!json) await terminal.out(lineOf(heads, widths));
  for (const one of submissions) {
    for (const line of json ? [writeJson(jsonOf(one))] : linesOf(one)) await terminal.out(line);
  }
  terminal.say(`history: ${counted(submissions.length, 'submission')} of the course.`);
  return exitCodes.good;
}

type Submission = Omit<KeptSubmission, 'text'>;

const heads = ['submission', 'kind', 'state', 'received', 'version or time of the source'];
const widths = [idWidth, 10, 10, 20];

const linesOf = ({ id, kind, state, receivedAt, order, reason, issues }: Submission): string[] => [
  lineOf([id, kind, state, timeText(receivedAt), orderText(order)], widths),
  ...(reason === undefined ? [] : [`  reason: ${reason}`]),
  ...issues.map((issue) => `  ${sentenceOf(issue)}`),
];

function orderText({ version, recordedAt }: Order): string {
  if (version !== undefined) return `version ${version}`;
  return recordedAt === undefined ? 'none' : timeText(recordedAt);
}

const jsonOf = ({ id, courseId, kind, state, receivedAt, order, reason, issues }: Submission): object => ({
  submission: id,
  course: courseId,
  kind,
  state,
  receivedAt: timeText(receivedAt),
  ...(order.version !== undefined && { version: order.version }),
  ...(order.recordedAt !== undefined && { recordedAt: timeText(order.recordedAt) }),
  ...(reason !== undefined && { reason }),
  issues,
});
