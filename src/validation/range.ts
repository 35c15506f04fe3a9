import { isJsonNumber, numberValue } from '../json/json.ts';
import type { Rules } from './definition.ts';
import type { Check } from './run.ts';

/** What a profile says of the least, the greatest and the longest value; undefined where it says nothing. */
export function rangeCheck({ least, greatest, maxLength }: Rules): Check | undefined {
  if (least === undefined && greatest === undefined && maxLength === undefined) return undefined;
  return (value, run) => {
    if (least !== undefined && isBelow(value, least)) run.report('value-too-small');
    if (greatest !== undefined && isBelow(greatest, value)) run.report('value-too-large');
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
      run.report('text-too-long', { max: maxLength });
    }
  };
}

/** Numbers by value; dates and times as texts where both are as precise, since only then their order is known. */
function isBelow(one: unknown, other: unknown): boolean {
  if (isJsonNumber(one) && isJsonNumber(other)) return numberValue(one) < numberValue(other);
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const [a, b] = [Date.parse(one), Date.parse(other)];
  return Number.isNaN(a) || Number.isNaN(b)
    ? one < other
    : one.length === other.length
      ? a < b
      : a < b && !other.startsWith(one);
}
