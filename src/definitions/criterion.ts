import { jsonNumber, numberText, type JsonNumber } from '../json/json.ts';

/** How far a score fell from its baseline. A score that rose has fallen by a negative number. */
export interface Reduction {
  /** Baseline less current, exact, with as many decimals as the finer of the two. */
  readonly absolute: JsonNumber;
  /**
   * The reduction in per cent of the baseline, rounded to two decimals (halves away from zero). A number that is exact
   * has no zero at its end (`50`); a rounded one has both its decimals (`50.00`), so the two can be told apart.
   * Undefined where the baseline is 0 or below: nothing is a share of it.
   */
  readonly percent: JsonNumber | undefined;
  /** Whether the criterion is met. Undefined without a criterion or without a percentage. */
  readonly meets: boolean | undefined;
}

/**
 * How far a score fell: (baseline - current) / baseline * 100 (domain notes, "Rules worth testing").
 * @param criterion the least reduction in per cent that is a response; met by exactly that much. It is judged on the
 * exact fraction, never on the rounded number: 50 of 100 is a response, 49.999 of 100 is not.
 */
export function reductionOf(baseline: JsonNumber, current: JsonNumber, criterion: number | undefined): Reduction {
  const [from, to, least] = [baseline, current, criterion ?? 0].map((one) => decimalOf(numberText(one)));
  const places = Math.max(from?.places ?? 0, to?.places ?? 0);
  const [whole, left] = [scaled(from, places), scaled(to, places)];
  const fallen = whole - left;
  const absolute = jsonNumber(textOf(fallen, places));
  if (whole <= 0n) return { absolute, percent: undefined, meets: undefined };
  const leastPlaces = least?.places ?? 0;
  const meets = fallen * 100n * 10n ** BigInt(leastPlaces) >= whole * scaled(least, leastPlaces);
  return { absolute, percent: percentOf(fallen, whole), meets: criterion === undefined ? undefined : meets };
}

function percentOf(part: bigint, whole: bigint): JsonNumber {
  const hundredths = part * 10_000n;
  const size = hundredths < 0n ? -hundredths : hundredths;
  const rounded = (size * 2n + whole) / (whole * 2n);
  const text = textOf(part < 0n ? -rounded : rounded, 2);
  return jsonNumber(hundredths % whole === 0n ? text.replace(/\.?0+$/, '') : text);
}

/** An exact decimal: `digits` divided by ten to the power of `places`. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function decimalOf(text: string): Decimal {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const decimals = mantissa.split('.')[1] ?? '';
  const digits = BigInt(mantissa.replace('.', ''));
  const places = decimals.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

const scaled = (value: Decimal | undefined, places: number): bigint =>
  value === undefined ? 0n : value.digits * 10n ** BigInt(places - value.places);

function textOf(digits: bigint, places: number): string {
  const sign = digits < 0n ? '-' : '';
  const size = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  return places === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -places)}.${size.slice(-places)}`;
}
