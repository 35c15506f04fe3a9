import { writeJson, type Json } from '../json/json.ts';
import type { Approach } from './approach.ts';
import { uuidsIn, type Change } from './changes.ts';

/**
 * The changes as transactions that keep to the limits, one after the other. References are closed: the new come first,
 * in the order of the course (each after those that it refers to), then what the target has.
 */
export function slicesOf(changes: readonly Change[], approach: Approach): Change[][] {
  const { limits, patientFirst, strategy } = approach;
  const slices: Change[][] = [];
  let room = { entries: 0, puts: 0, bytes: 0 };
  for (const change of inOrder(changes)) {
    const puts = change.stored !== undefined || (strategy === 'update-as-create' && !isConditional(change)) ? 1 : 0;
    const bytes = limits.bytes === Infinity ? 0 : sizeOf(change);
    const last = slices.at(-1);
    const full = room.entries < 1 || room.puts < puts || room.bytes < bytes;
    if (last === undefined || full || (patientFirst && last.some(isConditional))) {
      slices.push([change]);
      room = { ...limits };
    } else {
      last.push(change);
    }
    room = { entries: room.entries - 1, puts: room.puts - puts, bytes: room.bytes - bytes };
  }
  return slices;
}

const inOrder = (changes: readonly Change[]): Change[] => [
  ...changes.filter(({ stored }) => stored === undefined),
  ...changes.filter(({ stored }) => stored !== undefined),
];

const isConditional = ({ ifNoneExist }: Change): boolean => ifNoneExist !== undefined;

/** A little more than the resource: references grow when the target's ids take the place of ours. */
const sizeOf = ({ mapped }: Change): number => Buffer.byteLength(writeJson(mapped.resource)) + 500;

/** The changes that can still be written when some resources cannot: none that refers, however far, to a missing one. */
export function withoutThose(changes: readonly Change[], missing: ReadonlySet<string>): Change[] {
  const gone = new Set(missing);
  // One pass is enough: each comes after those that it refers to.
  return changes.filter(({ mapped, stored }) => {
    const left = gone.has(mapped.uuid) || uuidsIn(mapped.resource as unknown as Json).some((uuid) => gone.has(uuid));
    if (left && stored === undefined) gone.add(mapped.uuid);
    return !left;
  });
}
