import type { TreatmentCourse } from '../course/schema.ts';
import { earliest, isLocalText } from '../course/time.ts';
import type { Order } from './store.ts';

/** How one submission stands to another in the source's own order; `unknown` where nothing tells. */
export type Relation = 'earlier' | 'same' | 'later' | 'unknown';

/** By the source's version where both have one, else by when it recorded them, where both say that. */
export function relationOf(one: Order, other: Order): Relation {
  if (one.version !== undefined && other.version !== undefined) return between(one.version, other.version);
  if (one.recordedAt !== undefined && other.recordedAt !== undefined) return between(one.recordedAt, other.recordedAt);
  return 'unknown';
}

const between = (one: number, other: number): Relation => (one < other ? 'earlier' : one > other ? 'later' : 'same');

/** What orders a submission. A local time is one of the zone, and says nothing without one. */
export function orderOf(
  { version, recordedAt }: Pick<TreatmentCourse, 'version' | 'recordedAt'>,
  zone: string | undefined,
): Order {
  const placed = recordedAt !== undefined && (zone !== undefined || !isLocalText(recordedAt));
  return {
    ...(version !== undefined && { version }),
    ...(placed && { recordedAt: earliest(recordedAt, zone) }),
  };
}

/** The newest of some orders, as far as they can be compared. */
export const newestOf = (orders: readonly Order[]): Order =>
  orders.reduce((newest, order) => (relationOf(order, newest) === 'later' || isEmpty(newest) ? order : newest), {});

export const isEmpty = ({ version, recordedAt }: Order): boolean => version === undefined && recordedAt === undefined;
