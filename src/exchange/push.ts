import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { mapCourse } from '../mapping/course-to-bundle.ts';
import type { MappedCourse } from '../mapping/mapped.ts';
import { newLog, noteLook, receiptFrom, type DeliveryLog } from './delivery-log.ts';
import { failureIssues } from './issues.ts';
import type { Failure, FhirServer } from './ports.ts';
import type { Receipt } from './receipt.ts';
import { unnamedRefusals } from './refusals.ts';
import { patience, remedyFor, type Setback } from './remedy.ts';
import { lookAround, type PatientPolicy } from './situation.ts';
import { withoutThose } from './slices.ts';
import { targetOf, type Target } from './target.ts';
import { writeChanges } from './write-changes.ts';

export interface PushOptions {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
}

/**
 * Writes a course to a target: what is new or changed, and nothing else. Nothing is written where the patient is not
 * known or not certain, or where the target holds somebody else's resources under the course's identifiers.
 */
export async function pushCourse(course: TreatmentCourse, options: PushOptions): Promise<Receipt> {
  const target = targetOf(options.server);
  const mapped = mapCourse(course, options.definitions);
  const { system, id } = course.patient;
  return target.inTurn(JSON.stringify([system, id]), () => deliver(mapped, target, options));
}

/**
 * Every round begins with a fresh look, so that a conflict, a lost answer and half an answer need no rules of their own.
 * It ends, because each further round spends patience, makes the transactions smaller, or has less to write.
 */
async function deliver(mapped: MappedCourse, target: Target, options: PushOptions): Promise<Receipt> {
  const log = newLog();
  const capable = await target.capabilities();
  if (capable.kind !== 'accepted') return endedBy(capable, mapped, log);
  let { approach } = target;
  let left = patience;
  for (;;) {
    const situation = await lookAround(mapped, options.server, options.patients, log.written);
    if (situation.kind === 'failed') return endedBy(situation.failure, mapped, log);
    if (situation.kind === 'barred') return receiptFrom(mapped, log, { state: 'refused', issues: situation.issues });
    noteLook(log, situation);
    if (log.lost.size > 0) return receiptFrom(mapped, log, { state: 'unknown', issues: [] });
    const changes = withoutThose(situation.changes, new Set(log.refused.keys()));
    const setback = await writeChanges(changes, approach, situation, options.server, log);
    if (setback === undefined) {
      const all = log.refused.size === 0;
      if (all) target.approach = approach;
      return receiptFrom(mapped, log, { state: all ? 'delivered' : 'refused', issues: situation.issues });
    }
    const remedy = remedyFor(setback, approach, left);
    if (remedy?.refusedToo !== true) for (const [uuid, refusal] of setback.refusals) log.refused.set(uuid, refusal);
    if (remedy === undefined) return endedBy(failureOf(setback), mapped, log);
    if (remedy.waitSeconds !== undefined) await options.server.wait(remedy.waitSeconds);
    ({ approach, patience: left } = remedy);
  }
}

/** What ended a push that was answered entry by entry: a refusal, or else that the target went on asking to wait. */
function failureOf({ failure, refusals, postponed }: Setback): Failure | undefined {
  if (failure !== undefined || refusals.size > 0) return failure;
  return { kind: 'unavailable', ...(postponed?.seconds !== undefined && { retryAfterSeconds: postponed.seconds }) };
}

function endedBy(failure: Failure | undefined, mapped: MappedCourse, log: DeliveryLog): Receipt {
  if (failure === undefined) return receiptFrom(mapped, log, { state: 'refused', issues: [] });
  if (failure.kind === 'refused' && failure.reason === 'status') {
    return receiptFrom(mapped, log, { state: 'refused', issues: unnamedRefusals(failure) });
  }
  const receipt = receiptFrom(mapped, log, { state: failure.kind, issues: failureIssues(failure) });
  const seconds = failure.kind === 'unavailable' ? failure.retryAfterSeconds : undefined;
  return seconds === undefined ? receipt : { ...receipt, retryAfterSeconds: seconds };
}
