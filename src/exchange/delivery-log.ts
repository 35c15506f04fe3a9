import { root } from '../course/path.ts';
import type { MappedCourse, MappedResource } from '../mapping/mapped.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Change, Stored } from './changes.ts';
import { receiptOf, type Ending, type Receipt } from './receipt.ts';
import { refusalIssues } from './issues.ts';
import type { Refusal } from './remedy.ts';
import type { Clear } from './situation.ts';

/** What one push has done so far, resource by resource: the source of its receipt. */
export interface DeliveryLog {
  /** What the target holds and this push wrote. */
  readonly written: Map<string, Stored & { readonly state: 'created' | 'updated' | 'unchanged' }>;
  readonly refused: Map<string, Refusal>;
  /** Sent, and never answered. */
  readonly lost: Map<string, Change>;
  /** The patient, where the target did not have one and the policy is to make one. */
  patient: MappedResource | undefined;
  /** What the last look found on the target. */
  held: ReadonlyMap<string, Stored>;
  /** What the last look found to write. */
  pending: readonly Change[];
}

export const newLog = (): DeliveryLog => ({
  written: new Map(),
  refused: new Map(),
  lost: new Map(),
  patient: undefined,
  held: new Map(),
  pending: [],
});

/** Takes into account what a fresh look found: what was sent and lost, and is there now as it was sent, was written. */
export function noteLook(log: DeliveryLog, { held, changes }: Pick<Clear, 'held' | 'changes'>): void {
  const pending = new Set(changes.map(({ mapped }) => mapped.uuid));
  for (const [uuid, { stored }] of log.lost) {
    const there = held.get(uuid);
    if (there === undefined || pending.has(uuid)) continue;
    log.written.set(uuid, { ...there, state: stored === undefined ? 'created' : 'updated' });
    log.lost.delete(uuid);
  }
  log.held = held;
  log.pending = changes;
  log.patient ??= changes.find(({ ifNoneExist }) => ifNoneExist !== undefined)?.mapped;
}

/** Whether anything on the target is of this push's making. */
export function hasWritten(log: DeliveryLog): boolean {
  return [...log.written.values()].some(({ state }) => state !== 'unchanged');
}

/**
 * The receipt of a push that ended: `issues` say why it ended early, nothing where it did not. What was refused, and
 * where only a part was written every resource of that part, is added to them.
 */
export function receiptFrom(
  { course, resources }: MappedCourse,
  log: DeliveryLog,
  ended: { readonly state: Receipt['state']; readonly issues: readonly Issue[] },
): Receipt {
  const all = log.patient === undefined ? resources : [log.patient, ...resources];
  const endings = all.map((one): [MappedResource, Ending] => [one, endingOf(one, log)]);
  const state = stateOf(log, ended.state);
  const refusals = all.flatMap(({ uuid, at }) => {
    const refusal = log.refused.get(uuid);
    return refusal === undefined ? [] : refusalIssues(refusal.status, refusal.faults, at);
  });
  const written = state === 'delivered' ? [] : endings.flatMap(([one, ending]) => writtenIssues(one, ending));
  return receiptOf(course, state, endings, [...issuesOf(state, ended.issues), ...refusals, ...written]);
}

function stateOf(log: DeliveryLog, state: Receipt['state']): Receipt['state'] {
  if (state === 'delivered') return state;
  if (log.lost.size > 0) return 'unknown';
  return hasWritten(log) ? 'partly' : state;
}

// "Nothing was written" is true of a target that was never reached, not of one that went away half way.
function issuesOf(state: Receipt['state'], issues: readonly Issue[]): Issue[] {
  const rest = issues.filter(({ code }) => code !== 'target-unavailable' && code !== 'target-unknown-outcome');
  if (state === 'partly') return [{ code: 'partly-written', at: root }, ...rest];
  if (state === 'unknown') return [{ code: 'target-unknown-outcome', at: root }, ...rest];
  return [...issues];
}

function endingOf({ uuid }: MappedResource, log: DeliveryLog): Ending {
  const written = log.written.get(uuid);
  if (written !== undefined) return { state: written.state, ...whereabouts(written) };
  const held = log.held.get(uuid);
  const there = held === undefined ? {} : whereabouts(held);
  if (log.lost.has(uuid)) return { state: 'unknown', ...there };
  if (log.refused.has(uuid)) return { state: 'refused', ...there };
  const isPending = log.pending.some(({ mapped }) => mapped.uuid === uuid);
  return { state: held !== undefined && !isPending ? 'unchanged' : 'not-sent', ...there };
}

const whereabouts = ({ id, version }: Stored): Pick<Ending, 'serverId' | 'version'> => ({
  serverId: id,
  ...(version !== undefined && { version }),
});

function writtenIssues({ resource, at }: MappedResource, { state }: Ending): Issue[] {
  if (state !== 'created' && state !== 'updated') return [];
  return [{ code: 'written', at, facts: { type: resource.resourceType } }];
}
