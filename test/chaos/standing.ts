import { setTimeout as sleep } from 'node:timers/promises';

/** How the service's deliveries stand, as it says itself. */
export interface Standing {
  readonly deliveries: Readonly<Record<string, number>>;
  readonly held: number;
}

/** What goes on by itself. */
export const waitingIn = ({ deliveries }: Standing): number =>
  (deliveries['waiting'] ?? 0) + (deliveries['in-flight'] ?? 0);

/** What waits for a person. */
export const forPerson = ({ deliveries, held }: Standing): number =>
  held + ['refused', 'unresolved', 'given-up'].reduce((sum, state) => sum + (deliveries[state] ?? 0), 0);

export const totalOf = ({ deliveries }: Standing): number =>
  Object.values(deliveries).reduce((sum, count) => sum + count, 0);

/** Undefined where the service does not answer. */
export async function standingOf(service: string): Promise<Standing | undefined> {
  try {
    const response = await fetch(`${service}/metrics`, { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    if (!response.ok) return undefined;
    const states = text.matchAll(/^coursebridge_deliveries\{state="([\w-]+)"\} (\d+)$/gm);
    const held = /^coursebridge_held_submissions (\d+)$/m.exec(text)?.[1] ?? '0';
    return {
      deliveries: Object.fromEntries([...states].map(([, state = '', count]) => [state, Number(count)])),
      held: Number(held),
    };
  } catch {
    // It was killed.
    return undefined;
  }
}

/** Waits until nothing waits any more, or for so many seconds; how long that took, and how things stood then. */
export async function untilQuiet(
  service: string,
  seconds: number,
): Promise<{ readonly standing: Standing; readonly seconds: number }> {
  const begun = Date.now();
  for (;;) {
    const standing = await standingOf(service);
    const waited = (Date.now() - begun) / 1000;
    if (standing !== undefined && (waitingIn(standing) === 0 || waited > seconds)) return { standing, seconds: waited };
    if (waited > seconds + 60) throw new Error('the service does not answer any more');
    await sleep(500);
  }
}
