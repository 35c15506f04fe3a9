import { readText } from '../course/read-text.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { root } from '../course/path.ts';
import { deliverCourse, type DeliveryOutcome, type DeliveryWorld } from './deliver-course.ts';
import type { Refused } from './dispatcher.ts';
import type { Learning } from './learning.ts';
import { holding, type Lease, type LeaseParts } from './lease.ts';
import { afterAttempt, type RetrySettings } from './retry-policy.ts';
import type { AttemptEnd, ClaimedDelivery, DeliveryState, Store } from './store.ts';

export interface AttemptParts extends LeaseParts {
  /** The target's id. */
  readonly target: string;
  readonly world: Omit<DeliveryWorld, 'knowledge' | 'courseAt' | 'stillOurs' | 'now'>;
  readonly retries: RetrySettings;
  readonly random: () => number;
  readonly newId: () => string;
}

/** An attempt that was made, and what became of the delivery. */
export interface Attempt {
  readonly delivery: ClaimedDelivery;
  readonly outcome: DeliveryOutcome;
  readonly state: DeliveryState;
  readonly refused?: Refused;
  readonly seconds: number;
}

/** Tries once to bring a target up to a version of a course, and keeps how that ended. */
export async function attempt(
  delivery: ClaimedDelivery,
  before: Refused | undefined,
  learning: Learning,
  parts: AttemptParts,
): Promise<Attempt> {
  const { store, clock, retries, random } = parts;
  const begun = clock.now();
  const outcome = await holding(delivery, parts, (lease) => outcomeOf(delivery, lease, learning, parts));
  const now = clock.now();
  const seconds = Math.max(0, (now - begun) / 1000);
  if (outcome.ended === 'not-ours') return { delivery, outcome, state: 'in-flight', seconds };
  const refused = refusedSince(outcome, before);
  const { ended, retryAfterSeconds, byUs = false } = outcome;
  const next = afterAttempt(
    {
      ended,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      attempts: delivery.attempts,
      // Nobody else was asked, who could say something else the next time.
      refusals: byUs ? retries.believedRefusals : (refused?.times ?? 0),
      since: delivery.createdAt,
      now,
      random: random(),
    },
    retries,
  );
  const end: AttemptEnd = {
    ...next,
    issues: outcome.issues,
    at: now,
    open: outcome.open,
    ...(outcome.lostAt !== undefined && { lostAt: outcome.lostAt }),
    ...(outcome.receipt !== undefined && { receipt: { ...outcome.receipt, at: now } }),
  };
  const ours = await store.transaction(async (tx) => {
    await learning.keep(tx);
    return tx.finish(delivery.id, delivery.lease, end);
  });
  const state = ours ? next.state : 'in-flight';
  return { delivery, outcome, state, seconds, ...(refused !== undefined && { refused }) };
}

async function outcomeOf(
  delivery: ClaimedDelivery,
  lease: Lease,
  learning: Learning,
  { store, world, clock, fault }: AttemptParts,
): Promise<DeliveryOutcome> {
  const { version, receipt, openSince, mode } = delivery;
  try {
    await learning.begin();
    const attempted = openSince === undefined ? [] : await attemptedSince(delivery, store);
    return await deliverCourse(
      {
        course: courseIn(version.text),
        versionSeq: version.seq,
        mode,
        ...(receipt !== undefined && { receipt }),
        ...(openSince !== undefined && { openSince, attempted }),
      },
      {
        ...world,
        now: () => clock.now(),
        knowledge: learning,
        courseAt: async (seq) => {
          const other = await store.transaction((tx) => tx.version(seq));
          return other === undefined ? undefined : courseIn(other.text);
        },
        stillOurs: () => lease.stillOurs(),
      },
    );
  } catch (error) {
    // A fault of our own must not take the other deliveries along. Whether anything was sent is not known.
    fault(error);
    return {
      ended: 'unknown',
      open: true,
      issues: [{ code: 'internal-error', at: root }],
      counts: { created: 0, updated: 0, unchanged: 0, refused: 0, unknown: 0, 'not-sent': 0 },
      requests: 0,
    };
  }
}

/** The versions that may have been sent since the receipt, and never told how that ended. */
async function attemptedSince({ courseId, target, receipt }: ClaimedDelivery, store: Store): Promise<number[]> {
  const all = await store.transaction((tx) => tx.deliveries({ courseId, target }, { limit: mostVersions }));
  const since = receipt?.versionSeq ?? 0;
  const begun = all.filter(({ attempts, versionSeq }) => attempts > 0 && versionSeq > since);
  return [...new Set(begun.map(({ versionSeq }) => versionSeq))];
}

/** More than any course has. */
const mostVersions = 100_000;

/** A text that the store kept: it was accepted before it came there. */
function courseIn(text: string): TreatmentCourse {
  const { value } = readText(text);
  if (value === undefined) throw new Error('a version in the store is no JSON');
  return value as unknown as TreatmentCourse;
}

function refusedSince({ ended, status }: DeliveryOutcome, before: Refused | undefined): Refused | undefined {
  // That a target was away in between does not make its refusals weaker; another refusal does.
  if (ended !== 'refused') return before;
  return { status, times: before !== undefined && before.status === status ? before.times + 1 : 1 };
}
