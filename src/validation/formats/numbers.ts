import { numberText, numberValue, type JsonNumber } from '../../json/json.ts';
import type { Faults } from './fault.ts';

/** integer, unsignedInt, positiveInt and decimal (https://hl7.org/fhir/R4/datatypes.html#integer). */

const greatest = 2147483647;

/** An integer is written without full stop and exponent, so 1.0 is none. */
const isInteger = (value: JsonNumber): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value) && value <= greatest && value >= -greatest - 1
    : /^-?0$/.test(value.rawJSON);

export function integerFaults(value: JsonNumber): Faults {
  return isInteger(value) ? undefined : ['invalid-integer'];
}

/** The sign of zero: `-0` is no unsignedInt. */
export function unsignedIntFaults(value: JsonNumber): Faults {
  if (!isInteger(value) || typeof value !== 'number' || Object.is(value, -0)) return ['invalid-integer'];
  return value >= 0 ? undefined : ['value-too-small'];
}

export function positiveIntFaults(value: JsonNumber): Faults {
  if (!isInteger(value)) return ['invalid-integer'];
  return numberValue(value) > 0 ? undefined : ['value-too-small'];
}

/** Whether a decimal is so short that no rule can fail: with nine decimal places, or with at most 17 digits. */
const isShort = (value: number): boolean =>
  Number.isInteger(value) ? Math.abs(value) < 1e17 : Math.abs(value) >= 1 || Math.round(value * 1e9) / 1e9 === value;

export function decimalFaults(value: JsonNumber): Faults {
  if (typeof value === 'number' && isShort(value)) return undefined;
  const text = numberText(value);
  // HL7's validator takes 0.0e1 but not 0e1.
  if (/^-?0e/i.test(text)) return ['invalid-decimal'];
  const [mantissa = ''] = text.toLowerCase().split('e', 1);
  return mantissa.replaceAll(/[-.]/g, '').length > 18 ? ['decimal-too-long'] : undefined;
}
