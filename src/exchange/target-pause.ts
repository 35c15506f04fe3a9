import type { DeliveryOutcome } from './deliver-course.ts';
import { backOffSeconds, type RetrySettings } from './retry-policy.ts';

/** How a target has been answering lately, and until when it is left alone. */
export interface Pause {
  /** Attempts in a row in which the target could not be used. */
  readonly failures: number;
  readonly until: number;
}

export const noPause: Pause = { failures: 0, until: 0 };

/**
 * The back-off of a target as a whole. One failure may be that delivery's alone; from the second in a row, or where the
 * target asks for time or does not let us in, everything to it waits, and one delivery tries when the time is over.
 */
export function pauseAfter(
  outcome: Pick<DeliveryOutcome, 'ended' | 'reach' | 'retryAfterSeconds'>,
  pause: Pause,
  { now, random, settings }: { readonly now: number; readonly random: number; readonly settings: RetrySettings },
): Pause {
  if (outcome.ended === 'not-ours') return pause;
  const failed = outcome.ended === 'unavailable' || outcome.ended === 'unknown';
  const asked =
    outcome.ended === 'unavailable' ? Math.min(outcome.retryAfterSeconds ?? 0, settings.longestAskedSeconds) : 0;
  // What was on its way when the pause began does not end it, and is the same failure: eight at once are one outage.
  if (now < pause.until) return failed ? { ...pause, until: Math.max(pause.until, now + 1000 * asked) } : pause;
  if (!failed) return noPause;
  const failures = pause.failures + 1;
  if (failures < 2 && asked === 0 && outcome.reach === undefined) return { failures, until: pause.until };
  const seconds = Math.max(asked, backOffSeconds(Math.max(1, failures - 1), random, settings));
  return { failures, until: Math.max(pause.until, now + 1000 * seconds) };
}

/** How many deliveries may be in flight: none in a pause, one to try whether it is over, then all. */
export function roomFor({ failures, until }: Pause, now: number, most: number): number {
  if (now < until) return 0;
  return failures >= 2 ? 1 : most;
}
