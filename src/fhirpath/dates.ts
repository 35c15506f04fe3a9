/** Points of time as they are written: to the year, the month, the day, the minute or the second. */
interface Moment {
  /** Year, month, day, hour, minute, second with its fraction; as many as are written. */
  readonly parts: readonly number[];
  /** Minutes before UTC; undefined where no offset is written. */
  readonly offset: number | undefined;
}

/** The number that stands in `count` digits from here; -1 where they are none. */
function digits(text: string, from: number, count: number): number {
  if (from + count > text.length) return -1;
  let number = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Reads up to three fields, the first of this length and the others of two digits; where it stopped, -1 for a fault. */
function fields(text: string, from: number, first: number, between: string, parts: number[]): number {
  let at = from;
  for (let field = 0; field < 3; field += 1) {
    const length = field === 0 ? first : 2;
    const number = digits(text, at, length);
    if (number < 0) return -1;
    parts.push(number);
    at += length;
    if (field === 2 || text[at] !== between) return at;
    at += 1;
  }
  return at;
}

function momentOf(text: string, isTime: boolean): Moment | undefined {
  const parts: number[] = [];
  let at = 0;
  if (!isTime) {
    at = fields(text, 0, 4, '-', parts);
    if (at === text.length || (at === text.length - 1 && text[at] === 'T'))
      return possible({ parts, offset: undefined }, false);
    if (at < 0 || parts.length < 3 || text[at] !== 'T') return undefined;
    at += 1;
  }
  const before = parts.length;
  at = fields(text, at, 2, ':', parts);
  if (at > 0 && text[at] === '.' && parts.length === before + 3) {
    const start = at - 2;
    for (at += 1; digits(text, at, 1) >= 0;) at += 1;
    parts[before + 2] = Number(text.slice(start, at));
  }
  if (at < 0) return undefined;
  const offset = at === text.length ? undefined : offsetOf(text, at);
  return Number.isNaN(offset) || (isTime && offset !== undefined) ? undefined : possible({ parts, offset }, isTime);
}

/** Minutes from UTC of `Z` or `+01:00` at the end; NaN of anything else. */
function offsetOf(text: string, at: number): number {
  const sign = text[at];
  if (sign === 'Z') return at === text.length - 1 ? 0 : Number.NaN;
  const [hours, minutes] = [digits(text, at + 1, 2), digits(text, at + 4, 2)];
  if ((sign !== '+' && sign !== '-') || hours < 0 || minutes < 0 || text[at + 3] !== ':' || text.length !== at + 6) {
    return Number.NaN;
  }
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function possible(moment: Moment, isTime: boolean): Moment | undefined {
  const [year = 0, month = 1, day = 1] = isTime ? [] : moment.parts;
  const [hour = 0, minute = 0, second = 0] = isTime ? moment.parts : moment.parts.slice(3);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isDay && hour < 24 && minute < 60 && second < 60 ? moment : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** In UTC where an offset is written. One without is read as UTC: the evaluation knows no other place. */
function inUtc({ parts, offset }: Moment): readonly number[] {
  const [year = 0, month = 1, day = 1, hour, minute, second] = parts;
  if (offset === undefined || offset === 0 || hour === undefined || minute === undefined) return parts;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute - offset);
  const moved = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()];
  return second === undefined ? moved : [...moved, second];
}

/** Whether a text is a date or a time at all. */
export const isMoment = (text: string, isTime: boolean): boolean => momentOf(text, isTime) !== undefined;

/**
 * Below zero, zero or above, as the left one is before, the same as or after the right one; undefined where what is
 * written does not say it, since one is written to the day and one to the minute of that day.
 * https://hl7.org/fhirpath/N1/#comparison
 */
export function compareMoments(left: string, right: string, isTime: boolean): number | undefined {
  const [one, other] = [momentOf(left, isTime), momentOf(right, isTime)];
  if (one === undefined || other === undefined) return undefined;
  const [a, b] = [inUtc(one), inUtc(other)];
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const apart = (a[at] ?? 0) - (b[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return a.length === b.length ? 0 : undefined;
}

/** The greatest difference between two places, in minutes. */
const farthest = 26 * 60;

/**
 * Whether both are the same point of time; undefined where what is written does not say it. Where one has an offset and
 * the other none, they are different for certain only when they are farther apart than any two places.
 */
export function sameMoment(left: string, right: string, isTime: boolean): boolean | undefined {
  const apart = compareMoments(left, right, isTime);
  if (apart === undefined) return undefined;
  const [one, other] = [momentOf(left, isTime), momentOf(right, isTime)];
  if (one === undefined || other === undefined || (one.offset === undefined) === (other.offset === undefined)) {
    return apart === 0;
  }
  if (one.parts.length < 4 || other.parts.length < 4) return apart === 0;
  return Math.abs(minutesOf(one) - minutesOf(other)) > farthest ? false : undefined;
}

function minutesOf({ parts: [year = 0, month = 1, day = 1, hour = 0, minute = 0], offset = 0 }: Moment): number {
  return Date.UTC(year, month - 1, day, hour, minute - offset) / 60_000;
}
