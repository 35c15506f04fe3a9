import { isJsonNumber, isJsonObject, numberValue, type Json } from '../../json/json.ts';

/**
 * Which of two values of one type is greater: negative, 0 or positive, as sorting wants it; undefined where that cannot be
 * told, as of quantities in different units.
 */
export function compared(type: string, left: Json | undefined, right: Json | undefined): number | undefined {
  if (isJsonNumber(left) && isJsonNumber(right)) return numberValue(left) - numberValue(right);
  if (typeof left === 'string' && typeof right === 'string') {
    if (type === 'date' || type === 'dateTime') return comparedMoments(left, right);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (type === 'Quantity' && isJsonObject(left) && isJsonObject(right) && unitOf(left) === unitOf(right)) {
    return compared('decimal', left['value'], right['value']);
  }
  return undefined;
}

const unitOf = (quantity: { readonly [key: string]: Json }): string =>
  JSON.stringify([quantity['system'], quantity['code'] ?? quantity['unit']]);

/**
 * Moments of different precision are compared as far as both go: 2026-01 is neither before nor after 2026-01-10, and the
 * last day of a period has all its hours (https://hl7.org/fhir/R4/datatypes.html#Period).
 */
function comparedMoments(left: string, right: string): number | undefined {
  if (left.length > 10 && right.length > 10) {
    const difference = Date.parse(left) - Date.parse(right);
    return Number.isNaN(difference) ? undefined : difference;
  }
  const common = Math.min(left.length, right.length, 10);
  const [start, end] = [left.slice(0, common), right.slice(0, common)];
  return start < end ? -1 : start > end ? 1 : 0;
}
