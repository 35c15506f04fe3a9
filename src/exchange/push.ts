import { courseServiceId } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Issue } from '../outcome/issue.ts';
import { deliverInDetail, type DeliveryOutcome } from './deliver-course.ts';
import type { FhirServer } from './ports.ts';
import type { EntryState, ReceiptEntry } from './receipt.ts';
import type { PatientPolicy } from './situation.ts';
import { targetOf } from './target.ts';

export interface PushOptions {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
}

/** What a target holds of a course after a push that keeps nothing. */
export interface Receipt {
  readonly courseServiceId: string;
  readonly state: DeliveryOutcome['ended'];
  readonly entries: readonly ReceiptEntry[];
  readonly issues: readonly Issue[];
  readonly counts: Readonly<Record<EntryState, number>>;
  readonly retryAfterSeconds?: number;
}

/**
 * Writes a course to a target once, without a store: what the target holds is looked at first, resource by resource.
 * For tests and benches; two pushes of one patient take turns.
 */
export async function pushCourse(
  course: TreatmentCourse,
  { server, definitions, patients }: PushOptions,
): Promise<Receipt> {
  const target = targetOf(server);
  const { system, id } = course.patient;
  const { outcome, entries } = await target.inTurn(JSON.stringify([system, id]), () =>
    deliverInDetail(
      { course, versionSeq: 1, mode: 'repair' },
      {
        server,
        definitions,
        patients,
        retractions: 'entered-in-error',
        settleSeconds: 0,
        knowledge: {
          read: () => target.knowledge,
          learn: (next) => {
            target.knowledge = next;
          },
        },
        courseAt: () => Promise.resolve(undefined),
        stillOurs: () => Promise.resolve(true),
        now: () => 0,
      },
    ),
  );
  const { ended, issues, counts, retryAfterSeconds } = outcome;
  return {
    courseServiceId: courseServiceId(course),
    state: ended,
    entries: entries(),
    issues,
    counts,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
