import type { Headers } from './send.ts';

/** How long a server asks us to wait, in seconds: `Retry-After`, or the `RateLimit` headers that Medplum sends instead. */
export function retryAfterSeconds(headers: Headers, now: number): number | undefined {
  return fromRetryAfter(headers['retry-after'], now) ?? fromRateLimit(headers['ratelimit']);
}

function fromRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** `"requests";r=59999;t=60, "fhirInteractions";r=0;t=35`: of the policies, the one with nothing left decides. */
function fromRateLimit(value: string | undefined): number | undefined {
  const policies = (value ?? '').split(',').flatMap((policy) => {
    const seconds = /;\s*t=(\d{1,9})/.exec(policy)?.[1];
    return seconds === undefined ? [] : [{ seconds: Number(seconds), spent: /;\s*r=0(?!\d)/.test(policy) }];
  });
  const waits = policies.filter(({ spent }) => spent).map(({ seconds }) => seconds);
  return waits.length === 0 ? undefined : Math.max(...waits);
}
