/** Whether the check digit of a code is right: a slip that no list of codes is needed to see. */

const loincShape = /^(?:L[A-Z]{1,2})?[0-9]{1,9}-[0-9]$/;

/**
 * LOINC (https://loinc.org/kb/users-guide): modulo 10, as of credit cards. Parts (LP…) and answers (LA…) have one too; a
 * letter counts as its place after the character 0.
 */
export function isLoincCode(code: string): boolean {
  if (!loincShape.test(code)) return false;
  const last = code.length - 3;
  let sum = 0;
  for (let index = last; index >= 0; index -= 1) {
    const value = code.charCodeAt(index) - 0x30;
    sum += (last - index) % 2 === 0 ? Math.floor((2 * value) / 10) + ((2 * value) % 10) : value;
  }
  return (10 - (sum % 10)) % 10 === code.charCodeAt(code.length - 1) - 0x30;
}

// Verhoeff's multiplication and permutation.
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
const digitAt = (table: readonly string[], row: number, column: number): number => Number(table[row]?.charAt(column));

const snomedShape = /^[1-9][0-9]{5,17}$/;

/**
 * A concept of SNOMED CT (https://confluence.ihtsdotools.org, SCTID): 6 to 18 digits, the partition before the last digit
 * is 00, or 10 of an extension, and the check digit is Verhoeff's. An expression is judged by its concepts.
 */
export function isSnomedCode(code: string): boolean {
  if (!snomedShape.test(code)) return isSnomedExpression(code);
  const partition = code.slice(-3, -1);
  if (partition !== '00' && (partition !== '10' || code.length < 11)) return false;
  let check = 0;
  for (let index = 0; index < code.length; index += 1) {
    const digit = code.charCodeAt(code.length - 1 - index) - 0x30;
    check = digitAt(product, check, digitAt(permuted, index % 8, digit));
  }
  return check === 0;
}

/** A postcoordinated expression names at least two concepts; its grammar is not checked. */
function isSnomedExpression(code: string): boolean {
  if (code.length > 2000 || !/[:+=]/.test(code)) return false;
  const concepts = code.replaceAll(/\|[^|]*\|/g, ' ').match(/[0-9]{6,18}/g) ?? [];
  return concepts.length > 1 && concepts.every(isSnomedCode);
}
