import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { Approach, Consist } from './approach.ts';
import { withReferences, type Change, type Stored, type Whereabouts } from './changes.ts';

/** Some changes as one transaction. */
export function transactionOf(
  changes: readonly Change[],
  { strategy }: Pick<Approach, 'strategy'>,
  whereabouts: Whereabouts,
): Bundle {
  const places = strategy === 'update-as-create' ? withOurIds(changes, whereabouts) : whereabouts;
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: changes.map((change) => entryFor(change, strategy, places)),
  };
}

/** What is new will have our id: it is named by that at once, in this transaction and before it is there. */
function withOurIds(changes: readonly Change[], whereabouts: Whereabouts): Whereabouts {
  const held = new Map<string, Pick<Stored, 'id'>>(whereabouts.held);
  for (const { mapped, stored, ifNoneExist } of changes) {
    if (stored === undefined && ifNoneExist === undefined) held.set(mapped.uuid, { id: mapped.uuid });
  }
  return { ...whereabouts, held };
}

function entryFor(
  { mapped, stored, ifNoneExist }: Change,
  strategy: Approach['strategy'],
  whereabouts: Whereabouts,
): BundleEntry {
  const type = mapped.resource.resourceType;
  const resource = withReferences(mapped.resource, whereabouts);
  if (ifNoneExist !== undefined || (stored === undefined && strategy === 'resolve-then-write')) {
    return {
      fullUrl: `urn:uuid:${mapped.uuid}`,
      resource,
      request: { method: 'POST', url: type, ...(ifNoneExist !== undefined && { ifNoneExist }) },
    };
  }
  // No fullUrl: nothing refers to the entry by a urn, and a literal reference needs none.
  const id = stored?.id ?? mapped.uuid;
  const version = stored?.version;
  return {
    resource: { ...resource, id },
    request: { method: 'PUT', url: `${type}/${id}`, ...(version !== undefined && { ifMatch: `W/"${version}"` }) },
  };
}

/** What the changes make of a transaction, for judging why it was refused. */
export function consistOf(
  changes: readonly Change[],
  { strategy }: Pick<Approach, 'strategy'>,
  bytes: number,
): Consist {
  const conditional = changes.filter(({ ifNoneExist }) => ifNoneExist !== undefined).length;
  const known = changes.filter(({ stored }) => stored !== undefined);
  const clientIds = strategy === 'update-as-create' ? changes.length - conditional - known.length : 0;
  return {
    entries: changes.length,
    puts: known.length + clientIds,
    clientIds,
    conditional: conditional > 0,
    versioned: known.some(({ stored }) => stored?.version !== undefined),
    bytes,
  };
}
