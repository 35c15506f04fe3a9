import type { Faults } from './fault.ts';

/**
 * date, dateTime, instant and time (https://hl7.org/fhir/R4/datatypes.html#dateTime), with the days that the calendar has.
 * Of a time R4 would take fractions of a second; HL7's validator does not, and nor do we.
 */

/** A year further away is taken for a slip. HL7's validator counts 80 years from today; the checker has no clock. */
const likelyYears = { from: 1800, to: 2106 };

const digit = (value: string, at: number): number => {
  const code = value.charCodeAt(at) - 0x30;
  return code >= 0 && code <= 9 ? code : Number.NaN;
};
const pair = (value: string, at: number): number => digit(value, at) * 10 + digit(value, at + 1);
const isAt = (value: string, at: number, sign: number): boolean => value.charCodeAt(at) === sign;

const dash = 0x2d;
const colon = 0x3a;
const monthDays = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !leap ? 28 : (monthDays[month] ?? 0);
}

/** Where the date at the start of `value` ends: 4, 7 or 10; 0 where there is none, or none that the calendar has. */
function endOfDate(value: string): 0 | 4 | 7 | 10 {
  const year = yearOf(value);
  if (!(year >= 1)) return 0;
  if (!isAt(value, 4, dash)) return 4;
  const month = pair(value, 5);
  if (!(month >= 1 && month <= 12)) return 0;
  if (!isAt(value, 7, dash)) return 7;
  const day = pair(value, 8);
  return day >= 1 && day <= daysOf(year, month) ? 10 : 0;
}

const yearOf = (value: string): number => pair(value, 0) * 100 + pair(value, 2);

/** Whether hours, minutes and seconds stand at `at`. A second 60 is a leap second. */
const isClock = (value: string, at: number): boolean =>
  pair(value, at) <= 23 &&
  isAt(value, at + 2, colon) &&
  pair(value, at + 3) <= 59 &&
  isAt(value, at + 5, colon) &&
  pair(value, at + 6) <= 60;

/** Where the fraction of a second at `at` ends: `at` where there is none, -1 where it has no digits. */
function endOfFraction(value: string, at: number): number {
  if (!isAt(value, at, 0x2e)) return at;
  let end = at + 1;
  while (digit(value, end) >= 0) end += 1;
  return end === at + 1 ? -1 : end;
}

function isZone(value: string, at: number): boolean {
  const sign = value.charCodeAt(at);
  if (sign === 0x5a) return value.length === at + 1;
  if ((sign !== 0x2b && sign !== dash) || value.length !== at + 6 || !isAt(value, at + 3, colon)) return false;
  const hours = pair(value, at + 1);
  const minutes = pair(value, at + 4);
  return (hours <= 13 && minutes <= 59) || (hours === 14 && minutes === 0);
}

type Precision = 'invalid' | 'date' | 'time' | 'zoned';

/** How far a dateTime goes. */
function precisionOf(value: string): Precision {
  const end = endOfDate(value);
  if (end === 0) return 'invalid';
  if (value.length === end) return 'date';
  if (end !== 10 || !isAt(value, 10, 0x54) || !isClock(value, 11)) return 'invalid';
  const rest = endOfFraction(value, 19);
  if (rest === -1) return 'invalid';
  if (rest === value.length) return 'time';
  return isZone(value, rest) ? 'zoned' : 'invalid';
}

function unlikely(value: string): Faults {
  const year = yearOf(value);
  return year < likelyYears.from || year > likelyYears.to ? ['year-unlikely'] : undefined;
}

export function dateFaults(value: string): Faults {
  const end = endOfDate(value);
  return end !== 0 && end === value.length ? unlikely(value) : ['invalid-date'];
}

export function dateTimeFaults(value: string): Faults {
  const precision = precisionOf(value);
  if (precision === 'invalid') return ['invalid-date-time'];
  return precision === 'time' ? ['date-time-without-zone'] : unlikely(value);
}

export function instantFaults(value: string): Faults {
  return precisionOf(value) === 'zoned' ? unlikely(value) : ['invalid-instant'];
}

export function timeFaults(value: string): Faults {
  return value.length === 8 && isClock(value, 0) ? undefined : ['invalid-time-of-day'];
}
