import { compareMoments } from './dates.ts';
import { compareNumbers, isDate, isNumber } from './equality.ts';
import { kindOf } from './kinds.ts';
import type { Item } from './model.ts';
import { compareQuantities } from './quantities.ts';
import { wrong } from './scope.ts';

/**
 * Below zero, zero or above, as the left item is smaller, equal or greater. Undefined where dates do not say it or a
 * value is missing; an error where the two cannot be compared.
 */
export function compareItems(left: Item, right: Item): number | undefined {
  const kind = kindOf(left.type);
  const other = kindOf(right.type);
  if (left.value === undefined || right.value === undefined) return undefined;
  if (isNumber(kind) && isNumber(other)) return compareNumbers(left.value, right.value);
  if (isDate(kind) && isDate(other)) return compareTexts(left.value, right.value, false);
  if (kind !== other) throw wrong;
  if (kind === 'Time') return compareTexts(left.value, right.value, true);
  if (kind === 'Quantity') return compareQuantities(left.value, right.value);
  if (kind !== 'String' || typeof left.value !== 'string' || typeof right.value !== 'string') throw wrong;
  return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
}

const compareTexts = (left: unknown, right: unknown, isTime: boolean): number | undefined =>
  typeof left === 'string' && typeof right === 'string' ? compareMoments(left, right, isTime) : undefined;
