import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { isJsonObject, writeJson, type Json } from '../../src/json/json.ts';
import { timeOf } from '../../src/exchange/narrow-search.ts';
import { acceptCourse } from '../../src/mapping/accept-course.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { jsonOf, programmes } from '../laws/courses.ts';

/** The courses that are brought to the front, and what becomes of them. */

/** Generated courses of nobody else's: their ids, patients and namespace are the trial's. */
export function* coursesOf(trial: number): Generator<TreatmentCourse> {
  for (let index = 0; ; index += 1) {
    const programme = programmes[(trial + index) % programmes.length] ?? 'norway';
    const course = synthesize(programme, { seed: 31, index: trial * 100 + index, size: 'small' });
    yield accepted({
      ...course,
      system: `https://front.example.org/${trial}`,
      patient: { ...course.patient, system: `https://front.example.org/${trial}/patients` },
    });
  }
}

/** Whether all that a course is written as can be found by a date. */
export const isDated = (course: TreatmentCourse): boolean =>
  mapCourse(course, definitions).resources.every(
    ({ resource }) => resource.resourceType !== 'Observation' || timeOf(resource) !== undefined,
  );

/** The same course later: a note changed, a part taken out, a part more. */
export function laterVersionOf(course: TreatmentCourse): TreatmentCourse {
  const sessions = (course.sessions ?? []).map((session, index) => ({
    ...session,
    ...(index === 0 && { note: 'Changed since' }),
    ...(session.readings !== undefined && { readings: session.readings.slice(1) }),
  }));
  const suicideRisk = [...(course.suicideRisk ?? []), { id: 'later', at: '2026-01-09', level: 'low' as const }];
  return accepted({ ...course, sessions, suicideRisk });
}

function accepted(course: TreatmentCourse): TreatmentCourse {
  const { value, issues } = acceptCourse(jsonOf(writeJson(course)), definitions);
  if (value === undefined) throw new Error(`refused: ${writeJson(issues)}`);
  return value;
}

/** The course without what stands at some of its paths. */
export function without(course: TreatmentCourse, paths: readonly string[]): TreatmentCourse {
  const copy = jsonOf(writeJson(course));
  const gone: Json[] = [];
  for (const path of paths) {
    const steps = path
      .split(/[.[\]]+/)
      .filter((step) => step !== '')
      .slice(1);
    const last = steps.pop();
    const holder = steps.reduce<Json | undefined>((at, step) => inside(at, step), copy);
    if (last === undefined || holder === undefined) throw new Error(`nothing at ${path}`);
    const value = inside(holder, last);
    if (Array.isArray(holder) && value !== undefined) gone.push(value);
    else if (isJsonObject(holder)) delete (holder as Record<string, Json>)[last];
  }
  return emptied(copy, new Set(gone)) as unknown as TreatmentCourse;
}

const inside = (at: Json | undefined, step: string): Json | undefined =>
  Array.isArray(at)
    ? (at as readonly Json[])[Number(step)]
    : at !== undefined && isJsonObject(at)
      ? at[step]
      : undefined;

/** Without the entries that are gone: indexes of the others are needed until all paths were followed. */
function emptied(value: Json, gone: ReadonlySet<Json>): Json {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).filter((one) => !gone.has(one)).map((one) => emptied(one, gone));
  }
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).map(([name, one]): [string, Json] => [name, emptied(one, gone)]);
  return Object.fromEntries(fields);
}
