import type { TreatmentCourse } from '../course/schema.ts';
import type { Programme } from './programme.ts';
import { isByDate, placesOf, stretchesOf, type Place, type Stretch } from './schedule-plan.ts';
import { dayIn, daysLater, treatmentsOf, type Treatment } from './schedule-treatments.ts';

/** A course against its programme: what the labels and the checks are computed from. */
export interface Timeline {
  readonly zone: string | undefined;
  readonly stretches: readonly Stretch[];
  /** In their order, with those whose place is not certain. */
  readonly treatments: readonly Treatment[];
  /** Where each treatment falls. */
  readonly places: readonly (Place | undefined)[];
  /** The treatment of an ordinal, where its place is certain. */
  readonly treatment: (ordinal: number) => Treatment | undefined;
  /** The course is completed or stopped. */
  readonly over: boolean;
  /** As many treatments as are planned were given. Undefined where the programme does not say how many. */
  readonly allGiven: boolean | undefined;
  /** Treatment has ended: the course is over, everything planned was given, or its time has passed. */
  readonly treated: boolean;
  /** The last day of treatment as far as the course goes. */
  readonly lastDay: string | undefined;
  /** The latest day on which something of the course happened: the only "now" there is, since nothing asks a clock. */
  readonly knownUntil: () => string | undefined;
}

export function timelineOf(course: TreatmentCourse, programme: Programme): Timeline {
  const stretches = stretchesOf(programme);
  const treatments = treatmentsOf(course);
  const places = placesOf(treatments, stretches);
  const over = course.status === 'completed' || course.status === 'stopped';
  const most = stretches.map((stretch) => stretch.treatments.most);
  const planned = most.every((count) => count !== undefined) ? most.reduce((sum, count) => sum + count, 0) : undefined;
  const allGiven = planned === undefined || planned === 0 ? undefined : treatments.length >= planned;
  const lastDay = lastDayOf(course, stretches, treatments, places);
  const knownUntil = (): string | undefined => knownUntilIn(course, treatments);
  const last = places.at(-1);
  const passed = isByDate(stretches[last?.stretch ?? -1]) && (knownUntil() ?? '') > (lastDay ?? '9999');
  return {
    zone: course.timeZone,
    stretches,
    treatments,
    places,
    treatment: (ordinal) => {
      const found = treatments[ordinal - 1];
      return found?.ordinal === undefined ? undefined : found;
    },
    over,
    allGiven,
    treated: over || allGiven === true || passed,
    lastDay,
    knownUntil,
  };
}

// Treatment by date lasts its days, whenever its last dose was, unless the course was stopped.
function lastDayOf(
  { status }: TreatmentCourse,
  stretches: readonly Stretch[],
  treatments: readonly Treatment[],
  places: readonly (Place | undefined)[],
): string | undefined {
  const last = treatments.at(-1);
  const day = last?.ordinal === undefined ? undefined : last.day;
  const { stretch: number = -1, from } = places.at(-1) ?? {};
  const stretch = stretches[number];
  if (status === 'stopped' || day === undefined || from === undefined || !isByDate(stretch)) return day;
  return daysLater(from, stretch?.days ?? 0);
}

function knownUntilIn(course: TreatmentCourse, treatments: readonly Treatment[]): string | undefined {
  const { assessments, suicideRisk, interviews, outcomes, adverseEvents, followUps, psychotherapySessions } = course;
  const times = [
    course.end,
    ...[assessments, suicideRisk, interviews, outcomes, adverseEvents, followUps].flatMap((parts) =>
      (parts ?? []).map(({ at }) => at),
    ),
    ...(psychotherapySessions ?? []).map(({ start }) => start),
  ];
  return [...times.map(dayIn), ...treatments.map(({ day }) => day)].reduce(
    (latest, day) => ((day ?? '') > (latest ?? '') ? day : latest),
    undefined,
  );
}
