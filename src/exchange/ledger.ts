import type { Refusal } from './remedy.ts';
import type { EntryState, HeldResource, ReceiptEntry } from './receipt.ts';
import type { Wanted } from './wanted.ts';

/** What is known of a target while one delivery is under way, resource by resource. */
export interface Ledger {
  /** How each resource stands there, by UUID: from the receipt, corrected by every look and every answer. */
  readonly rows: Map<string, HeldResource>;
  /** What this delivery wrote. */
  readonly written: Map<string, 'created' | 'updated'>;
  /** What it found, or wrote, to be as the present mapping says it. */
  readonly certain: Set<string>;
  /** What was refused by itself, and is not tried again in this delivery. */
  readonly refused: Map<string, Refusal>;
  /** What the target cannot hold. */
  readonly impossible: Set<string>;
  /** Sent, and never answered. */
  readonly lost: Set<string>;
  /** Of those the ones that can only be under our id, if anywhere. */
  readonly lostUnderOurs: Set<string>;
  /** Whether what had to be looked at before anything is written was. */
  looked: boolean;
  /** When an answer was last lost. */
  lostAt: number | undefined;
  /** The target's id of the patient, where it has one. */
  patientId: string | undefined;
}

export const newLedger = (rows: readonly HeldResource[], patientId: string | undefined): Ledger => ({
  rows: new Map(rows.map((row) => [row.uuid, row])),
  written: new Map(),
  certain: new Set(),
  refused: new Map(),
  impossible: new Set(),
  lost: new Set(),
  lostUnderOurs: new Set(),
  looked: false,
  lostAt: undefined,
  patientId,
});

/** Whether the target holds a resource as it is wanted, as far as we know. */
export function isDone({ mapped: { uuid }, aim, content }: Wanted, { rows, lost }: Ledger): boolean {
  const row = rows.get(uuid);
  if (lost.has(uuid) || row?.state === 'unknown') return false;
  // What is not there needs no taking back.
  if (row?.serverId === undefined) return aim !== 'held';
  return aim !== 'deleted' && row.hash === content.hash;
}

/** Takes down that the target holds a resource as it is wanted. */
export function noteHeld(
  ledger: Ledger,
  wanted: Wanted,
  where: { readonly id: string; readonly version?: string },
): void {
  const { mapped, aim, since, content } = wanted;
  ledger.rows.set(mapped.uuid, {
    ...namesOf(wanted),
    state: aim,
    since,
    serverId: where.id,
    hash: content.hash,
    ...(where.version !== undefined && { version: where.version }),
  });
  ledger.certain.add(mapped.uuid);
}

/** Takes down that a resource was taken off the target. */
export function noteDeleted(ledger: Ledger, wanted: Wanted): void {
  ledger.rows.set(wanted.mapped.uuid, { ...namesOf(wanted), state: 'deleted', since: wanted.since });
  ledger.certain.add(wanted.mapped.uuid);
}

/** Takes down what was written, where it was not there before, or was. */
export function noteWritten(ledger: Ledger, { mapped: { uuid } }: Wanted): void {
  const there = ledger.rows.get(uuid)?.serverId !== undefined;
  // What this delivery made and then wrote again is new to the target all the same.
  ledger.written.set(uuid, ledger.written.get(uuid) ?? (there ? 'updated' : 'created'));
  ledger.lost.delete(uuid);
}

export function namesOf({
  mapped: { uuid, resource, identifier, at },
}: Wanted): Pick<HeldResource, 'uuid' | 'type' | 'identifier' | 'at'> {
  return { uuid, type: resource.resourceType, identifier: identifier.value, at };
}

/** What became of a resource in this delivery. */
export function entryStateOf(wanted: Wanted, ledger: Ledger): EntryState {
  const { uuid } = wanted.mapped;
  if (ledger.lost.has(uuid)) return 'unknown';
  if (isDone(wanted, ledger)) return ledger.written.get(uuid) ?? 'unchanged';
  if (ledger.refused.has(uuid) || ledger.impossible.has(uuid)) return 'refused';
  return ledger.rows.get(uuid)?.state === 'unknown' ? 'unknown' : 'not-sent';
}

/** The same, and where it is. */
export function entryOf(wanted: Wanted, ledger: Ledger): ReceiptEntry {
  const { serverId, version } = ledger.rows.get(wanted.mapped.uuid) ?? {};
  return {
    ...namesOf(wanted),
    state: entryStateOf(wanted, ledger),
    ...(serverId !== undefined && { serverId }),
    ...(version !== undefined && { version }),
  };
}

/** Whether anything on the target is of this delivery's making. */
export const hasWritten = ({ written }: Ledger): boolean => written.size > 0;
