/** Points of time as they are written: to the year, the month, the day, the minute or the second. */
interface Moment {
  /** Year, month, day, hour, minute, second with its fraction; as many as are written. */
  readonly parts: readonly number[];
  /** Minutes before UTC; undefined where no offset is written. */
  readonly offset: number | undefined;
}

const written =
  /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(?:(Z)|([+-])(\d\d):(\d\d))?$/;

function momentOf(text: string, isTime: boolean): Moment | undefined {
  const found = written.exec(isTime ? `T${text}` : text.replace(/T$/, ''));
  if (found === null || (found[1] === undefined) !== isTime) return undefined;
  const all = found.slice(isTime ? 4 : 1, 7);
  const end = all.indexOf(undefined as unknown as string);
  const parts = (end < 0 ? all : all.slice(0, end)).map(Number);
  if (all.slice(parts.length).some((one) => one !== undefined) || !isPossible(parts, isTime)) return undefined;
  const minutes = Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0);
  const offset = found[7] === 'Z' ? 0 : found[8] === undefined ? undefined : found[8] === '-' ? -minutes : minutes;
  return { parts, offset };
}

function isPossible(parts: readonly number[], isTime: boolean): boolean {
  const [year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0] = isTime ? [2000, 1, 1, ...parts] : parts;
  const days = new Date(Date.UTC(year < 100 ? year + 400 : year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
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
