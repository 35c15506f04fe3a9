import { dayOf } from '../course/time.ts';
import { dataAbsentReasonUrl, ownExtension } from './canonicals.ts';
import { elementIn, type Elements } from './elements.ts';
import { time, type LeafContext } from './leaves.ts';
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
    write: (part, resource, context) => {
      const from = part[start] as string | undefined;
      const to = end === undefined ? undefined : (part[end] as string | undefined);
      if (to !== undefined || (asPeriod && from !== undefined)) {
        const period: Elements = {};
        resource['effectivePeriod'] = period;
        if (from !== undefined) time.put(period, 'start', from, context);
        if (to !== undefined) time.put(period, 'end', to, context);
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
      const to = period === undefined || end === undefined ? undefined : time.take(period, 'end');
      if (from !== undefined) part[start] = from;
      if (to !== undefined && end !== undefined) part[end] = to;
    },
  };
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
