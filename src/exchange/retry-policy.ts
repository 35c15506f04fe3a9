import type { DeliveryOutcome } from './deliver-course.ts';
import type { AttemptEnd } from './store.ts';

/** How patiently a target is tried again. */
export interface RetrySettings {
  /** Before the second attempt; each further wait is twice as long. */
  readonly firstSeconds: number;
  /** The longest wait of our own. */
  readonly capSeconds: number;
  /** The longest wait that a target may ask for. */
  readonly longestAskedSeconds: number;
  /** What still fails this long after the submission, and after `leastAttempts`, waits for a person. */
  readonly giveUpSeconds: number;
  readonly leastAttempts: number;
  /** A refusal is believed when the target has repeated it so often: gateways refuse in passing too. */
  readonly believedRefusals: number;
}

export const usualRetries: RetrySettings = {
  firstSeconds: 1,
  capSeconds: 300,
  longestAskedSeconds: 3600,
  giveUpSeconds: 3 * 24 * 3600,
  leastAttempts: 20,
  believedRefusals: 4,
};

/** An attempt that ended, and what came before it. */
export interface Attempted {
  readonly ended: Exclude<DeliveryOutcome['ended'], 'not-ours'>;
  readonly retryAfterSeconds?: number;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** How often the target has refused in the same way, this time included. */
  readonly refusals: number;
  /** When the delivery was made. */
  readonly since: number;
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}

/**
 * What becomes of a delivery after an attempt. A lost answer and a target that is away are tried again, for days; a
 * refusal is asked for again a few times; what nobody can tell from here waits for a person at once.
 */
export function afterAttempt(attempted: Attempted, settings: RetrySettings): Pick<AttemptEnd, 'state' | 'dueAt'> {
  const { ended, attempts, refusals, since, now, retryAfterSeconds } = attempted;
  if (ended === 'delivered' || ended === 'in-part' || ended === 'unresolved') return { state: ended };
  if (ended === 'refused' && refusals >= settings.believedRefusals) return { state: 'refused' };
  const tooLong = now - since >= settings.giveUpSeconds * 1000 && attempts >= settings.leastAttempts;
  if (tooLong) return { state: 'given-up' };
  const asked = Math.min(retryAfterSeconds ?? 0, settings.longestAskedSeconds);
  const tries = ended === 'refused' ? refusals : attempts;
  return {
    state: 'waiting',
    dueAt: Math.ceil(now + 1000 * Math.max(asked, backOffSeconds(tries, attempted.random, settings))),
  };
}

/**
 * Exponential, from half to the whole of it by chance: those that failed together do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/, "equal jitter").
 */
export function backOffSeconds(
  failures: number,
  random: number,
  { firstSeconds, capSeconds }: Pick<RetrySettings, 'firstSeconds' | 'capSeconds'>,
): number {
  const whole = Math.min(capSeconds, firstSeconds * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return whole / 2 + (whole / 2) * random;
}
