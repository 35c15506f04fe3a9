import { statementsOf, type Statements } from '../course/partial-statements.ts';
import { partialOf, type PartialCourse } from '../course/partial.ts';
import { readText } from '../course/read-text.ts';
import type { JsonObject } from '../json/json.ts';
import { isEmpty, orderOf, relationOf } from './order.ts';
import type { KeptSubmission, Order } from './store.ts';

/** A partial that lies, or is to lie, over a snapshot. */
export interface Layer {
  /** Undefined for the one that has just come. */
  readonly kept?: KeptSubmission;
  readonly partial: PartialCourse;
  readonly hash: string;
  readonly order: Order;
  statements(): Statements;
}

export function layerOf(partial: PartialCourse, hash: string, order: Order, kept?: KeptSubmission): Layer {
  let statements: Statements | undefined;
  return {
    ...(kept !== undefined && { kept }),
    partial,
    hash,
    order,
    statements: () => (statements ??= statementsOf(partial)),
  };
}

/** A kept partial. One that came before its course was known may have had no zone to tell its time by. */
export function keptLayer(kept: KeptSubmission, zone: string | undefined): Layer {
  const partial = partialOf(readText(kept.text).value as JsonObject);
  return layerOf(partial, kept.hash, isEmpty(kept.order) ? orderOfPartial(partial, zone) : kept.order, kept);
}

/** What orders a partial: its local time is one of its own zone, or else of the course's. */
export function orderOfPartial({ fields }: PartialCourse, zone: string | undefined): Order {
  const [version, recordedAt, timeZone] = ['version', 'recordedAt', 'timeZone'].map((name) => fields.get(name));
  return orderOf(
    {
      ...(typeof version === 'number' && { version }),
      ...(typeof recordedAt === 'string' && { recordedAt }),
    },
    typeof timeZone === 'string' ? timeZone : zone,
  );
}

/**
 * Layers as they are laid, the oldest first. Those of the same order do not contradict each other, so any fixed rule
 * does; but one that got its order from the person who released it lies over what it was to replace.
 */
export function inOrder(layers: readonly Layer[]): readonly Layer[] {
  const sorted: Layer[] = [];
  for (const layer of layers) {
    const index = sorted.findIndex((other) => liesOver(other, layer));
    sorted.splice(index === -1 ? sorted.length : index, 0, layer);
  }
  return sorted;
}

function liesOver(one: Layer, other: Layer): boolean {
  const relation = relationOf(one.order, other.order);
  if (relation !== 'same') return relation === 'later';
  const [released, otherReleased] = [isReleased(one), isReleased(other)];
  return released === otherReleased ? one.hash > other.hash : released;
}

// An order of a kind that the partial itself does not tell.
const isReleased = ({ partial: { fields }, order }: Layer): boolean =>
  order.version === undefined ? order.recordedAt !== undefined && !fields.has('recordedAt') : !fields.has('version');
