import type { Json } from '../json/json.ts';
import type { Approach } from './approach.ts';
import type { Change } from './change.ts';
import { uuidsIn } from './changes.ts';
import { uuidsInText } from './content.ts';

/**
 * The changes as requests that keep to the limits, one after the other. In transactions references are closed: the new
 * come first, in the order of the course (each after those that it refers to), then what the target has. Otherwise
 * they go in waves, each after what it refers to. What is taken off comes last, what refers to others first.
 */
export function slicesOf(changes: readonly Change[], approach: Approach): Change[][] {
  const isGone = ({ wanted }: Change): boolean => wanted.aim === 'deleted';
  const [gone, kept] = changes.some(isGone)
    ? [changes.filter(isGone), changes.filter((one) => !isGone(one))]
    : [[], changes];
  const groups =
    approach.mode === 'transaction'
      ? [inOrder(kept), gone]
      : [...wavesOf(kept, isNew), ...wavesOf(gone, () => true).toReversed()];
  return groups.flatMap((group) => cut(group, approach));
}

const isNew = ({ stored }: Change): boolean => stored === undefined;

const inOrder = (changes: readonly Change[]): Change[] => [
  ...changes.filter(isNew),
  ...changes.filter((one) => !isNew(one)),
];

/** The changes by how far they are from those that refer to none of the others; `counts` says which ones matter. */
function wavesOf(changes: readonly Change[], counts: (change: Change) => boolean): Change[][] {
  const byUuid = new Map(changes.filter(counts).map((one) => [one.wanted.mapped.uuid, one]));
  const levels = new Map<Change, number>();
  const levelOf = (change: Change): number => {
    const known = levels.get(change);
    if (known !== undefined) return known;
    const before = refersTo(change).flatMap((uuid) => byUuid.get(uuid) ?? []);
    const level = before.reduce((deepest, one) => Math.max(deepest, levelOf(one) + 1), 0);
    levels.set(change, level);
    return level;
  };
  const waves: Change[][] = [];
  for (const change of changes) (waves[levelOf(change)] ??= []).push(change);
  return Array.from(waves, (wave) => wave ?? []);
}

function refersTo({ wanted: { mapped, content } }: Change): string[] {
  return content.text === '' ? uuidsIn(mapped.resource as unknown as Json) : uuidsInText(content.text);
}

function cut(changes: readonly Change[], { limits, patientFirst, strategy, mode }: Approach): Change[][] {
  const slices: Change[][] = [];
  let room = { ...limits };
  for (const change of changes) {
    const puts = isNew(change) && (strategy !== 'update-as-create' || isConditional(change)) ? 0 : 1;
    const bytes = sizeOf(change);
    const last = slices.at(-1);
    const full = room.entries < 1 || room.puts < puts || room.bytes < bytes;
    // Outside a transaction nothing can refer to a patient who is made by the same request.
    const alone = last?.some(isConditional) === true && (patientFirst || mode !== 'transaction');
    if (last === undefined || full || alone) {
      slices.push([change]);
      room = { ...limits };
    } else {
      last.push(change);
    }
    room = { entries: room.entries - 1, puts: room.puts - puts, bytes: room.bytes - bytes };
  }
  return slices;
}

const isConditional = ({ ifNoneExist }: Change): boolean => ifNoneExist !== undefined;

/** A little more than the resource: references grow when the target's ids take the place of ours. */
const sizeOf = ({ wanted }: Change): number => wanted.content.text.length + 500;

/** The changes that can still be written when some resources cannot: none that refers, however far, to a missing one. */
export function withoutThose(changes: readonly Change[], missing: ReadonlySet<string>): readonly Change[] {
  if (missing.size === 0) return changes;
  const gone = new Set(missing);
  // One pass is enough: each comes after those that it refers to.
  return changes.filter((change) => {
    const { uuid } = change.wanted.mapped;
    const left = gone.has(uuid) || refersTo(change).some((one) => gone.has(one));
    if (left && isNew(change)) gone.add(uuid);
    return !left;
  });
}
