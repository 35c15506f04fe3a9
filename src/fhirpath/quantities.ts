import { compareDecimals, decimalOf } from './decimals.ts';
import { digitsOf, isObject, numberOf } from './kinds.ts';
import type { Item } from './model.ts';
import { notKnown } from './scope.ts';

/** A quantity of an expression, in the JSON of FHIR's Quantity; a calendar unit has no code. */
export function quantityItem(text: string, unit: string, calendar: boolean): Item {
  const value = numberOf(text);
  return {
    type: 'System.Quantity',
    value: calendar ? { value, unit: unit.replace(/s$/, ''), calendar } : { value, unit, code: unit, system: ucum },
  };
}

const ucum = 'http://unitsofmeasure.org';

/** Quantities are compared where they have one unit. Another unit is beyond us; so is "less than 5". */
export function compareQuantities(left: unknown, right: unknown): number {
  if (!isObject(left) || !isObject(right)) throw notKnown;
  if (left['comparator'] !== undefined || right['comparator'] !== undefined) throw notKnown;
  if (unitOf(left) !== unitOf(right)) throw notKnown;
  const [one, other] = [numberIn(left), numberIn(right)];
  if (one === undefined || other === undefined) throw notKnown;
  return compareDecimals(one, other);
}

const numberIn = (quantity: Readonly<Record<string, unknown>>) => {
  const digits = digitsOf(quantity['value']);
  return digits === undefined ? undefined : decimalOf(digits);
};

/** What makes two units the same: system and code, or without them the word. */
function unitOf({ system, code, unit }: Readonly<Record<string, unknown>>): string {
  if (typeof code === 'string') return JSON.stringify([system ?? null, code]);
  return typeof unit === 'string' ? `unit ${unit}` : '';
}
