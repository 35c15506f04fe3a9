import type { Prepared } from './aims.ts';
import type { Issue } from '../outcome/issue.ts';
import { asHeldWithout } from './change.ts';
import { saysItCannot } from './coverage.ts';
import type { DeliveryWorld } from './deliver-course.ts';
import type { Ledger } from './ledger.ts';
import { lostFacts } from './lost-facts.ts';
import type { Refusal, Setback } from './remedy.ts';

/** Takes down what a target cannot hold: what is of a type of which it makes no resources, and is not there. */
export function noteImpossible({ wanted, ledger }: Prepared, notHeld: readonly string[]): void {
  if (notHeld.length === 0) return;
  for (const { mapped, aim } of wanted) {
    const row = ledger.rows.get(mapped.uuid);
    const mayBeThere = row?.serverId !== undefined || row?.state === 'unknown' || ledger.lost.has(mapped.uuid);
    if (aim === 'held' && !mayBeThere && notHeld.includes(mapped.resource.resourceType)) {
      ledger.impossible.add(mapped.uuid);
    }
  }
}

/**
 * The types of which a target makes no resources, going by what it refused when every way had been tried: all that was
 * new of the type, and with a status that says that it never does.
 */
export function typesNotMade({ refusals, gotThrough }: Setback, { wanted, ledger }: Prepared): string[] {
  const refused = wanted.flatMap((one) => {
    const refusal = refusals.get(one.mapped.uuid);
    return refusal === undefined ? [] : [{ type: one.mapped.resource.resourceType, uuid: one.mapped.uuid, refusal }];
  });
  const others = gotThrough || ledger.written.size > 0;
  const says = ({ uuid, refusal }: { uuid: string; refusal: Refusal }): boolean =>
    isNew(uuid, ledger) && saysItCannot(refusal.status) && (others || refusal.status !== 404);
  const byType = Map.groupBy(refused, ({ type }) => type);
  return [...byType].filter(([, ofType]) => ofType.every(says)).map(([type]) => type);
}

/** What of a course a target does not hold when all else has arrived. */
export function notHeldOf({ course, wanted, ledger }: Prepared, { knowledge, definitions }: DeliveryWorld): Issue[] {
  const { coverage } = knowledge.read();
  if (ledger.impossible.size === 0 && coverage.identifiers !== 'lost') return [];
  const held = wanted.filter(({ mapped, aim }) => aim === 'held' && !ledger.impossible.has(mapped.uuid));
  const resources = held.map(({ mapped }) => asHeldWithout(mapped, ledger.impossible));
  return lostFacts(course, resources, coverage, definitions);
}

const isNew = (uuid: string, { rows }: Ledger): boolean => rows.get(uuid)?.serverId === undefined;
