import { fits, kindOf } from './kinds.ts';
import type { Item } from './model.ts';
import { wrong } from './scope.ts';

export type Items = readonly Item[];

export const none: Items = Object.freeze([]);
const itsTrue: Items = Object.freeze([Object.freeze({ type: 'System.Boolean', value: true })]);
const itsFalse: Items = Object.freeze([Object.freeze({ type: 'System.Boolean', value: false })]);

/** The $this of what is asked of an empty collection. */
export const nothing: Item = Object.freeze({ type: 'System.Nothing', value: undefined });

/** A truth as a collection: empty where it is open. */
export const truthItems = (truth: boolean | undefined): Items =>
  truth === undefined ? none : truth ? itsTrue : itsFalse;

export const textItem = (value: string): Item => ({ type: 'System.String', value });
export const integerItem = (value: number): Item => ({ type: 'System.Integer', value });

/** The truth of a collection where one is asked for: of one item that is no Boolean, that it is there. */
export function truthOf(items: Items): boolean | undefined {
  const item = single(items);
  if (item === undefined) return undefined;
  if (kindOf(item.type) !== 'Boolean') return true;
  return typeof item.value === 'boolean' ? item.value : undefined;
}

/** The one item of a collection; undefined of none, and an error of several. */
export function single(items: Items): Item | undefined {
  if (items.length > 1) throw wrong;
  return items[0];
}

/** The string of an item; undefined where it has none. */
export function textOf(item: Item | undefined): string | undefined {
  return item !== undefined && kindOf(item.type) === 'String' && typeof item.value === 'string'
    ? item.value
    : undefined;
}

/** Whether a primitive has its value, of the right kind. */
export function hasValue(item: Item): boolean {
  const kind = kindOf(item.type);
  return kind !== undefined && kind !== 'Quantity' && fits(kind, item.value);
}
