import type { Keyword } from '../course/keywords.ts';
import type { Criterion, PlannedTreatments, Programme } from './programme.ts';
import type { Deviation } from './schedule-label.ts';
import { daysBetween, type Treatment } from './schedule-treatments.ts';

/** A stretch of a programme that plans treatments. */
export interface Stretch {
  readonly key: Keyword<'phase'> | undefined;
  readonly days: number | undefined;
  readonly treatments: PlannedTreatments;
  readonly gate: Criterion | undefined;
}

/** The phases that plan treatments; of a programme without phases, all of it. */
export function stretchesOf({ phases, treatments }: Programme): readonly Stretch[] {
  const planned = phases.flatMap((phase) =>
    phase.treatments === undefined ? [] : [{ ...phase, treatments: phase.treatments }],
  );
  if (planned.length > 0 || treatments === undefined) return planned;
  return [{ key: undefined, days: undefined, treatments, gate: undefined }];
}

/** Where a treatment falls: the number of its stretch, one more than the last for beyond the plan. */
export interface Place {
  readonly stretch: number;
  /** Counted through the stretch, from 1. */
  readonly n: number;
  /** The day of the stretch's first treatment. */
  readonly from: string | undefined;
}

/**
 * Where treatments fall. Stretches are filled in their order: by count, with the most (or the least) that is planned;
 * one that says days and no count by date, from its first treatment's day on; one that says neither takes all that is
 * left. Undefined where the day that decides is not known.
 */
export function placesOf(
  treatments: readonly Treatment[],
  stretches: readonly Stretch[],
  count: 'least' | 'most' = 'most',
): readonly (Place | undefined)[] {
  let [stretch, n, from]: [number, number, string | undefined] = [0, 0, undefined];
  return treatments.map(({ day, ordinal }) => {
    while (stretch < stretches.length && isFull(stretches[stretch], count, n, from, day)) {
      [stretch, n, from] = [stretch + 1, 0, undefined];
    }
    n += 1;
    if (n === 1) from = day;
    const byDate = isByDate(stretches[stretch]);
    return ordinal === undefined || (byDate && (day === undefined || from === undefined))
      ? undefined
      : { stretch, n, from };
  });
}

/** Whether a stretch ends with its days and not with its last treatment. */
export const isByDate = (stretch: Stretch | undefined): boolean =>
  stretch !== undefined && stretch.treatments.most === undefined && stretch.days !== undefined;

function isFull(
  stretch: Stretch | undefined,
  count: 'least' | 'most',
  n: number,
  from: string | undefined,
  day: string | undefined,
): boolean {
  const planned = stretch?.treatments[count];
  if (planned !== undefined) return n >= planned;
  if (stretch?.days === undefined || from === undefined || day === undefined) return false;
  return daysBetween(from, day) > stretch.days;
}

// The sources state intervals and no tolerance: half an interval either way is ours.
const [least, most] = [0.5, 1.5];

/**
 * Whether the days since the treatment before are those that are planned: between half and one and a half times the
 * interval of the stretch, and so for its first treatment as well.
 */
export function intervalDeviations(
  treatment: Treatment,
  before: Treatment | undefined,
  interval: number | undefined,
): Deviation[] {
  const [from, to] = [before?.day, treatment.day];
  if (before?.ordinal === undefined || from === undefined || to === undefined || interval === undefined) return [];
  const days = daysBetween(from, to);
  if (days < least * interval) return ['early'];
  return days > most * interval ? ['late'] : [];
}
