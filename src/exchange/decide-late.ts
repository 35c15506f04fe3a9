import { field, root } from '../course/path.ts';
import type { Issue } from '../outcome/issue.ts';
import { again, refusal, type Decision, type Incoming, type Known } from './decision.ts';
import { relationOf } from './order.ts';
import type { Order } from './store.ts';

/** A submission of which newer ones say all: it is kept, and changes nothing. */
export async function decideLate(incoming: Incoming, order: Order, known: Known): Promise<Decision> {
  const before = await sameBefore(incoming, order, known);
  return before ?? superseded(order);
}

/** What was known of it before: the same again, or the same version with other content. */
export async function sameBefore({ kind, hash }: Incoming, order: Order, known: Known): Promise<Decision | undefined> {
  const history = (await known.history()).filter((one) => one.kind === kind);
  const twin = history.findLast((one) => one.hash === hash);
  if (twin !== undefined) return again(twin);
  const isConflict = kind === 'snapshot' && history.some((one) => relationOf(one.order, order) === 'same');
  return isConflict ? conflict(order) : undefined;
}

const superseded = (order: Order): Decision => ({
  state: 'superseded',
  issues: [{ code: 'older-submission', at: root }],
  keep: { state: 'superseded', order },
  changes: [],
});

/** The same order is known with other content. */
export const conflict = (order: Order): Decision => refusal([conflictIssue(order)]);

const conflictIssue = ({ version }: Order): Issue => ({
  code: 'version-conflict',
  at: field(root, version === undefined ? 'recordedAt' : 'version'),
});
