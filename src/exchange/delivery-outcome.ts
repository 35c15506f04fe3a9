import { field, root } from '../course/path.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Prepared } from './aims.ts';
import { patientOf } from './change.ts';
import type { CourseDelivery, DeliveryOutcome } from './deliver-course.ts';
import { failureIssues, refusalIssues } from './issues.ts';
import { entryStateOf, hasWritten, isDone } from './ledger.ts';
import type { Failure } from './ports.ts';
import { noCounts, type EntryState } from './receipt.ts';
import { receiptAfter } from './receipt-after.ts';
import { unnamedRefusals } from './refusals.ts';
import type { Refusal } from './remedy.ts';

/** Why a delivery ended where it did. */
export type Ending =
  /** `notHeld`: what the target cannot hold. */
  | { readonly kind: 'done'; readonly issues: readonly Issue[]; readonly notHeld?: readonly Issue[] }
  /** `byUs`: before anything was asked of the target. */
  | { readonly kind: 'barred'; readonly byUs?: true; readonly issues: readonly Issue[] }
  | { readonly kind: 'unresolved'; readonly at: readonly string[] }
  /** `failure` is absent where resources were refused by themselves. */
  | { readonly kind: 'failed'; readonly failure?: Failure; readonly refusals?: ReadonlyMap<string, Refusal> }
  /** An answer was lost; nothing should be asked for so many seconds, if that is known. */
  | { readonly kind: 'lost'; readonly seconds?: number }
  | { readonly kind: 'too-early'; readonly seconds: number }
  | { readonly kind: 'not-ours' };

type Told = Pick<DeliveryOutcome, 'ended' | 'reach' | 'byUs' | 'status' | 'retryAfterSeconds'> & {
  readonly issues: readonly Issue[];
};

/** What is said of a delivery that ended. */
export function outcomeOf(
  delivery: CourseDelivery,
  prepared: Prepared,
  ending: Ending,
  requests: number,
): DeliveryOutcome {
  const { wanted, ledger } = prepared;
  const counts: Record<EntryState, number> = { ...noCounts };
  for (const one of wanted)
    if (one.aim === 'held' || !isDone(one, ledger) || ledger.written.has(one.mapped.uuid))
      counts[entryStateOf(one, ledger)] += 1;
  // The patient, where this delivery made one.
  for (const uuid of ledger.written.keys()) if (!ledger.rows.has(uuid)) counts.created += 1;
  if (ending.kind === 'not-ours') return { ended: 'not-ours', open: true, issues: [], counts, requests };
  const told = toldOf(delivery, prepared, ending);
  // What an earlier attempt left open stays so, unless this one has looked.
  const stays = delivery.openSince !== undefined && !ledger.looked;
  const open = stays || told.ended === 'unknown' || told.ended === 'unresolved';
  const { lostAt } = ledger;
  const isKnown =
    ending.kind === 'done' ||
    hasWritten(ledger) ||
    ledger.certain.size > 0 ||
    ledger.lost.size > 0 ||
    ledger.refused.size > 0;
  return {
    ...told,
    open,
    ...(open && lostAt !== undefined && { lostAt }),
    counts,
    requests,
    ...(isKnown && { receipt: receiptAfter(delivery, prepared) }),
  };
}

function toldOf(
  { course }: CourseDelivery,
  { wanted, ledger }: Prepared,
  ending: Exclude<Ending, { kind: 'not-ours' }>,
): Told {
  const patient = { uuid: patientOf(course).uuid, at: field(root, 'patient') };
  const refusals = [patient, ...wanted.map(({ mapped }) => mapped)].flatMap(({ uuid, at }) => {
    const refusal = ledger.refused.get(uuid) ?? (ending.kind === 'failed' ? ending.refusals?.get(uuid) : undefined);
    return refusal === undefined ? [] : refusalIssues(refusal.status, refusal.faults, at);
  });
  if (ending.kind === 'unresolved') {
    const issues = ending.at.map((at): Issue => ({ code: 'arrival-unresolved', at }));
    return { ended: 'unresolved', issues };
  }
  if (ending.kind === 'too-early' || ending.kind === 'lost' || ledger.lost.size > 0) {
    const seconds = 'seconds' in ending ? ending.seconds : undefined;
    const issues: Issue[] = [{ code: 'target-unknown-outcome', at: root }, ...refusals];
    return { ended: 'unknown', issues, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
  }
  if (ending.kind === 'done') {
    const { issues, notHeld = [] } = ending;
    return { ended: notHeld.length > 0 ? 'in-part' : 'delivered', issues: [...issues, ...notHeld] };
  }
  const partly: Issue[] = hasWritten(ledger) ? [{ code: 'partly-written', at: root }] : [];
  if (ending.kind === 'barred') {
    return { ended: 'refused', issues: [...partly, ...ending.issues], ...(ending.byUs && { byUs: true }) };
  }
  const { failure } = ending;
  if (failure === undefined) {
    const status = [...ledger.refused.values()][0]?.status;
    return { ended: 'refused', issues: [...partly, ...refusals], ...(status !== undefined && { status }) };
  }
  if (failure.kind === 'refused' && failure.reason === 'status') {
    const issues = [...partly, ...unnamedRefusals(failure), ...refusals];
    return { ended: 'refused', status: failure.status, issues };
  }
  return { ...unavailable(failure), issues: hasWritten(ledger) ? partly : failureIssues(failure) };
}

function unavailable(failure: Failure): Omit<Told, 'issues'> {
  const status = failure.status === undefined ? {} : { status: failure.status };
  if (failure.kind === 'refused' && failure.reason !== 'status') {
    return { ended: 'unavailable', reach: failure.reason, ...status };
  }
  const seconds = failure.kind === 'unavailable' ? failure.retryAfterSeconds : undefined;
  return { ended: 'unavailable', ...status, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}
