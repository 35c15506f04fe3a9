import {
  compareDecimals,
  decimalOf,
  decimalText,
  difference,
  product,
  quotient,
  remainder,
  rounded,
  sum,
  type Decimal,
} from './decimals.ts';
import { isDate } from './equality.ts';
import { digitsOf, kindOf, numberOf, type Kind } from './kinds.ts';
import type { Item } from './model.ts';
import { notKnown, wrong } from './scope.ts';

/** `left sign right`; undefined where there is no such number, as after a division by nothing. */
export function arithmetic(sign: string, left: Item, right: Item): Item | undefined {
  const [kind, other] = [kindOf(left.type), kindOf(right.type)];
  if (left.value === undefined || right.value === undefined) return undefined;
  if (kind === 'String' && other === 'String' && sign === '+') return joined(left.value, right.value);
  // Units and calendars are beyond us.
  if ([kind, other].some((one) => one === 'Quantity' || isDate(one) || one === 'Time')) throw notKnown;
  const [one, two] = [numberIn(kind, left.value), numberIn(other, right.value)];
  return calculate(sign, one, two, kind === 'Integer' && other === 'Integer');
}

function joined(left: unknown, right: unknown): Item {
  if (typeof left !== 'string' || typeof right !== 'string') throw wrong;
  return { type: 'System.String', value: left + right };
}

function numberIn(kind: Kind | undefined, value: unknown): Decimal {
  const digits = kind === 'Integer' || kind === 'Decimal' ? digitsOf(value) : undefined;
  if (digits === undefined) throw wrong;
  const number = decimalOf(digits);
  if (number === undefined) throw notKnown;
  return number;
}

const zero: Decimal = { digits: 0n, scale: 0 };
const isZero = (number: Decimal): boolean => compareDecimals(number, zero) === 0;

/** Places behind the point that a division has. */
const places = 8;

function calculate(sign: string, left: Decimal, right: Decimal, isInteger: boolean): Item | undefined {
  switch (sign) {
    case '+':
      return numberItem(sum(left, right), isInteger);
    case '-':
      return numberItem(difference(left, right), isInteger);
    case '*':
      return numberItem(product(left, right), isInteger);
    case '/': {
      if (isZero(right)) return undefined;
      const finer: Decimal = { digits: left.digits * 10n ** BigInt(places + 1), scale: left.scale + places + 1 };
      return numberItem(
        rounded({ digits: (finer.digits * 10n ** BigInt(right.scale)) / right.digits, scale: finer.scale }, places),
        false,
      );
    }
    case 'div':
      return isZero(right) ? undefined : numberItem(quotient(left, right), true);
    case 'mod':
      return isZero(right) ? undefined : numberItem(remainder(left, right), isInteger);
    default:
      throw notKnown;
  }
}

/** A number as an item. Digits that no double holds stay. */
export function numberItem(number: Decimal, isInteger: boolean): Item {
  return { type: isInteger ? 'System.Integer' : 'System.Decimal', value: numberOf(decimalText(number)) };
}
