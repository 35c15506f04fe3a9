import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { deliverCourse, type DeliveryOutcome, type DeliveryWorld } from '../../src/exchange/deliver-course.ts';
import { firstKnowledge, type TargetKnowledge } from '../../src/exchange/knowledge.ts';
import type { FhirServer } from '../../src/exchange/ports.ts';
import { heldResources, type HeldResource } from '../../src/exchange/receipt.ts';
import type { DeliveryMode, KeptReceipt } from '../../src/exchange/store.ts';

/** What a store keeps of one course and one target, and no more. */
export interface Sender {
  /** Delivers a version, or the last one again. */
  deliver(course?: TreatmentCourse, mode?: DeliveryMode): Promise<DeliveryOutcome>;
  receipt: KeptReceipt | undefined;
  /** What the receipt says, resource by resource. */
  rows(): readonly HeldResource[];
  readonly versions: TreatmentCourse[];
  knowledge: TargetKnowledge;
  openSince: number | undefined;
  /** Whether the process ends before it can say how an attempt went. */
  dies: () => boolean;
  now: number;
}

/** Sends versions of a course, one after the other, with the receipt of the one before. */
export function senderTo(server: FhirServer, more: Partial<DeliveryWorld> = {}): Sender {
  let attempted: number[] = [];
  const sender: Sender = {
    receipt: undefined,
    rows: () => heldResources(sender.receipt?.resources),
    versions: [],
    knowledge: firstKnowledge,
    openSince: undefined,
    dies: () => false,
    now: 1_000_000,
    async deliver(next, mode = 'changes') {
      if (next !== undefined) sender.versions.push(next);
      const versionSeq = sender.versions.length;
      const course = sender.versions[versionSeq - 1];
      if (course === undefined) throw new Error('no version to send');
      attempted.push(versionSeq);
      const { receipt, openSince } = sender;
      const outcome = await deliverCourse(
        {
          course,
          versionSeq,
          mode,
          ...(receipt !== undefined && { receipt }),
          ...(openSince !== undefined && { openSince, attempted }),
        },
        {
          server,
          definitions,
          patients: 'create',
          retractions: 'entered-in-error',
          settleSeconds: 30,
          knowledge: {
            read: () => sender.knowledge,
            learn: (knowledge) => {
              sender.knowledge = knowledge;
            },
          },
          courseAt: (seq) => Promise.resolve(sender.versions[seq - 1]),
          stillOurs: () => Promise.resolve(true),
          now: () => sender.now,
          ...more,
        },
      );
      if (sender.dies()) {
        sender.openSince = sender.now;
        return outcome;
      }
      // As the store does: what an attempt before this one left open stays as it is.
      sender.openSince = outcome.open ? (outcome.lostAt ?? openSince ?? sender.now) : undefined;
      if (!outcome.open) attempted = [];
      if (outcome.receipt !== undefined) {
        sender.receipt = { ...outcome.receipt, target: 't', courseId: 'c', at: sender.now };
      }
      return outcome;
    },
  };
  return sender;
}
