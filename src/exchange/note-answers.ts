import type { Change } from './change.ts';
import { uuidsInText } from './content.ts';
import type { EntryAnswer } from './entry-answers.ts';
import { noteDeleted, noteHeld, noteWritten } from './ledger.ts';
import type { Refusal } from './remedy.ts';
import { idToWrite } from './transaction.ts';
import type { Writing } from './write-changes.ts';

/** Takes down that changes were sent, and that nobody answered. */
export function noteLost(
  { approach, ledger, now }: Pick<Writing, 'approach' | 'ledger' | 'now'>,
  changes: readonly Change[],
): void {
  for (const { wanted, stored, ifNoneExist } of changes) {
    const { uuid } = wanted.mapped;
    ledger.lost.add(uuid);
    const isOurs = approach.strategy === 'update-as-create' && stored === undefined && ifNoneExist === undefined;
    if (isOurs) ledger.lostUnderOurs.add(uuid);
  }
  ledger.lostAt = now();
}

/** What became of the entries of a request that was not refused as a whole. */
export interface Noted {
  readonly refusals: Map<string, Refusal>;
  readonly postponed: boolean;
  readonly lost: boolean;
  /** Whether something new was made. */
  readonly gotThrough: boolean;
}

/** Takes down what became of each change, going by the answers to them. */
export function noteAnswers(
  slice: readonly Change[],
  answers: readonly EntryAnswer[],
  writing: Pick<Writing, 'approach' | 'ledger' | 'now'>,
): Noted {
  const { approach, ledger } = writing;
  const refusals = new Map<string, Refusal>();
  let gotThrough = false;
  let postponed = false;
  let lost = false;
  for (const [index, change] of slice.entries()) {
    const { wanted, ifNoneExist } = change;
    const { uuid } = wanted.mapped;
    const answer = answers[index] ?? { kind: 'unknown' };
    if (answer.kind === 'not-now') postponed = true;
    else if (answer.kind === 'refused' && !isGone(wanted.aim, answer.status)) refusals.set(uuid, answer);
    else if (answer.kind !== 'unknown' && wanted.aim === 'deleted') {
      noteWritten(ledger, wanted);
      noteDeleted(ledger, wanted);
    } else {
      const written = answer.kind === 'written' ? answer : undefined;
      const id = idToWrite(change, approach.strategy) ?? written?.id;
      if (written === undefined || id === undefined) {
        // Written, but where? Only a look at the target tells.
        noteLost(writing, [change]);
        lost = true;
      } else if (ifNoneExist !== undefined) {
        ledger.patientId = id;
        // A conditional create that found one answers 200 and changes nothing.
        if (written.status !== 200) ledger.written.set(uuid, 'created');
      } else {
        gotThrough ||= change.stored === undefined;
        noteWritten(ledger, wanted);
        noteHeld(ledger, wanted, { id, ...(written.version !== undefined && { version: written.version }) });
      }
    }
  }
  if (refusals.size > 0 || postponed || lost) doubtThoseThatRefer(slice, writing);
  return { refusals, postponed, lost, gotThrough };
}

/** What refers to an entry of the same request by its urn refers to nothing, where that entry did not come about. */
function doubtThoseThatRefer(
  slice: readonly Change[],
  { approach, ledger }: Pick<Writing, 'approach' | 'ledger'>,
): void {
  const isOurs = approach.strategy === 'update-as-create';
  const lacksPatient = ledger.patientId === undefined && slice.some(({ ifNoneExist }) => ifNoneExist !== undefined);
  if (isOurs && !lacksPatient) return;
  const uuids = slice.map(({ wanted }) => wanted.mapped.uuid);
  const missing = new Set(isOurs ? [] : uuids.filter((uuid) => ledger.rows.get(uuid)?.serverId === undefined));
  for (const { wanted } of slice) {
    const row = ledger.rows.get(wanted.mapped.uuid);
    if (row === undefined) continue;
    if (!lacksPatient && !uuidsInText(wanted.content.text).some((uuid) => missing.has(uuid))) continue;
    const { hash: _hash, ...rest } = row;
    ledger.rows.set(row.uuid, rest);
  }
}

/** What is to be taken off and is not there has been. */
const isGone = (aim: Change['wanted']['aim'], status: number): boolean =>
  aim === 'deleted' && (status === 404 || status === 410);
