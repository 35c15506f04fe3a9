import type { Delivery, KeptSubmission, Store } from '../exchange/store.ts';
import { writeJson } from '../json/json.ts';
import { sentenceOf, type Issue } from '../outcome/issue.ts';
import { idWidth, lineOf, timeText } from './columns.ts';
import { deliveryStates, listedStates, undone, type ListedState } from './delivery-states.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { listed } from './store.ts';
import { counted, type Terminal } from './terminal.ts';

export interface DeliveriesOf {
  readonly store: Store;
  readonly states: readonly ListedState[];
  /** Our id of a course. */
  readonly course: string | undefined;
  readonly json: boolean;
}

/** Lists deliveries, the oldest first, and then the submissions that are held. */
export async function deliveriesCommand(of: DeliveriesOf, terminal: Terminal): Promise<ExitCode> {
  const { store, course, json } = of;
  const states = statesOf(of);
  const wanted = deliveryStates.filter((state) => states.has(state));
  let found = 0;
  const filter = { state: wanted, ...(course !== undefined && { courseId: course }) };
  for await (const one of listed(
    store,
    (tx, page) => tx.deliveries(filter, page),
    ({ id }) => id,
  )) {
    if (found === 0 && !json) await terminal.out(lineOf(heads, widths));
    found += 1;
    for (const line of json ? [writeJson(deliveryJson(one))] : deliveryLines(one)) await terminal.out(line);
  }
  let held = 0;
  for await (const one of heldOf(store, states, course)) {
    if (held === 0 && !json) await terminal.out(lineOf(heldHeads, heldWidths));
    held += 1;
    for (const line of json ? [writeJson(heldJson(one))] : heldLines(one)) await terminal.out(line);
  }
  const submissions = states.has('held') ? `, ${counted(held, 'submission')} held` : '';
  terminal.say(`deliveries: ${counted(found, 'delivery', 'deliveries')}${submissions}.`);
  return exitCodes.good;
}

function statesOf({ states, course }: DeliveriesOf): ReadonlySet<ListedState> {
  if (states.includes('all') || (states.length === 0 && course !== undefined)) return new Set(listedStates);
  return new Set(states.length === 0 ? undone : states);
}

type Held = Omit<KeptSubmission, 'text'>;

async function* heldOf(
  store: Store,
  states: ReadonlySet<ListedState>,
  course: string | undefined,
): AsyncGenerator<Held> {
  if (!states.has('held')) return;
  for await (const one of listed(
    store,
    (tx, page) => tx.heldSubmissions(page),
    ({ seq }) => seq,
  )) {
    if (course === undefined || one.courseId === course) yield one;
  }
}

const heads = ['delivery', 'course', 'state', 'attempts', 'since', 'next or end'];
const widths = [idWidth, idWidth, 10, 8, 20];

function deliveryLines({ id, courseId, state, attempts, createdAt, dueAt, endedAt, issues }: Delivery): string[] {
  const goesOn = state === 'waiting' || state === 'in-flight';
  const next = timeText(goesOn ? dueAt : endedAt);
  return [lineOf([id, courseId, state, String(attempts), timeText(createdAt), next], widths), ...why(issues)];
}

const heldHeads = ['held submission', 'course', 'kind', 'received'];
const heldWidths = [idWidth, idWidth, 10];

const heldLines = ({ id, courseId, kind, receivedAt, issues }: Held): string[] => [
  lineOf([id, courseId, kind, timeText(receivedAt)], heldWidths),
  ...why(issues),
];

const why = (issues: readonly Issue[]): string[] => issues.map((issue) => `  ${sentenceOf(issue)}`);

const deliveryJson = (one: Delivery): object => ({
  delivery: one.id,
  course: one.courseId,
  target: one.target,
  state: one.state,
  mode: one.mode,
  notification: one.notification,
  attempts: one.attempts,
  createdAt: timeText(one.createdAt),
  ...(one.state === 'waiting' && { dueAt: timeText(one.dueAt) }),
  ...(one.endedAt !== undefined && { endedAt: timeText(one.endedAt) }),
  issues: one.issues,
});

const heldJson = (one: Held): object => ({
  submission: one.id,
  course: one.courseId,
  state: one.state,
  kind: one.kind,
  receivedAt: timeText(one.receivedAt),
  issues: one.issues,
});
