/** Check digits of terminologies: a mistyped code is nearly always caught. */

/** LOINC's: mod 10, as of payment cards. Answers (LA) and lists (LL) add a constant for their letters. */
export function isLoinc(code: string): boolean {
  const [, letters, digits = '', check] = /^(LA|LL|)(\d+)-(\d)$/.exec(code) ?? [];
  if (letters === undefined) return false;
  const constant = letters === 'LA' ? (digits.length % 2 === 0 ? 5 : 2) : letters === 'LL' ? 1 : 0;
  return (luhn(digits) + constant) % 10 === Number(check);
}

function luhn(digits: string): number {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, place) => {
      const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** SNOMED CT's: Verhoeff, over the whole identifier. */
export function isSnomed(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  let check = 0;
  for (const [place, digit] of code.split('').toReversed().entries()) {
    let value = Number(digit);
    for (let times = place % 8; times > 0; times -= 1) value = permutation[value] ?? 0;
    check = dihedral(check, value);
  }
  return check === 0;
}

/** Multiplication in the dihedral group of ten: 0 to 4 are turns, 5 to 9 are reflections. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
}
