import { firstApproach, type Approach, type Limits } from './approach.ts';
import { ways, type TargetKnowledge, type Way } from './knowledge.ts';

/**
 * What a delivery learns of its target. Gateways refuse in passing, with every status there is: a way of writing is
 * settled on only when it was needed in several deliveries in a row, each of which was refused twice before it tried
 * another way, with a fresh look between; and it is doubted again every day. A limit costs little and is believed at
 * once; it grows again with every success.
 */

/** So many deliveries in a row settle on another way. */
const believedAfter = 2;
/** After so long a settled way is doubted. */
const doubtedAfterMs = 24 * 3600 * 1000;
/** By which part of it a limit grows with a success, and when it is none any more. */
const growth = 0.1;
const noLimit: Limits = { entries: firstApproach.limits.entries, puts: 5_000, bytes: 64_000_000 };

/** How to begin with a target. */
export function approachTo(knowledge: TargetKnowledge, now: number): Approach {
  const { strategy, mode, patientFirst, limits, settledAt } = knowledge;
  const all: Limits = { ...firstApproach.limits, ...limits };
  // A clock that was put back must not make what is settled last for ever.
  const isDoubted = settledAt !== undefined && Math.abs(now - settledAt) >= doubtedAfterMs;
  return isDoubted ? { ...firstApproach, limits: all } : { strategy, mode, patientFirst, limits: all };
}

/** What a delivery that got through says of the way it took. `created`: whether something new came to the target. */
export function afterSuccess(
  knowledge: TargetKnowledge,
  begun: Approach,
  ended: Approach,
  { now, created }: { readonly now: number; readonly created: boolean },
): TargetKnowledge {
  let settled = knowledge;
  for (const way of ways) {
    // What was there before comes the same way under every strategy.
    if (way !== 'strategy' || created) settled = judged(settled, way, ended, now);
  }
  const wasInVain = settled.settledAt !== undefined && ways.some((way) => begun[way] !== ended[way]);
  return { ...settled, limits: limitsAfter(knowledge.limits, begun, ended), ...(wasInVain && { settledAt: now }) };
}

function judged(knowledge: TargetKnowledge, way: Way, ended: Approach, now: number): TargetKnowledge {
  const { [way]: doubts = 0, ...others } = knowledge.doubts;
  if (ended[way] === knowledge[way]) return doubts === 0 ? knowledge : { ...knowledge, doubts: others };
  if (doubts + 1 < believedAfter) return { ...knowledge, doubts: { ...others, [way]: doubts + 1 } };
  return { ...knowledge, [way]: ended[way], doubts: others, settledAt: now };
}

function limitsAfter(known: Partial<Limits>, begun: Approach, ended: Approach): Partial<Limits> {
  const limits: { -readonly [N in keyof Limits]?: number } = {};
  for (const name of ['entries', 'puts', 'bytes'] as const) {
    const shrunk = ended.limits[name] < begun.limits[name];
    const limit = shrunk ? ended.limits[name] : grown(known[name] ?? Infinity);
    if (limit < noLimit[name]) limits[name] = limit;
  }
  return limits;
}

const grown = (limit: number): number => limit + Math.max(1, Math.floor(limit * growth));

/** An answer that took longer than this, in seconds, was asked too much. */
export const slowSeconds = 10;
const fewestEntries = 10;

/** Less at once, after an answer that was slow or never came: half of it, and never so little that it takes for ever. */
export function lessAtOnce(knowledge: TargetKnowledge, entries: number): TargetKnowledge {
  const half = Math.max(fewestEntries, Math.floor(entries / 2));
  const { limits } = knowledge;
  return half < (limits.entries ?? Infinity) ? { ...knowledge, limits: { ...limits, entries: half } } : knowledge;
}
