/**
 * Whether a text holds what looks like a national identity number. Course and part ids travel in identifiers, server
 * ids, logs of targets and file names; a national number has no place there. A plain date of birth with the right number
 * of digits is enough, since a number with a mistyped check digit is still somebody's; where dates and times of visits
 * look alike, the check digits decide.
 *
 * Recognised, as whole runs of digits: Norway (11 digits beginning with a date; D-, H- and test numbers with their check
 * digits), China (18 characters with a date of birth), the United States (ddd-dd-dddd), Portugal (9 digits of a person,
 * with the check digit), Sweden (12 digits with a year of birth before 2010 and the check digit), Finland (with the
 * check character).
 */
export function looksLikeNationalIdentityNumber(text: string): boolean {
  // The shortest of them has nine digits, and most ids of parts are shorter.
  if (text.length < 9) return false;
  return patterns.some(({ pattern, holds }) => [...text.matchAll(pattern)].some((match) => holds(match[0])));
}

interface Pattern {
  readonly pattern: RegExp;
  readonly holds: (found: string) => boolean;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

// Day + 40 marks a Norwegian D-number, month + 40 an H-number, month + 80 and + 65 test persons
// (Norwegian Tax Administration, "fødselsnummer" and "Tenor").
function isNorwegian(found: string): boolean {
  const digits = Array.from(digitsOf(found), Number);
  const [day, month] = [Number(digitsOf(found).slice(0, 2)), Number(digitsOf(found).slice(2, 4))];
  if (isDate(2000, month, day)) return true;
  const isMarked = [40, 65, 80].some((added) => isDate(2000, month - added, day % 40)) || isDate(2000, month, day - 40);
  return (
    isMarked &&
    hasChecks(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) &&
    hasChecks(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
  );
}

/** Whether digits times weights are a multiple of eleven. */
const hasChecks = (digits: readonly number[], weights: readonly number[]): boolean =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11 === 0;

const isDate = (year: number, month: number, day: number): boolean =>
  year >= 1880 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;

// GB 11643: region 6, date of birth 8, sequence 3, check character.
const holdsChineseDate = (found: string): boolean =>
  isDate(Number(found.slice(6, 10)), Number(found.slice(10, 12)), Number(found.slice(12, 14)));

// Portuguese tax, health-user and identity numbers share a modulus-11 check digit over nine digits.
function hasPortugueseCheckDigit(found: string): boolean {
  const digits = Array.from(digitsOf(found), Number);
  const sum = digits.slice(0, 8).reduce((total, digit, index) => total + digit * (9 - index), 0);
  const check = 11 - (sum % 11);
  return /^[1-3]/.test(found) && (check > 9 ? 0 : check) === digits[8];
}

const patterns: readonly Pattern[] = [
  { pattern: /(?<!\d)\d{6}[ -]?\d{5}(?!\d)/g, holds: isNorwegian },
  { pattern: /(?<!\d)[1-9]\d{16}[\dXx](?!\d)/g, holds: holdsChineseDate },
  { pattern: /(?<![\d-])(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])/g, holds: () => true },
  { pattern: /(?<![\d-])\d{9}(?![\d-])/g, holds: hasPortugueseCheckDigit },
  { pattern: /(?<!\d)(?:19\d\d|200\d)\d{4}[-+ ]?\d{4}(?!\d)/g, holds: isSwedish },
  { pattern: /(?<!\d)\d{6}[-+A]\d{3}[\dA-Y](?![\dA-Z])/g, holds: isFinnish },
];

function isSwedish(found: string): boolean {
  const digits = Array.from(digitsOf(found).slice(2), Number);
  const doubled = digits.map((digit, index) => (index % 2 === 0 ? digit * 2 : digit));
  const sum = doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return isDate(2000, Number(found.slice(4, 6)), Number(found.slice(6, 8))) && sum % 10 === 0;
}

function isFinnish(found: string): boolean {
  const check = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(found.slice(0, 6) + found.slice(7, 10)) % 31];
  return isDate(2000, Number(found.slice(2, 4)), Number(found.slice(0, 2))) && check === found.at(-1);
}
