import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { deliverCourse, type DeliveryOutcome } from '../../src/exchange/deliver-course.ts';
import { firstKnowledge, type TargetKnowledge } from '../../src/exchange/knowledge.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import type { DeliveryMode, KeptReceipt } from '../../src/exchange/store.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';

/** Brings versions of one course to a target, again and again until it ends, as the dispatcher would. */
export interface Courier {
  deliver(course: TreatmentCourse, mode?: DeliveryMode): Promise<Delivered>;
}

export interface Delivered {
  readonly outcome: DeliveryOutcome;
  readonly attempts: number;
  readonly receipt: KeptReceipt | undefined;
}

/** What one target teaches serves all its couriers; time passes where they are told to wait, and for nobody else. */
export interface Depot {
  readonly knowledge: { read(): TargetKnowledge; learn(next: TargetKnowledge): void };
  courier(patients: PatientPolicy): Courier;
}

const mostAttempts = 60;
const settleSeconds = 30;

export function depotAt(base: string): Depot {
  let known = firstKnowledge;
  let now = Date.UTC(2026, 0, 1);
  const knowledge = { read: () => known, learn: (next: TargetKnowledge) => void (known = next) };
  const pass = (seconds: number): void => void (now += seconds * 1000);
  const server = fhirServer({ base, authentication: { kind: 'none' }, wait: async (seconds) => pass(seconds) });

  function courier(patients: PatientPolicy): Courier {
    const versions: TreatmentCourse[] = [];
    let receipt: KeptReceipt | undefined;
    let openSince: number | undefined;
    const attempt = (course: TreatmentCourse, mode: DeliveryMode): Promise<DeliveryOutcome> =>
      deliverCourse(
        {
          course,
          versionSeq: versions.length,
          mode,
          ...(receipt !== undefined && { receipt }),
          ...(openSince !== undefined && { openSince, attempted: versions.map((_, index) => index + 1) }),
        },
        {
          server,
          definitions,
          patients,
          retractions: 'entered-in-error',
          settleSeconds,
          knowledge,
          courseAt: async (seq) => versions[seq - 1],
          stillOurs: async () => true,
          now: () => now,
        },
      );
    return {
      deliver: async (course, mode = 'changes') => {
        versions.push(course);
        for (let attempts = 1; ; attempts += 1) {
          const outcome = await attempt(course, mode);
          pass(1);
          if (outcome.receipt !== undefined) {
            receipt = { target: 't', courseId: course.id, at: now, ...outcome.receipt };
          }
          openSince = outcome.open ? (outcome.lostAt ?? openSince ?? now) : undefined;
          const goesOn = outcome.ended === 'unknown' || outcome.ended === 'unavailable';
          if (!goesOn || attempts === mostAttempts) return { outcome, attempts, receipt };
          pass(outcome.retryAfterSeconds ?? settleSeconds);
        }
      },
    };
  }
  return { knowledge, courier };
}
