import type { DeliveryState } from '../exchange/store.ts';

export const deliveryStates = [
  'waiting',
  'in-flight',
  'delivered',
  'in-part',
  'refused',
  'unresolved',
  'given-up',
  'superseded',
] as const satisfies readonly DeliveryState[];

/** What can be asked for: the state of a delivery, a submission that waits for a person, or everything. */
export const listedStates = [...deliveryStates, 'held', 'all'] as const;
export type ListedState = (typeof listedStates)[number];

/** What somebody still waits for. */
export const undone: readonly ListedState[] = ['waiting', 'in-flight', 'refused', 'unresolved', 'given-up', 'held'];
