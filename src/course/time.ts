/**
 * Clinical time. It stays the text that the clinic wrote: `Date` would drop an offset and invent a day for a month.
 *
 * A time is FHIR dateTime text (a year, a month, a day, or a moment with seconds and offset), or, where the course
 * names its time zone, a local moment without offset, with or without seconds.
 */

const year = String.raw`\d{4}`;
const month = String.raw`(?:0[1-9]|1[0-2])`;
const day = String.raw`(?:0[1-9]|[12]\d|3[01])`;
const hourMinute = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const seconds = String.raw`:[0-5]\d(?:\.\d{1,9})?`;
const offset = String.raw`(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)`;

const datePattern = new RegExp(`^${year}(?:-${month}(?:-${day})?)?$`);
// Without seconds a moment is local: FHIR asks for both seconds and offset.
const momentPattern = new RegExp(`^${year}-${month}-${day}T${hourMinute}(?:${seconds}${offset}?)?$`);

/** What a date and a time look like, as regular expressions; whether the calendar has them is another question. */
export const patterns = {
  date: datePattern.source,
  time: `${datePattern.source}|${momentPattern.source}`,
} as const;

/** Whether the text is a FHIR date: a year, a month or a day that the calendar has. */
export function isDateText(text: string): boolean {
  return datePattern.test(text) && calendarHas(text);
}

/** Whether the text is a time of the course format. */
export function isTimeText(text: string): boolean {
  return text.length <= 10 ? isDateText(text) : momentPattern.test(text) && calendarHas(text);
}

/** Whether a time of the course format is local: a moment without offset, so that it needs a zone. */
export function isLocalText(time: string): boolean {
  const sign = time.at(-6);
  return time.length > 10 && sign !== '+' && sign !== '-' && !time.endsWith('Z');
}

// Year 0 is not a FHIR year, and a month has only its own days: 28 at least.
function calendarHas(text: string): boolean {
  if (text.startsWith('0000')) return false;
  const asked = Number(text.slice(8, 10));
  if (asked <= 28) return true;
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return asked <= last;
}

/** The day of a time (`2026-01-05`), where it has one. */
export function dayOf(text: string): string | undefined {
  return text.length >= 10 ? text.slice(0, 10) : undefined;
}

/**
 * What a local time is in its zone: how often the clocks show it, and its offset from UTC. A doubled hour takes its
 * first pass; an hour that is left out the offset from before the change.
 */
export interface LocalReading {
  readonly occurs: 'once' | 'twice' | 'never';
  readonly offsetMinutes: number;
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(zone)) formatters.set(zone, newFormatter(zone));
  return formatters.get(zone);
}

function newFormatter(zone: string): Intl.DateTimeFormat | undefined {
  // A name such as +01:00 is an offset to Intl, and not an IANA zone, since it has no clock changes.
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

/** Whether `zone` is the name of a time zone of the IANA database that the runtime knows. */
export function isTimeZone(zone: string): boolean {
  return formatterOf(zone) !== undefined;
}

/** The zone's distance from UTC at an instant, in minutes. */
function offsetAt(zone: string, instant: number): number {
  const formatter = formatterOf(zone);
  if (formatter === undefined) return 0;
  const at = new Map(formatter.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(
    at.get('year') ?? 0,
    (at.get('month') ?? 1) - 1,
    at.get('day') ?? 1,
    at.get('hour') ?? 0,
    at.get('minute') ?? 0,
    at.get('second') ?? 0,
  );
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000);
}

const dayMilliseconds = 86_400_000;

/** The offsets of a zone around a local day, in minutes: well before it and well after it. */
interface OffsetsAround {
  readonly zone: string;
  readonly date: string;
  readonly before: number;
  readonly after: number;
  /** The instant from which the second holds, where the two are not the same. */
  readonly change: number;
}

const known = new Map<string, OffsetsAround>();
let latestAsked: OffsetsAround = { zone: 'UTC', date: '1970-01-01', before: 0, after: 0, change: 0 };

// Asking Intl costs a hundred times more than looking up, and a course is full of moments of the same days, one after
// the other.
function offsetsAround(local: string, zone: string): OffsetsAround {
  if (zone === latestAsked.zone && local.startsWith(latestAsked.date)) return latestAsked;
  const date = local.slice(0, 10);
  const key = `${zone} ${date}`;
  const offsets = known.get(key) ?? askedOffsets(date, zone);
  // Bounded, so that a stream of a million courses does not grow it for ever.
  if (known.size >= 20_000) known.clear();
  known.set(key, offsets);
  latestAsked = offsets;
  return offsets;
}

function askedOffsets(date: string, zone: string): OffsetsAround {
  const start = Date.parse(`${date}T00:00:00Z`);
  // No zone changes twice within these three days, so the offsets at their ends are all that can hold between.
  const [first, last] = [start - dayMilliseconds, start + 2 * dayMilliseconds];
  const [before, after] = [offsetAt(zone, first), offsetAt(zone, last)];
  const change = before === after ? start : changeBetween(first, last, (instant) => offsetAt(zone, instant) === after);
  return { zone, date, before, after, change };
}

/** The first instant, in whole seconds as all of them are, at which something holds that holds from then on. */
function changeBetween(first: number, last: number, holds: (instant: number) => boolean): number {
  let [open, end] = [first, last];
  while (end - open > 1000) {
    const middle = open + Math.floor((end - open) / 2000) * 1000;
    if (holds(middle)) end = middle;
    else open = middle;
  }
  return end;
}

/** Reads a local time in its zone. The zone must be one that `isTimeZone` accepts. */
export function readLocal(local: string, zone: string): LocalReading {
  const { before, after, change } = offsetsAround(local, zone);
  if (before === after) return { occurs: 'once', offsetMinutes: before };
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
  const isBefore = asUtc - before * 60_000 < change;
  const isAfter = asUtc - after * 60_000 >= change;
  if (isBefore && isAfter) return { occurs: 'twice', offsetMinutes: Math.max(before, after) };
  if (isAfter) return { occurs: 'once', offsetMinutes: after };
  return { occurs: isBefore ? 'once' : 'never', offsetMinutes: before };
}

/** The FHIR dateTime of a time: the text itself, or the local time with seconds and the offset of its zone. */
export function fhirDateTime(text: string, zone: string | undefined): string {
  if (zone === undefined || !isLocalText(text)) return text;
  const withSeconds = text.length === 16 ? `${text}:00` : text;
  return `${withSeconds}${offsetText(readLocal(text, zone).offsetMinutes)}`;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * The earliest instant that a time can mean, in milliseconds since 1970. A year, month or day without an offset begins
 * in the course's zone, or in UTC where the course names none.
 */
export function earliest(text: string, zone: string | undefined): number {
  if (text.length > 10) {
    if (zone === undefined || !isLocalText(text)) return Date.parse(text);
    return Date.parse(`${text}Z`) - readLocal(text, zone).offsetMinutes * 60_000;
  }
  const midnight = `${text}${'-01-01'.slice(text.length - 4)}T00:00:00`;
  return zone === undefined ? Date.parse(`${midnight}Z`) : earliest(midnight, zone);
}

/** The first instant after everything that a time can mean, in milliseconds since 1970 (for a moment: the moment). */
export function latest(text: string, zone: string | undefined): number {
  if (text.length > 10) return earliest(text, zone);
  const [y, m, d] = text.split('-').map(Number);
  const after = d !== undefined ? [y ?? 0, m ?? 1, d + 1] : m !== undefined ? [y ?? 0, m + 1, 1] : [(y ?? 0) + 1, 1, 1];
  const next = new Date(Date.UTC(after[0] ?? 0, (after[1] ?? 1) - 1, after[2] ?? 1));
  return earliest(next.toISOString().slice(0, 10), zone);
}
