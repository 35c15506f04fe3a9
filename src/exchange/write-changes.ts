import { writeJson } from '../json/json.ts';
import type { Approach } from './approach.ts';
import type { Change, Stored } from './changes.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { entryAnswers, type EntryAnswer } from './entry-answers.ts';
import type { FhirServer } from './ports.ts';
import { refusalsByName } from './refusals.ts';
import type { Refusal, Setback } from './remedy.ts';
import type { Clear } from './situation.ts';
import { slicesOf } from './slices.ts';
import { consistOf, transactionOf } from './transaction.ts';

/** Sends changes, one transaction after the other. What was done is in the log; the answer says why not all of it was. */
export async function writeChanges(
  changes: readonly Change[],
  approach: Approach,
  { patient, held, types }: Clear,
  server: FhirServer,
  log: DeliveryLog,
): Promise<Setback | undefined> {
  const known = new Map<string, Pick<Stored, 'id'>>(held);
  for (const slice of slicesOf(changes, approach)) {
    const transaction = transactionOf(slice, approach, { held: known, types, patient });
    const consist = consistOf(slice, approach, Buffer.byteLength(writeJson(transaction)));
    const answer = await server.transaction(transaction);
    if (answer.kind === 'unknown') for (const change of slice) log.lost.set(change.mapped.uuid, change);
    if (answer.kind !== 'accepted') return { failure: answer, refusals: refusalsByName(answer, slice), consist };
    const { refusals, postponed, lost } = note(slice, entryAnswers(answer.body, slice.length), approach, log);
    for (const [uuid, { id }] of log.written) known.set(uuid, { id });
    if (lost) return { failure: { kind: 'unknown', status: answer.status }, refusals, consist };
    if (!postponed && refusals.size === 0) continue;
    const seconds = answer.retryAfterSeconds;
    return { refusals, consist, ...(postponed && { postponed: seconds === undefined ? {} : { seconds } }) };
  }
  return undefined;
}

/** Notes what became of each entry of a transaction that was not refused as a whole. */
function note(
  slice: readonly Change[],
  answers: readonly EntryAnswer[],
  { strategy }: Approach,
  log: DeliveryLog,
): { readonly refusals: ReadonlyMap<string, Refusal>; readonly postponed: boolean; readonly lost: boolean } {
  const refusals = new Map<string, Refusal>();
  let postponed = false;
  let lost = false;
  for (const [index, change] of slice.entries()) {
    const { uuid, resource } = change.mapped;
    const answer = answers[index] ?? { kind: 'unknown' };
    if (answer.kind === 'refused') refusals.set(uuid, answer);
    else if (answer.kind === 'not-now') postponed = true;
    else {
      const ours = strategy === 'update-as-create' && change.ifNoneExist === undefined ? uuid : undefined;
      const id = change.stored?.id ?? (answer.kind === 'written' ? answer.id : undefined) ?? ours;
      if (answer.kind === 'unknown' || id === undefined) {
        // Written, but where? Only a look at the target tells.
        log.lost.set(uuid, change);
        lost = true;
      } else {
        log.written.set(uuid, {
          id,
          resource,
          // What this push made and then wrote again is new to the target all the same.
          state: log.written.get(uuid)?.state ?? stateAfter(change, answer.status),
          ...(answer.version !== undefined && { version: answer.version }),
        });
      }
    }
  }
  return { refusals, postponed, lost };
}

/** A conditional create that found one answers 200 and changes nothing. */
function stateAfter({ stored, ifNoneExist }: Change, status: number): 'created' | 'updated' | 'unchanged' {
  if (ifNoneExist !== undefined && status === 200) return 'unchanged';
  return stored === undefined ? 'created' : 'updated';
}
