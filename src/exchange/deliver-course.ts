import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Claim } from '../mapping/claim.ts';
import type { Issue } from '../outcome/issue.ts';
import { prepare } from './aims.ts';
import { counted } from './counted-server.ts';
import { outcomeOf, type Ending } from './delivery-outcome.ts';
import type { TargetKnowledge } from './knowledge.ts';
import type { FhirServer } from './ports.ts';
import { notHeldOf } from './impossible.ts';
import { entryOf } from './ledger.ts';
import type { EntryState, ReceiptEntry } from './receipt.ts';
import type { PatientPolicy } from './situation.ts';
import type { DeliveryMode, KeptReceipt } from './store.ts';
import { refusedByUs, type OwnCheck } from './own-check.ts';
import { targetOf } from './target.ts';
import { bringAbout } from './bring-about.ts';

/** A version of a course on its way to a target, and what is known of the way there. */
export interface CourseDelivery {
  readonly course: TreatmentCourse;
  readonly versionSeq: number;
  readonly mode: DeliveryMode;
  readonly receipt?: KeptReceipt;
  /** Since when something may have been sent of which the receipt does not tell. */
  readonly openSince?: number;
  /** The versions of which something may have been sent since the receipt, where `openSince` says so. */
  readonly attempted?: readonly number[];
}

/** What a delivery asks of the world. */
export interface DeliveryWorld {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
  readonly retractions: 'entered-in-error' | 'delete';
  /** Which profiles the resources claim; off where nobody says. */
  readonly claim?: Claim;
  /** Looks at everything that is to be written: an error of one resource, and nothing is sent. */
  readonly check?: OwnCheck;
  /** How long a request that was never answered may still be under way. */
  readonly settleSeconds: number;
  readonly knowledge: { read(): TargetKnowledge; learn(next: TargetKnowledge): void };
  readonly courseAt: (versionSeq: number) => Promise<TreatmentCourse | undefined>;
  /** Asked before every write. */
  readonly stillOurs: () => Promise<boolean>;
  readonly now: () => number;
}

/**
 * How a delivery ended. `refused`: the target, or what stands there, does not allow it. `unavailable`: another time.
 * `unknown`: something was sent, and whether it arrived is not known. `unresolved`: and nobody can find out from here.
 */
export interface DeliveryOutcome {
  readonly ended: 'delivered' | 'in-part' | 'refused' | 'unavailable' | 'unknown' | 'unresolved' | 'not-ours';
  /** With `unavailable`: that it is the target as a whole. */
  readonly reach?: 'not-authorised' | 'not-fhir' | 'wrong-version';
  /** With `refused`: that our own check did it, which is no different the next time. */
  readonly byUs?: true;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** What the target holds now, as far as it told us. Absent where nothing new is known. */
  readonly receipt?: Pick<KeptReceipt, 'versionSeq' | 'mapping' | 'resources'>;
  /** Whether something may have been written of which the receipt does not tell. */
  readonly open: boolean;
  /** With `open`: when this attempt last lost an answer; absent where it lost none. */
  readonly lostAt?: number;
  readonly issues: readonly Issue[];
  readonly counts: Readonly<Record<EntryState, number>>;
  readonly requests: number;
}

/**
 * Brings a target up to a version of a course: what differs from what the target holds, and nothing else. It never
 * throws for what a target does, and trying again is always safe. Two deliveries of one patient must not run at once.
 */
export async function deliverCourse(delivery: CourseDelivery, world: DeliveryWorld): Promise<DeliveryOutcome> {
  return (await deliverInDetail(delivery, world)).outcome;
}

/** The same, with what became of each resource where somebody asks for it. */
export async function deliverInDetail(
  delivery: CourseDelivery,
  world: DeliveryWorld,
): Promise<{ readonly outcome: DeliveryOutcome; readonly entries: () => readonly ReceiptEntry[] }> {
  const server = counted(world.server);
  const prepared = await prepare(delivery, world);
  const refused = refusedByUs(prepared, world.check);
  const capabilities = () => targetOf(world.server).capabilities(server);
  const ending: Ending =
    refused.length > 0
      ? { kind: 'barred', byUs: true, issues: refused }
      : await bringAbout(delivery, prepared, { ...world, server }, capabilities);
  const ended = ending.kind === 'done' ? { ...ending, notHeld: notHeldOf(prepared, world) } : ending;
  const outcome = outcomeOf(delivery, prepared, ended, server.requests());
  return { outcome, entries: () => prepared.wanted.map((one) => entryOf(one, prepared.ledger)) };
}
