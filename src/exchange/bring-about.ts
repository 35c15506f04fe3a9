import type { Prepared } from './aims.ts';
import type { Approach } from './approach.ts';
import { changeFor, patientOf, patientToMake, type Change } from './change.ts';
import type { CourseDelivery, DeliveryWorld } from './deliver-course.ts';
import type { Ending } from './delivery-outcome.ts';
import { firstLook } from './first-look.ts';
import { approachTo, learntFrom } from './knowledge.ts';
import { isDone } from './ledger.ts';
import type { Answer, Capabilities } from './ports.ts';
import { patience, remedyFor, type Setback } from './remedy.ts';
import { lookFor } from './situation.ts';
import { withoutThose } from './slices.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Looks, and writes what is not there as it is wanted, until all of it is. Every round but the first begins with a fresh
 * look, so that a conflict, a lost answer and half an answer need no rules of their own. It ends, because each further
 * round spends patience, tries another way, or has less to write.
 */
export async function bringAbout(
  delivery: CourseDelivery,
  prepared: Prepared,
  world: DeliveryWorld,
  capabilities: () => Promise<Answer<Capabilities>>,
): Promise<Ending> {
  const { wanted, ledger, unsure } = prepared;
  if (unsure.length === 0 && wanted.every((one) => isDone(one, ledger))) return { kind: 'done', issues: [] };
  const capable = await capabilities();
  if (capable.kind !== 'accepted') return { kind: 'failed', failure: capable };
  let approach = approachTo(world.knowledge.read());
  const early = tooEarly(delivery, world);
  if (early !== undefined && (!isIdempotent(approach) || mayOverwrite(delivery, prepared))) return early;

  const first = await firstLook(delivery, prepared, world, approach);
  if (first.kind !== 'clear') return first;
  const patient = patientOf(delivery.course);
  let toLookAt = first.toLookAt;
  let left = patience;
  for (;;) {
    if (toLookAt.length > 0) {
      const found = await lookFor(toLookAt, delivery.course, first.known, world.server, ledger, {
        types: prepared.types,
        patient,
      });
      if (found.kind !== 'clear') return found;
    }
    if (ledger.lost.size > 0) return { kind: 'lost' };
    const changes = changesOf(delivery, prepared);
    // A patient who is made twice is two.
    if (early !== undefined && changes.some(({ ifNoneExist }) => ifNoneExist !== undefined)) return early;
    const stop = await writeChanges(changes, { ...world, approach, patient, ledger });
    if (stop === 'not-ours') return { kind: 'not-ours' };
    if (stop === undefined) {
      if (ledger.refused.size > 0) return { kind: 'failed' };
      world.knowledge.learn(learntFrom(world.knowledge.read(), approach));
      return { kind: 'done', issues: first.issues };
    }
    if (stop.failure?.kind === 'unknown') {
      // What is found again under an id of ours can be looked for at once; the rest may still be under way.
      if (!isIdempotent(approach) || ledger.lost.has(patient.uuid))
        return { kind: 'lost', seconds: world.settleSeconds };
    } else {
      const remedy = remedyFor(stop, approach, left);
      if (remedy !== undefined) {
        if (remedy.waitSeconds !== undefined) await world.server.wait(remedy.waitSeconds);
        ({ approach, patience: left } = remedy);
      } else if (!setAside(stop, prepared)) return endingOf(stop);
    }
    toLookAt = wanted.filter((one) => !isDone(one, ledger));
  }
}

const isIdempotent = ({ strategy }: Approach): boolean => strategy === 'update-as-create';

/** Whether an earlier attempt's lost request could still arrive, and write something else over what is written now. */
function mayOverwrite({ versionSeq, attempted = [] }: CourseDelivery, { ledger }: Prepared): boolean {
  const isOther = (seq: number): boolean => seq !== versionSeq;
  return (
    attempted.some(isOther) ||
    [...ledger.rows.values()].some(({ state, since }) => state === 'unknown' && isOther(since))
  );
}

/** That a request which was lost may still be under way; undefined where none can. */
function tooEarly({ openSince }: CourseDelivery, { settleSeconds, now }: DeliveryWorld): Ending | undefined {
  if (openSince === undefined) return undefined;
  const seconds = Math.ceil(openSince / 1000 + settleSeconds - now() / 1000);
  // A clock that was put back must not keep anybody waiting for longer than that.
  return seconds > 0 ? { kind: 'too-early', seconds: Math.min(seconds, settleSeconds) } : undefined;
}

function changesOf({ course, versionSeq }: CourseDelivery, { wanted, ledger }: Prepared): readonly Change[] {
  const changes = wanted.filter((one) => !isDone(one, ledger)).map((one) => changeFor(one, ledger));
  const possible = withoutThose(changes, new Set(ledger.refused.keys()));
  // A patient alone is no course: it is made with the first resources of one.
  const isToBeMade = ledger.patientId === undefined && possible.some(({ wanted: { aim } }) => aim === 'held');
  return isToBeMade ? [patientToMake(course, versionSeq), ...possible] : possible;
}

/** What was refused by itself stays so, and the rest goes on without it; false where nothing was. */
function setAside({ failure, refusals }: Setback, { ledger }: Prepared): boolean {
  if (failure !== undefined || refusals.size === 0) return false;
  for (const [uuid, refusal] of refusals) ledger.refused.set(uuid, refusal);
  return true;
}

/** What ended a delivery that was answered entry by entry is that the target went on asking to wait. */
function endingOf({ failure, refusals, postponed }: Setback): Ending {
  if (failure !== undefined) return { kind: 'failed', failure, refusals };
  const seconds = postponed?.seconds;
  return {
    kind: 'failed',
    failure: { kind: 'unavailable', ...(seconds !== undefined && { retryAfterSeconds: seconds }) },
  };
}
