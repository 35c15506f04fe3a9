import type { Approach, Consist } from './approach.ts';
import { referencesFor, type Change } from './change.ts';
import type { PatientReference } from './changes.ts';
import { bytesOf, putResource, type ByteText } from './content.ts';
import { entryAnswers, type EntryAnswer } from './entry-answers.ts';
import { slowSeconds } from './lessons.ts';
import type { Ledger } from './ledger.ts';
import { noteAnswers, noteLost, type Noted } from './note-answers.ts';
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
  const noted = noteAnswers(slice, entryAnswers(answer.body, slice.length), writing);
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
    const noted = noteAnswers([change], [entryAnswerOf(answer)], writing);
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
