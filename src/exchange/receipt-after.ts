import { isOfThisMapping, mixedWriting } from '../mapping/mapping-version.ts';
import type { Prepared } from './aims.ts';
import type { CourseDelivery, DeliveryOutcome } from './deliver-course.ts';
import { hasWritten, isDone, namesOf } from './ledger.ts';
import { receiptJson, type HeldResource } from './receipt.ts';

/** The receipt after a delivery: what it found and wrote, and what was there before and is still. */
export function receiptAfter(
  { course, versionSeq, receipt }: CourseDelivery,
  prepared: Prepared,
): NonNullable<DeliveryOutcome['receipt']> {
  const { wanted, ledger, kept, writing } = prepared;
  const named = new Map(wanted.map((one) => [one.mapped.uuid, one]));
  const rows = [...named.keys(), ...[...ledger.rows.keys()].filter((uuid) => !named.has(uuid))].flatMap(
    (uuid) => rowOf(uuid, prepared, named) ?? [],
  );
  const before = receipt?.mapping ?? writing;
  const mixed = before !== writing && rows.some(({ uuid }) => !ledger.certain.has(uuid));
  // As long as an earlier mapping's words stand anywhere, the receipt is that mapping's, and later hashes do not fit it.
  const isOfEarlier = mixed && !isOfThisMapping(before);
  const told = rows.map((row) => {
    if (!isOfEarlier) return row;
    const { hash: _hash, ...rest } = row;
    const former = kept.get(row.uuid)?.hash;
    return ledger.certain.has(row.uuid) || former === undefined ? rest : { ...rest, hash: former };
  });
  return {
    versionSeq:
      hasWritten(ledger) || receipt === undefined || wanted.every((one) => isDone(one, ledger))
        ? versionSeq
        : receipt.versionSeq,
    mapping: !mixed ? writing : isOfEarlier || !hasWritten(ledger) ? before : mixedWriting,
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
  // The places of parts move with the course.
  return wanted.aim === 'held' && row.at !== names.at ? { ...row, ...names } : row;
}
