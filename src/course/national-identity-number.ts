/**
 * Whether a text holds what looks like a national identity number. Course and part ids travel in identifiers, server
 * ids, logs of targets and file names; a national number has no place there. It errs on the safe side: a number with
 * a mistyped check digit is still somebody's.
 *
 * Recognised, as whole runs of digits: Norway (11 digits, beginning with a date; D-, H- and test numbers too), China
 * (18 characters with a date of birth), the United States (ddd-dd-dddd), Portugal (9 digits with a valid check digit),
 * Sweden and Denmark (date, hyphen, four digits), Finland (date, century sign, four characters).
 */
export function looksLikeNationalIdentityNumber(text: string): boolean {
  return patterns.some(({ pattern, holds }) => [...text.matchAll(pattern)].some((match) => holds(match[0])));
}

interface Pattern {
  readonly pattern: RegExp;
  readonly holds: (found: string) => boolean;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

// Day + 40 marks a Norwegian D-number, month + 40 an H-number, month + 80 and + 65 test persons
// (Norwegian Tax Administration, "fødselsnummer" and "Tenor").
function beginsWithNorwegianDate(found: string): boolean {
  const digits = digitsOf(found);
  const day = Number(digits.slice(0, 2)) % 40;
  const month = Number(digits.slice(2, 4));
  const monthOfYear = [0, 40, 65, 80].map((added) => month - added).find((n) => n >= 1 && n <= 12);
  return day >= 1 && day <= 31 && Number(digits.slice(0, 2)) <= 71 && monthOfYear !== undefined;
}

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
  return /^[1-35689]/.test(found) && (check > 9 ? 0 : check) === digits[8];
}

const patterns: readonly Pattern[] = [
  { pattern: /(?<!\d)\d{6}[ -]?\d{5}(?!\d)/g, holds: beginsWithNorwegianDate },
  { pattern: /(?<!\d)[1-9]\d{16}[\dXx](?!\d)/g, holds: holdsChineseDate },
  { pattern: /(?<![\d-])(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])/g, holds: () => true },
  { pattern: /(?<![\d-])\d{9}(?![\d-])/g, holds: hasPortugueseCheckDigit },
  {
    pattern: /(?<!\d)(?:\d{2})?\d{6}[-+A]\d{3}[\dA-Z](?![\dA-Z])/g,
    holds: (found) => {
      const date = found.slice(0, -5).slice(-6);
      const [a, b, c] = [Number(date.slice(0, 2)), Number(date.slice(2, 4)), Number(date.slice(4, 6))];
      return isDate(2000, b, c) || isDate(2000, b, a);
    },
  },
];
