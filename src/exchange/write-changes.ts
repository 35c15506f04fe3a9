import type { Approach, Consist } from './approach.ts';
import { referencesFor, type Change } from './change.ts';
import type { PatientReference } from './changes.ts';
import { bytesOf, putResource, uuidsInText, type ByteText } from './content.ts';
import { entryAnswers, type EntryAnswer } from './entry-answers.ts';
import { slowSeconds } from './lessons.ts';
import { noteDeleted, noteHeld, noteWritten, type Ledger } from './ledger.ts';
import type { Answer, Failure, FhirServer, Place } from './ports.ts';
import { refusalsByName } from './refusals.ts';
import type { Refusal, Setback } from './remedy.ts';
import { slicesOf } from './slices.ts';
import { bundleBody, consistOf, idToWrite, namesSoon } from './transaction.ts';

/** Whom changes are written for, and how. */
export interface Writing {
  readonly approach: Approach;
  readonly patient: PatientReference;
  readonly server: FhirServer;
  readonly ledger: Ledger;
  /** Asked before every write: whether the delivery is still ours to make. */
  readonly stillOurs: () => Promise<boolean>;
  readonly now: () => number;
  /** Told that an answer took too long, or did not come, and how many entries it was for. */
  readonly tooMuch: (entries: number) => void;
}

/** What came of writing: undefined where all of it got through; `slow` where the rest had better go in smaller parts. */
export type Stop = Setback | 'not-ours' | 'slow' | undefined;

/** Sends changes, one request after the other. What was done is in the ledger; the answer says why not all of it was. */
export async function writeChanges(changes: readonly Change[], writing: Writing): Promise<Stop> {
  const slices = slicesOf(changes, writing.approach);
  for (const [index, slice] of slices.entries()) {
    const stop = writing.approach.mode === 'single' ? await sendEach(slice, writing) : await sendBundle(slice, writing);
    if (stop === 'slow' && index === slices.length - 1) return undefined;
    if (stop !== undefined) return stop;
  }
  return undefined;
}

async function sendBundle(slice: readonly Change[], writing: Writing): Promise<Stop> {
  const { approach, patient, server, ledger, stillOurs, now } = writing;
  if (!(await stillOurs())) return 'not-ours';
  const body = bundleBody(slice, approach, patient, ledger);
  const consist = consistOf(slice, approach, body.length);
  const begun = now();
  const answer = await (approach.mode === 'batch' ? server.batch(body) : server.transaction(body));
  const seconds = Math.max(0, (now() - begun) / 1000);
  const isSlow = seconds > slowSeconds && slice.length > 1;
  if (isSlow) writing.tooMuch(slice.length);
  if (answer.kind === 'unknown') noteLost(writing, slice);
  if (answer.kind !== 'accepted') {
    return { failure: answer, refusals: refusalsByName(answer, slice), gotThrough: false, consist, seconds };
  }
  const noted = note(slice, entryAnswers(answer.body, slice.length), writing);
  const wait = answer.retryAfterSeconds;
  const setback = setbackOf(noted, { consist, seconds, status: answer.status, ...(wait !== undefined && { wait }) });
  return setback ?? (isSlow ? 'slow' : undefined);
}

/** Each change by itself. One that is refused does not hold up the next; anything else does. */
async function sendEach(slice: readonly Change[], writing: Writing): Promise<Stop> {
  const refusals = new Map<string, Refusal>();
  let gotThrough = false;
  for (const change of slice) {
    if (!(await writing.stillOurs())) return 'not-ours';
    const answer = await sendOne(change, writing);
    const consist = consistOf([change], writing.approach, change.wanted.content.text.length);
    const status = answer.status ?? 0;
    if (answer.kind === 'unavailable' || (answer.kind === 'refused' && isOfTarget(answer))) {
      return { failure: answer, refusals, gotThrough, consist, seconds: 0 };
    }
    const noted = note([change], [entryAnswerOf(answer)], writing);
    for (const [uuid, refusal] of noted.refusals) refusals.set(uuid, refusal);
    gotThrough ||= noted.gotThrough;
    if (noted.lost) return setbackOf({ ...noted, refusals, gotThrough }, { consist, seconds: 0, status });
  }
  const consist = consistOf(slice, writing.approach, 0);
  return setbackOf({ refusals, postponed: false, lost: false, gotThrough }, { consist, seconds: 0, status: 200 });
}

/** Whether a refusal is about all that could be sent. A 403 may be about one type. */
const isOfTarget = ({ reason, status }: Extract<Failure, { kind: 'refused' }>): boolean =>
  reason === 'not-fhir' || reason === 'wrong-version' || status === 401;

function noteLost({ approach, ledger, now }: Writing, changes: readonly Change[]): void {
  for (const { wanted, stored, ifNoneExist } of changes) {
    const { uuid } = wanted.mapped;
    ledger.lost.add(uuid);
    const isOurs = approach.strategy === 'update-as-create' && stored === undefined && ifNoneExist === undefined;
    if (isOurs) ledger.lostUnderOurs.add(uuid);
  }
  ledger.lostAt = now();
}

function sendOne(change: Change, { approach, patient, server, ledger }: Writing): Promise<Answer<Place>> {
  const { wanted, stored, ifNoneExist } = change;
  const type = wanted.mapped.resource.resourceType;
  const id = idToWrite(change, approach.strategy);
  if (wanted.aim === 'deleted') return server.remove(type, id ?? '');
  const references = referencesFor(patient, ledger, namesSoon([], approach.strategy));
  const pieces: ByteText[] = [];
  putResource(pieces, wanted.content, references, id);
  const body = bytesOf(pieces);
  return id === undefined ? server.create(type, body, ifNoneExist) : server.update(type, id, body, stored?.version);
}

function entryAnswerOf(answer: Exclude<Answer<Place>, { kind: 'unavailable' }>): EntryAnswer {
  if (answer.kind === 'accepted') return { kind: 'written', status: answer.status, ...answer.body };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  return { kind: 'refused', status: answer.status, faults: answer.faults };
}

/** What became of the entries of a request that was not refused as a whole. */
interface Noted {
  readonly refusals: Map<string, Refusal>;
  readonly postponed: boolean;
  readonly lost: boolean;
  /** Whether something new was made. */
  readonly gotThrough: boolean;
}

function note(slice: readonly Change[], answers: readonly EntryAnswer[], writing: Writing): Noted {
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
function doubtThoseThatRefer(slice: readonly Change[], { approach, ledger }: Writing): void {
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

function setbackOf(
  { refusals, postponed, lost, gotThrough }: Noted,
  { consist, seconds, status, wait }: { consist: Consist; seconds: number; status: number; wait?: number },
): Setback | undefined {
  const failure: Failure | undefined = lost ? { kind: 'unknown', status } : undefined;
  if (failure === undefined && !postponed && refusals.size === 0) return undefined;
  return {
    ...(failure !== undefined && { failure }),
    refusals,
    gotThrough,
    consist,
    seconds,
    ...(postponed && { postponed: wait === undefined ? {} : { seconds: wait } }),
  };
}
