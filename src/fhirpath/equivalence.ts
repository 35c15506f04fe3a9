import { compareMoments } from './dates.ts';
import { compareNumbers, isDate } from './equality.ts';
import type { Items } from './items.ts';
import { isPrimitive, kindOf } from './kinds.ts';
import type { Item } from './model.ts';
import { notKnown, spend, type Scope } from './scope.ts';

/** Whether two collections are equivalent: in any order, strings without regard to case and white space. */
export function equivalentItems(left: Items, right: Items, scope: Scope): boolean {
  if (left.length !== right.length) return false;
  const open = [...right];
  for (const item of left) {
    spend(scope, open.length);
    const at = open.findIndex((other) => equivalentOne(item, other));
    if (at < 0) return false;
    open.splice(at, 1);
  }
  return true;
}

function equivalentOne(left: Item, right: Item): boolean {
  if (!isPrimitive(left.type) || !isPrimitive(right.type)) throw notKnown;
  if (left.value === undefined || right.value === undefined) throw notKnown;
  const [kind, other] = [kindOf(left.type), kindOf(right.type)];
  // Equivalent decimals are equal at the smaller of their two precisions, which a JSON number has lost.
  if (kind === 'Decimal' || other === 'Decimal') throw notKnown;
  if (isDate(kind) && isDate(other)) return sameMoment(left.value, right.value, false);
  if (kind !== other) return false;
  if (kind === 'Integer') return compareNumbers(left.value, right.value) === 0;
  if (kind === 'Time') return sameMoment(left.value, right.value, true);
  if (typeof left.value !== 'string' || typeof right.value !== 'string') return left.value === right.value;
  return normal(left.value) === normal(right.value);
}

const normal = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();

const sameMoment = (left: unknown, right: unknown, isTime: boolean): boolean =>
  typeof left === 'string' && typeof right === 'string' && compareMoments(left, right, isTime) === 0;
