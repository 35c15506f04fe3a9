import type { Timepoint } from '../course/schema.ts';
import { earliest } from '../course/time.ts';
import type { PlannedAssessment } from './programme.ts';
import { daysOf } from './programme-dose.ts';
import type { AssessmentLabel } from './schedule-label.ts';
import type { Timeline } from './schedule-timeline.ts';
import { beginOf, daysBetween, daysLater, type Begin, type Treatment } from './schedule-treatments.ts';

/** A part of a course that answers to moments of a programme. */
export interface DatedPart {
  readonly id: string;
  readonly at?: string | undefined;
  readonly timepoint?: Timepoint | undefined;
}

/** A part whose time has a day. */
interface Placed extends Begin {
  readonly id: string;
  /** The earliest instant of its time: what parts are ordered by. */
  readonly order: number;
}

// The sources state no tolerance for a day, a week or a month: these, in days either way, are ours.
const tolerances: Readonly<Record<string, number>> = { day: 3, week: 7, month: 15 };
// Nor do they say how long after treatment its end may be judged: six weeks are ours.
const endTolerance = 42;

/**
 * Which moment each part of one instrument was made for, by the parts' ids.
 *
 * By its time: the last one at or before the first treatment is the baseline; the one nearest to a day, week or month,
 * counted from the first treatment's day, is that one's, within our tolerance; the one nearest to the last day of
 * treatment, from the last treatment on, is the end's; what lies between a treatment and the next was made after it;
 * what lies after treatment is follow-up. Where it has no day, or the treatments none, its stated time point decides.
 */
export function momentsOf(
  parts: readonly DatedPart[],
  moments: readonly PlannedAssessment[],
  timeline: Timeline,
): ReadonlyMap<string, AssessmentLabel> {
  const labels = new Map<string, AssessmentLabel>();
  if (moments.length === 0) return labels;
  const known = timeline.treatments.length === 0 || timeline.treatment(1)?.begin !== undefined;
  const placed = known ? parts.flatMap((part) => placedOf(part, timeline)) : [];
  const of = (kind: PlannedAssessment['kind']) => moments.filter((moment) => moment.kind === kind);
  const free = () => placed.filter(({ id }) => !labels.has(id));
  const give = (moment: PlannedAssessment, part: Placed | undefined, n = moment.n): void => {
    if (part !== undefined) labels.set(part.id, labelOf(moment, n));
  };

  for (const moment of of('baseline')) give(moment, lastOf(free().filter((part) => isBaseline(part, timeline))));
  const taken = new Set<PlannedAssessment>();
  for (const { moment, part } of fixedPairs(free(), moments, timeline)) {
    if (labels.has(part.id) || taken.has(moment)) continue;
    taken.add(moment);
    give(moment, part);
  }
  for (const moment of of('endOfTreatment')) give(moment, endOf(free(), timeline));
  for (const moment of of('afterSession')) {
    for (const part of free()) {
      const n = treatmentBefore(part, timeline);
      if (n !== undefined && (moment.n ?? n) === n) give(moment, part, n);
    }
  }
  for (const moment of of('followUp')) {
    for (const part of free()) if (isAfterTreatment(part, timeline)) give(moment, part);
  }
  const byTime = new Set(placed.map(({ id }) => id));
  for (const part of parts) {
    if (byTime.has(part.id)) continue;
    const label = statedMoment(part, moments, timeline);
    if (label !== undefined) labels.set(part.id, label);
  }
  return labels;
}

const labelOf = ({ kind }: PlannedAssessment, n: number | undefined): AssessmentLabel =>
  n === undefined ? { kind } : { kind, n };

function placedOf({ id, at }: DatedPart, { zone }: Timeline): Placed[] {
  const begin = beginOf(at, zone);
  return at === undefined || begin === undefined ? [] : [{ id, ...begin, order: begin.instant ?? earliest(at, zone) }];
}

/** Whether a part lies before (-1) or after (1) the beginning of a treatment, or at it (0): by days where one is a day. */
function against(part: Placed, { begin }: Treatment): number {
  if (begin === undefined) return Number.NaN;
  const apart =
    part.instant === undefined || begin.instant === undefined
      ? daysBetween(begin.day, part.day)
      : part.instant - begin.instant;
  return Math.sign(apart);
}

function isBaseline(part: Placed, timeline: Timeline): boolean {
  const first = timeline.treatment(1);
  return first === undefined || against(part, first) <= 0;
}

// As the canonical form orders parts, so that the order in which they were given decides nothing.
const inOrder = (a: Placed, b: Placed): number => a.order - b.order || (a.id < b.id ? -1 : 1);

const lastOf = (parts: readonly Placed[]): Placed | undefined => parts.toSorted(inOrder).at(-1);

/** The day of a moment that is counted from the first treatment, whose day is day 1. */
export function fixedDay({ kind, n }: PlannedAssessment, timeline: Timeline): string | undefined {
  const first = timeline.treatment(1)?.begin?.day;
  if (first === undefined || n === undefined) return undefined;
  if (kind === 'day') return daysLater(first, n - 1);
  if (kind === 'week') return daysLater(first, n * 7);
  return kind === 'month' ? daysLater(first, n * (daysOf['mo'] ?? 0)) : undefined;
}

/** The day after which a moment can no longer be met. */
export function closedAfter(moment: PlannedAssessment, timeline: Timeline): string | undefined {
  const day = fixedDay(moment, timeline);
  return day === undefined ? undefined : daysLater(day, tolerances[moment.kind] ?? 0);
}

/** Moments of a fixed day with the parts that their tolerance allows, the nearest first. */
function fixedPairs(
  parts: readonly Placed[],
  moments: readonly PlannedAssessment[],
  timeline: Timeline,
): readonly { readonly moment: PlannedAssessment; readonly part: Placed }[] {
  return moments
    .flatMap((moment) => {
      const day = fixedDay(moment, timeline);
      if (day === undefined) return [];
      const near = parts.map((part) => ({ moment, part, apart: Math.abs(daysBetween(day, part.day)) }));
      return near.filter(({ apart }) => apart <= (tolerances[moment.kind] ?? 0));
    })
    .toSorted((a, b) => a.apart - b.apart || inOrder(a.part, b.part));
}

function endOf(parts: readonly Placed[], { treatments, treatment, treated, lastDay }: Timeline): Placed | undefined {
  const last = treatment(treatments.length);
  if (last === undefined || lastDay === undefined || !treated) return undefined;
  const limit = daysLater(lastDay, endTolerance);
  const apart = (part: Placed): number => Math.abs(daysBetween(lastDay, part.day));
  return parts
    .filter((part) => against(part, last) >= 0 && part.day <= limit)
    .toSorted((a, b) => apart(a) - apart(b) || inOrder(a, b))[0];
}

/** The ordinal of the treatment after whose beginning, and before the next one's, a part lies. */
function treatmentBefore(part: Placed, { treatments, treatment }: Timeline): number | undefined {
  const n = treatments.findLastIndex((one) => against(part, one) >= 0) + 1;
  const certain = treatment(n) !== undefined && (n === treatments.length || treatment(n + 1) !== undefined);
  return certain ? n : undefined;
}

const isAfterTreatment = ({ day }: Placed, { treated, lastDay }: Timeline): boolean =>
  treated && lastDay !== undefined && day > lastDay;

function statedMoment(
  { timepoint }: DatedPart,
  moments: readonly PlannedAssessment[],
  { treatments }: Timeline,
): AssessmentLabel | undefined {
  if (timepoint === undefined) return undefined;
  const { kind, sessionId } = timepoint;
  const linked = sessionId === undefined ? undefined : treatments.find(({ session }) => session.id === sessionId);
  const n = kind === 'afterSession' ? (sessionId === undefined ? timepoint.n : linked?.ordinal) : timepoint.n;
  const needed = kind === 'afterSession' || kind in tolerances;
  const moment = moments.find((one) => one.kind === kind && (!needed || n !== undefined) && (one.n ?? n) === n);
  return moment === undefined ? undefined : labelOf(moment, needed ? n : moment.n);
}
