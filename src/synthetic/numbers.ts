import { jsonNumber, type JsonNumber } from '../json/json.ts';
import type { Random } from './random.ts';

/** A value as a source that keeps `digits` after the point writes it; some drop the trailing zeros. */
export function written(value: number, digits: number, random: Random): JsonNumber {
  const text = value.toFixed(digits);
  return jsonNumber(digits === 0 || random.chance(0.6) ? text : String(Number(text)));
}

/** A quantity as a source writes it. */
export function quantity<const U extends string>(
  value: number,
  digits: number,
  unit: U,
  random: Random,
): { value: JsonNumber; unit: U } {
  return { value: written(value, digits, random), unit };
}
