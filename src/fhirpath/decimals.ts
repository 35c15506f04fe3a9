/** Decimal numbers without a loss: digits and where the point stands in them. */
export interface Decimal {
  readonly digits: bigint;
  /** How many of the digits are behind the point. */
  readonly scale: number;
}

/** More digits than this are nobody's measurement, and powers of ten cost memory. */
const mostDigits = 400;

/** The number that JSON or an expression writes; undefined where it is longer than anybody writes. */
export function decimalOf(text: string): Decimal | undefined {
  const [, sign = '', whole = '', part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const scale = part.length - Number(power);
  if (whole === '' || whole.length + part.length > mostDigits || Math.abs(scale) > mostDigits) return undefined;
  const digits = BigInt(`${sign}${whole}${part}`);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

const scaled = ({ digits, scale }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - scale);

function together(left: Decimal, right: Decimal, how: (left: bigint, right: bigint) => bigint): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { digits: how(scaled(left, scale), scaled(right, scale)), scale };
}

export const sum = (left: Decimal, right: Decimal): Decimal => together(left, right, (a, b) => a + b);
export const difference = (left: Decimal, right: Decimal): Decimal => together(left, right, (a, b) => a - b);
export const product = (left: Decimal, right: Decimal): Decimal => ({
  digits: left.digits * right.digits,
  scale: left.scale + right.scale,
});
export const remainder = (left: Decimal, right: Decimal): Decimal => together(left, right, (a, b) => a % b);

/** How often the one goes into the other, whole times. */
export const quotient = (left: Decimal, right: Decimal): Decimal => ({
  digits: together(left, right, (a, b) => a / b).digits,
  scale: 0,
});

/** Below zero, zero or above, as the left one is smaller, equal or greater. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const { digits } = difference(left, right);
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

/** The number at this many places behind the point, half away from zero. */
export function rounded({ digits, scale }: Decimal, places: number): Decimal {
  if (scale <= places) return { digits, scale };
  const unit = 10n ** BigInt(scale - places);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (digits + half) / unit, scale: places };
}

/** The digits as JSON writes them, without zeros at the end behind the point. */
export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const part = text.slice(text.length - scale).replace(/0+$/, '');
  return sign + whole + (part === '' ? '' : `.${part}`);
}
