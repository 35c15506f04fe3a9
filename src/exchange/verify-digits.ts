import { isJsonNumber, numberText, numberValue } from '../json/json.ts';
import { isElements } from '../mapping/elements.ts';

/** Whether a number of equal value stands there with other digits (71.50 as 71.5), at the same place of both. */
export function hasOtherDigits(expected: unknown, stored: unknown): boolean {
  if (isJsonNumber(expected)) {
    if (!isJsonNumber(stored)) return false;
    return numberText(expected) !== numberText(stored) && numberValue(expected) === numberValue(stored);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(stored) && expected.some((one, index) => hasOtherDigits(one, stored[index]));
  }
  if (!isElements(expected) || !isElements(stored)) return false;
  return Object.entries(expected).some(([name, one]) => hasOtherDigits(one, stored[name]));
}
