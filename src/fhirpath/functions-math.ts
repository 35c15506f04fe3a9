import { numberItem } from './arithmetic.ts';
import { givingOne, type Call, type Compiled, type Functions } from './compiled.ts';
import { decimalOf, decimalText, rounded, type Decimal } from './decimals.ts';
import { single } from './items.ts';
import { digitsOf, kindOf } from './kinds.ts';
import type { Item } from './model.ts';
import { notKnown, wrong } from './scope.ts';

/** A number of the input's one. */
const ofNumber =
  (of: (number: Decimal, item: Item) => Item) =>
  ({ input }: Call): Compiled =>
    givingOne(undefined, (self, scope) => {
      const item = single(input.items(self, scope));
      return item?.value === undefined ? undefined : of(numberIn(item), item);
    });

function numberIn({ type, value }: Item): Decimal {
  const kind = kindOf(type);
  if (kind === 'Quantity') throw notKnown;
  const digits = kind === 'Integer' || kind === 'Decimal' ? digitsOf(value) : undefined;
  if (digits === undefined) throw wrong;
  const number = decimalOf(digits);
  if (number === undefined) throw notKnown;
  return number;
}

/** The whole number towards zero, and whether something was cut off. */
function cut({ digits, scale }: Decimal): { whole: bigint; rest: bigint } {
  const unit = 10n ** BigInt(scale);
  return { whole: digits / unit, rest: digits % unit };
}

const integer = (digits: bigint): Item => numberItem({ digits, scale: 0 }, true);

function round(call: Call): Compiled {
  const places = call.count > 0 ? call.argument(0) : undefined;
  return givingOne(undefined, (self, scope) => {
    const item = single(call.input.items(self, scope));
    if (item?.value === undefined) return undefined;
    const to = places === undefined ? 0 : single(places.items(self, scope))?.value;
    if (typeof to !== 'number' || !Number.isInteger(to) || to < 0) throw wrong;
    return numberItem(rounded(numberIn(item), to), false);
  });
}

/** What is not exact, as doubles have it; nothing where there is no such number. */
const inexact =
  (of: (number: number, other: number) => number, hasOther: boolean) =>
  (call: Call): Compiled => {
    const argument = hasOther ? call.argument(0) : undefined;
    return givingOne(undefined, (self, scope) => {
      const item = single(call.input.items(self, scope));
      const other = argument === undefined ? item : single(argument.items(self, scope));
      if (item?.value === undefined || other?.value === undefined) return undefined;
      const result = of(Number(decimalText(numberIn(item))), Number(decimalText(numberIn(other))));
      if (!Number.isFinite(result)) return undefined;
      const isInteger = hasOther && [item, other].every(({ type }) => kindOf(type) === 'Integer');
      return { type: isInteger && Number.isInteger(result) ? 'System.Integer' : 'System.Decimal', value: result };
    });
  };

export const maths: Functions = {
  abs: ofNumber(({ digits, scale }, { type }) =>
    numberItem({ digits: digits < 0n ? -digits : digits, scale }, kindOf(type) === 'Integer'),
  ),
  ceiling: ofNumber((number) => {
    const { whole, rest } = cut(number);
    return integer(rest > 0n ? whole + 1n : whole);
  }),
  floor: ofNumber((number) => {
    const { whole, rest } = cut(number);
    return integer(rest < 0n ? whole - 1n : whole);
  }),
  truncate: ofNumber((number) => integer(cut(number).whole)),
  round,
  sqrt: inexact((number) => (number < 0 ? Number.NaN : Math.sqrt(number)), false),
  exp: inexact(Math.exp, false),
  ln: inexact(Math.log, false),
  log: inexact((number, base) => Math.log(number) / Math.log(base), true),
  power: inexact((number, exponent) => number ** exponent, true),
};
