import { sameMoment } from './dates.ts';
import { compareDecimals, decimalOf } from './decimals.ts';
import type { Items } from './items.ts';
import { digitsOf, isObject, isPrimitive, kindOf, type Kind } from './kinds.ts';
import type { Item } from './model.ts';
import { compareQuantities } from './quantities.ts';
import { notKnown, spend, type Scope } from './scope.ts';

/** Whether two collections are equal: undefined where one is empty, or where dates do not say it. */
export function equalItems(left: Items, right: Items): boolean | undefined {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let open = false;
  for (let at = 0; at < left.length; at += 1) {
    const equal = equalOne(left[at] as Item, right[at] as Item);
    if (equal === false) return false;
    if (equal === undefined) open = true;
  }
  return open ? undefined : true;
}

/** Whether two items are equal. */
export function equalOne(left: Item, right: Item): boolean | undefined {
  const kind = kindOf(left.type);
  const other = kindOf(right.type);
  if (kind === undefined || other === undefined) return kind === other && equalJson(left.value, right.value, 0);
  if (left.value === undefined || right.value === undefined) {
    return left.value === right.value && isPrimitive(left.type) && equalJson(left.beside, right.beside, 0);
  }
  if (kind === 'Quantity' || other === 'Quantity') return equalQuantities(left, right);
  if (isNumber(kind)) return isNumber(other) && compareNumbers(left.value, right.value) === 0;
  if (isDate(kind) && isDate(other)) return equalDates(left.value, right.value, false);
  if (kind !== other) {
    // A date beside a string: engines differ, and none of them is wrong.
    if (kind === 'String' || other === 'String') {
      if (isDate(kind) || isDate(other) || kind === 'Time' || other === 'Time') throw notKnown;
    }
    return false;
  }
  return kind === 'Time' ? equalDates(left.value, right.value, true) : left.value === right.value;
}

export const isNumber = (kind: Kind | undefined): boolean => kind === 'Integer' || kind === 'Decimal';
export const isDate = (kind: Kind | undefined): boolean => kind === 'Date' || kind === 'DateTime';

/** Below zero, zero or above; undefined where one of them is no number. */
export function compareNumbers(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [digitsOf(left), digitsOf(right)];
  if (one === undefined || other === undefined) return undefined;
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return a === undefined || b === undefined ? Number(one) - Number(other) : compareDecimals(a, b);
}

function equalDates(left: unknown, right: unknown, isTime: boolean): boolean | undefined {
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  if (left === right) return true;
  return sameMoment(left, right, isTime);
}

function equalQuantities(left: Item, right: Item): boolean {
  if (left.type === right.type && equalJson(left.value, right.value, 0)) return true;
  if (kindOf(left.type) !== kindOf(right.type)) throw notKnown;
  return compareQuantities(left.value, right.value) === 0;
}

/** What is nested deeper is compared by nobody. */
const deepest = 200;

/** Whether two JSON values say the same; numbers by value, names in any order. */
function equalJson(left: unknown, right: unknown, depth: number): boolean {
  if (left === right) return true;
  if (depth > deepest) throw notKnown;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((one: unknown, at) => equalJson(one, right[at], depth + 1))
    );
  }
  if (isObject(left)) {
    if (!isObject(right)) return false;
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && equalJson(left[name], right[name], depth + 1))
    );
  }
  return compareNumbers(left, right) === 0;
}

/** What can only be equal to what has the same key; undefined for what has to be compared with everything. */
export function keyOf({ type, value }: Item): string | undefined {
  return kindOf(type) === 'String' && typeof value === 'string' ? value : undefined;
}

/** Items of a collection, to ask whether one equals any of them: strings at once, everything else one by one. */
export class Known {
  readonly #texts = new Set<string>();
  readonly #others: Item[] = [];
  readonly #scope: Scope;

  constructor(scope: Scope, items: Items = []) {
    this.#scope = scope;
    for (const item of items) this.add(item);
  }

  has(item: Item): boolean {
    const key = keyOf(item);
    if (key !== undefined && this.#texts.has(key)) return true;
    spend(this.#scope, this.#others.length);
    return this.#others.some((other) => equalOne(item, other) === true);
  }

  add(item: Item): void {
    const key = keyOf(item);
    if (key === undefined) this.#others.push(item);
    else this.#texts.add(key);
  }
}
