import type { z } from 'zod';
import { heldResources, type HeldResource } from '../exchange/receipt.ts';
import type { AuditEntry, Delivery, KeptReceipt, KeptSubmission } from '../exchange/store.ts';
import type { Submitted } from '../exchange/submit.ts';
import type { Issue } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import type * as wire from './wire.ts';

/** What is kept, in the shapes that go over the wire. */

/** Issues as the OperationOutcome that we send. */
export function outcomeJson(issues: readonly Issue[]): z.infer<typeof wire.outcome> {
  return operationOutcome(issues) as z.infer<typeof wire.outcome>;
}

export const instant = (ms: number): string => new Date(ms).toISOString();

type Kept = Exclude<Submitted['state'], 'refused'>;

export function submissionJson(
  { submission, deliveries, issues }: Submitted,
  id: string,
  state: Kept,
): z.infer<typeof wire.submission> {
  return {
    id,
    state,
    ...(submission !== undefined && { submission }),
    deliveries: [...deliveries],
    receipt: `/courses/${id}/receipt`,
    outcome: outcomeJson(issues),
  };
}

export function lineJson(line: number, { id, state, submission, issues }: Submitted): z.infer<typeof wire.lineResult> {
  return {
    line,
    ...(id !== undefined && { id }),
    state,
    ...(submission !== undefined && { submission }),
    issues: outcomeJson(issues),
  };
}

export function deliveryJson(delivery: Delivery): z.infer<typeof wire.delivery> {
  const { id, courseId, target, versionSeq, state, mode, attempts, notification, endedAt } = delivery;
  return {
    id,
    course: courseId,
    target,
    version: versionSeq,
    state,
    mode,
    attempts,
    notification,
    createdAt: instant(delivery.createdAt),
    ...(state === 'waiting' && { dueAt: instant(delivery.dueAt) }),
    ...(endedAt !== undefined && { endedAt: instant(endedAt) }),
    outcome: outcomeJson(delivery.issues),
  };
}

export type Holds = NonNullable<z.infer<typeof wire.receipt>['targets'][number]['holds']>;

export function holdsJson({ versionSeq, mapping, at, resources }: KeptReceipt): Holds {
  return { version: versionSeq, mapping, at: instant(at), resources: heldResources(resources).map(resourceJson) };
}

function resourceJson({ type, identifier, at, state, serverId, version, since }: HeldResource) {
  return {
    type,
    identifier,
    at,
    state,
    ...(serverId !== undefined && { serverId }),
    ...(version !== undefined && { version }),
    since,
  };
}

export function keptSubmissionJson(submission: Omit<KeptSubmission, 'text'>): z.infer<typeof wire.keptSubmission> {
  const { id, courseId, kind, state, order, receivedAt, issues } = submission;
  return {
    id,
    course: courseId,
    kind,
    state,
    order: {
      ...(order.version !== undefined && { version: order.version }),
      ...(order.recordedAt !== undefined && { recordedAt: instant(order.recordedAt) }),
    },
    receivedAt: instant(receivedAt),
    outcome: outcomeJson(issues),
  };
}

export function auditJson({
  seq,
  at,
  actor,
  action,
  subject,
}: AuditEntry & { readonly seq: number }): z.infer<typeof wire.auditTrail>['entries'][number] {
  return { seq, at: instant(at), actor, action, subject };
}
