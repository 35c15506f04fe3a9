import type { Administration, Quantity } from '../course/schema.ts';
import { jsonNumber, numberText } from '../json/json.ts';
import { ucum } from './canonicals.ts';
import type { Elements } from './elements.ts';

/**
 * What was given in all. Undefined where nothing was, where the amount of one is not stated, and where it was not one
 * substance: milligrams of ketamine and of esketamine do not add up.
 */
export function doseGiven(administrations: readonly Administration[]): Elements | undefined {
  const given = administrations.filter(({ status }) => status !== 'notDone');
  if (new Set(given.map(({ substance }) => substance)).size > 1) return undefined;
  return sumOf(given.map(({ amount }) => amount));
}

/**
 * The sum of quantities of one unit, exact (0.1 + 0.2 is 0.3) and with as many decimals as the finest of them.
 * Undefined where there is none, or where one is not stated: a total over an unknown dose is not a total.
 */
export function sumOf(quantities: readonly (Quantity | undefined)[]): Elements | undefined {
  const stated = quantities.filter((one) => one !== undefined);
  const [first] = stated;
  if (first === undefined || stated.length < quantities.length) return undefined;
  const plain = stated.map(({ value }) => plainDecimal(numberText(value)));
  const places = Math.max(...plain.map((text) => decimalsOf(text).length));
  const total = plain.reduce((sum, text) => sum + scaled(text, places), 0n);
  return { value: jsonNumber(textOf(total, places)), unit: first.unit, system: ucum, code: first.unit };
}

const decimalsOf = (text: string): string => text.split('.')[1] ?? '';

const scaled = (text: string, places: number): bigint =>
  BigInt(text.replace('.', '') + '0'.repeat(places - decimalsOf(text).length));

function textOf(total: bigint, places: number): string {
  const digits = String(total).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

// 2.5e1 is a JSON number too; its sum needs it without the exponent. Amounts are never negative.
function plainDecimal(text: string): string {
  const [mantissa = '0', exponent] = text.toLowerCase().split('e');
  if (exponent === undefined) return text;
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift >= 0) {
    const digits = decimals.padEnd(shift, '0');
    return `${whole}${digits.slice(0, shift)}${digits.length > shift ? `.${digits.slice(shift)}` : ''}`;
  }
  const digits = whole.padStart(1 - shift, '0');
  return `${digits.slice(0, shift)}.${digits.slice(shift)}${decimals}`;
}
