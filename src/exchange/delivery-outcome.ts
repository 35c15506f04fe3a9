import { field, root } from '../course/path.ts';
import { mappingVersion } from '../mapping/mapping-version.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Prepared } from './aims.ts';
import { patientOf } from './change.ts';
import type { CourseDelivery, DeliveryOutcome } from './deliver-course.ts';
import { failureIssues, refusalIssues } from './issues.ts';
import { entryStateOf, hasWritten, isDone, namesOf } from './ledger.ts';
import type { Failure } from './ports.ts';
import { noCounts, receiptJson, type EntryState, type HeldResource } from './receipt.ts';
import { unnamedRefusals } from './refusals.ts';
import type { Refusal } from './remedy.ts';

/** Why a delivery ended where it did. */
export type Ending =
  /** `notHeld`: what the target cannot hold. */
  | { readonly kind: 'done'; readonly issues: readonly Issue[]; readonly notHeld?: readonly Issue[] }
  | { readonly kind: 'barred'; readonly issues: readonly Issue[] }
  | { readonly kind: 'unresolved'; readonly at: readonly string[] }
  /** `failure` is absent where resources were refused by themselves. */
  | { readonly kind: 'failed'; readonly failure?: Failure; readonly refusals?: ReadonlyMap<string, Refusal> }
  /** An answer was lost; nothing should be asked for so many seconds, if that is known. */
  | { readonly kind: 'lost'; readonly seconds?: number }
  | { readonly kind: 'too-early'; readonly seconds: number }
  | { readonly kind: 'not-ours' };

type Told = Pick<DeliveryOutcome, 'ended' | 'reach' | 'status' | 'retryAfterSeconds'> & {
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
    ...(isKnown && { receipt: receiptOf(delivery, prepared) }),
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
  if (ending.kind === 'barred') return { ended: 'refused', issues: [...partly, ...ending.issues] };
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

function receiptOf(
  { course, versionSeq, receipt }: CourseDelivery,
  prepared: Prepared,
): NonNullable<DeliveryOutcome['receipt']> {
  const { wanted, ledger, kept } = prepared;
  const named = new Map(wanted.map((one) => [one.mapped.uuid, one]));
  const rows = [...named.keys(), ...[...ledger.rows.keys()].filter((uuid) => !named.has(uuid))].flatMap(
    (uuid) => rowOf(uuid, prepared, named) ?? [],
  );
  // As long as an earlier mapping's words stand anywhere, the receipt is that mapping's, and later hashes do not fit it.
  const mixed =
    receipt !== undefined && receipt.mapping !== mappingVersion && rows.some(({ uuid }) => !ledger.certain.has(uuid));
  const told = rows.map((row) => {
    if (!mixed) return row;
    const { hash: _hash, ...rest } = row;
    const before = kept.get(row.uuid)?.hash;
    return ledger.certain.has(row.uuid) || before === undefined ? rest : { ...rest, hash: before };
  });
  return {
    versionSeq:
      hasWritten(ledger) || receipt === undefined || wanted.every((one) => isDone(one, ledger))
        ? versionSeq
        : receipt.versionSeq,
    mapping: mixed ? receipt.mapping : mappingVersion,
    resources: receiptJson(course.system, {
      resources: told,
      ...(ledger.patientId !== undefined && { patient: ledger.patientId }),
    }),
  };
}

function rowOf(
  uuid: string,
  { ledger }: Prepared,
  named: ReadonlyMap<string, Prepared['wanted'][number]>,
): HeldResource | undefined {
  const row = ledger.rows.get(uuid);
  const wanted = named.get(uuid);
  if (wanted === undefined)
    return row?.state === 'retracted' || row?.state === 'deleted' || row?.serverId !== undefined ? row : undefined;
  const names = namesOf(wanted);
  const { since } = wanted;
  if (ledger.lost.has(uuid)) {
    const place = ledger.lostUnderOurs.has(uuid) ? { serverId: uuid } : {};
    return { ...place, ...row, ...names, state: 'unknown', since };
  }
  if (ledger.impossible.has(uuid)) return { ...row, ...names, state: 'not-deliverable', since: row?.since ?? since };
  if (ledger.refused.has(uuid)) return { ...row, ...names, state: 'refused', since: row?.since ?? since };
  if (row === undefined) return undefined;
  return wanted.aim === 'held' ? { ...row, ...names } : row;
}
