import { dayOf, earliest, latest } from '../course/time.ts';
import { dataAbsentReasonUrl, ownExtension } from './canonicals.ts';
import { elementIn, type Elements } from './elements.ts';
import { time, type LeafContext } from './leaves.ts';
import { extension } from './places.ts';
import type { Row } from './rows.ts';

/**
 * When something was: `effectivePeriod` where its end is known (or always, for what lasts by nature), else
 * `effectiveDateTime`. Two fields share the element, so this is a written pair and not two rows.
 */
export function effective(
  start: string,
  end: string | undefined,
  { asPeriod = false, required = false }: { readonly asPeriod?: boolean; readonly required?: boolean } = {},
): Row {
  return {
    field: end === undefined ? start : `${start}, ${end}`,
    element: 'effective',
    type: end === undefined ? 'dateTime' : 'Period',
    write: (part, resource, context) => {
      const from = part[start] as string | undefined;
      const to = end === undefined ? undefined : (part[end] as string | undefined);
      if (to !== undefined || (asPeriod && from !== undefined)) {
        const period: Elements = {};
        resource['effectivePeriod'] = period;
        if (from !== undefined) time.put(period, 'start', from, context);
        if (to === undefined) return;
        if (from === undefined || isSurelyOrdered(from, to, context.zone)) time.put(period, 'end', to, context);
        else time.put(unorderedEnd.open(period), unorderedEnd.name('dateTime'), to, context);
      } else if (from !== undefined) {
        time.put(resource, 'effectiveDateTime', from, context);
      } else if (required) {
        // effective[x] is 1..1 on MedicationAdministration, and the session's day would be an invention.
        resource['_effectiveDateTime'] = { extension: [{ url: dataAbsentReasonUrl, valueCode: 'unknown' }] };
      }
    },
    read: (resource, part) => {
      const period = elementIn(resource, 'effectivePeriod');
      const from = period === undefined ? time.take(resource, 'effectiveDateTime') : time.take(period, 'start');
      const to = period === undefined || end === undefined ? undefined : endOf(period);
      if (from !== undefined) part[start] = from;
      if (to !== undefined && end !== undefined) part[end] = to;
    },
  };
}

/**
 * Where an end stands that cannot be compared with its start, such as a day that ends on itself after a moment of it:
 * invariant per-1 asks for a start that is lower beyond doubt (https://hl7.org/fhir/R4/datatypes.html#Period).
 */
const unorderedEnd = extension(ownExtension('unordered-end'));

function endOf(period: Elements): string | undefined {
  const apart = unorderedEnd.find(period);
  return apart === undefined ? time.take(period, 'end') : time.take(apart, unorderedEnd.name('dateTime'));
}

// FHIRPath compares times of one precision, and of two only where they differ in what both say, offsets aside: a day
// on either side is more than any offset.
function isSurelyOrdered(start: string, end: string, zone: string | undefined): boolean {
  const samePrecision = start.length === end.length || (start.length > 10 && end.length > 10);
  return samePrecision || latest(start, zone) + 2 * 86_400_000 <= earliest(end, zone);
}

/** The moment or day that a vital sign carries, and whether it is only the session's. */
export interface VitalTime {
  readonly text: string | undefined;
  readonly ofSession: boolean;
  /** Whether it names a day: R4's vital-signs profile asks for one (vs-1), so that LOINC codes need it. */
  readonly hasDay: boolean;
}

/** When a vital sign was: its own time, else the day of its session. */
export function vitalTime(own: string | undefined, sessionTime: string | undefined): VitalTime {
  const day = sessionTime === undefined ? undefined : dayOf(sessionTime);
  const text = own ?? day;
  return { text, ofSession: own === undefined && day !== undefined, hasDay: text !== undefined && text.length >= 10 };
}

/** Writes a vital sign's time; the session's day is marked, so that nobody takes it for the reading's own. */
export function writeVitalTime(resource: Elements, { text, ofSession }: VitalTime, context: LeafContext): void {
  if (text === undefined) return;
  time.put(resource, 'effectiveDateTime', text, context);
  if (ofSession) {
    resource['_effectiveDateTime'] = { extension: [{ url: ownExtension('time-of-session'), valueBoolean: true }] };
  }
}
