import { root } from '../course/path.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Change } from './change.ts';
import { refusalIssues } from './issues.ts';
import type { Failure, ServerFault } from './ports.ts';
import type { Refusal } from './remedy.ts';

const inEntry = /^Bundle\.entry\[(\d+)\](?:\.resource)?(?:\.|$)/;

/** The entries that a refused transaction's outcome names, each with what was wrong in it. HAPI names none. */
export function refusalsByName(failure: Failure, slice: readonly Change[]): Map<string, Refusal> {
  const refusals = new Map<string, Refusal>();
  if (failure.kind !== 'refused') return refusals;
  for (const { code, places } of failure.faults) {
    for (const place of places) {
      const named = inEntry.exec(place);
      const change = named === null ? undefined : slice[Number(named[1])];
      if (named === null || change === undefined) continue;
      const { uuid, resource } = change.wanted.mapped;
      const rest = place.slice(named[0].length);
      const fault: ServerFault = { code, places: rest === '' ? [] : [`${resource.resourceType}.${rest}`] };
      refusals.set(uuid, { status: failure.status, faults: [...(refusals.get(uuid)?.faults ?? []), fault] });
    }
  }
  return refusals;
}

/** What a refused transaction's outcome says without naming an entry: it is about the course. */
export function unnamedRefusals(failure: Failure & { kind: 'refused' }): Issue[] {
  const unnamed = failure.faults.filter(({ places }) => !places.some((place) => inEntry.test(place)));
  if (unnamed.length === 0 && failure.faults.length > 0) return [];
  return refusalIssues(failure.status, unnamed, root);
}
