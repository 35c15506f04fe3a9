import type { TreatmentCourse } from '../course/schema.ts';
import { readText } from '../course/read-text.ts';
import type { Known } from './decision.ts';
import { keptLayer, type Layer } from './layer.ts';
import { newestOf } from './order.ts';
import type { KeptSubmission, Order } from './store.ts';

/** What a course rests on before a submission: its snapshot, what lies over it, and what waits for a person. */
export interface Ground {
  /** The snapshot in force, or the withdrawal that took its place. */
  readonly base: KeptSubmission | undefined;
  /** The base as a course. */
  readonly course: () => TreatmentCourse | undefined;
  /** Partials in force and pending, in no order. */
  readonly layers: readonly Layer[];
  readonly held: readonly KeptSubmission[];
  readonly newest: Order;
}

/** @param zone of the course, where it is another than the base's. */
export function groundOf({ kept }: Known, zone?: string): Ground {
  const base = kept.findLast(({ kind, state }) => kind !== 'partial' && state === 'in-force');
  let course: TreatmentCourse | undefined;
  const asCourse = (): TreatmentCourse | undefined => (course ??= base && courseIn(base.text));
  const partials = kept.filter(
    ({ kind, state }) => kind === 'partial' && (state === 'in-force' || state === 'pending'),
  );
  const layers = partials.map((one) => keptLayer(one, zone ?? asCourse()?.timeZone));
  const inForce = kept.filter(({ state }) => state === 'in-force');
  return {
    base,
    course: asCourse,
    layers,
    held: kept.filter(({ state }) => state === 'held'),
    newest: newestOf(inForce.map(({ order }) => order)),
  };
}

/** The course of a text that was written here. */
export function courseIn(text: string): TreatmentCourse {
  const { value } = readText(text);
  if (value === undefined) throw new Error('what was kept as a course is none');
  return value as unknown as TreatmentCourse;
}
