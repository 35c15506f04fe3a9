import { canonicalCourse } from '../course/canonical.ts';
import { mergePartial, type Merged } from '../course/merge-partial.ts';
import { placeInPartial } from '../course/partial-places.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Json, JsonObject } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { severityOf, type Issue } from '../outcome/issue.ts';
import type { Layer } from './layer.ts';

/** Why a layer could not be laid. */
export interface Misfit {
  /** At the places of its partial, as far as they come from there. */
  readonly issues: readonly Issue[];
  /** The same at the places of the course. */
  readonly faults: readonly Issue[];
  /** Whether it only lacks parts that another submission may bring. */
  readonly absent: boolean;
}

/** A snapshot with its partials over it. */
export interface Folded {
  readonly course: TreatmentCourse;
  /** The layers that it holds, and what each brought about. */
  readonly laid: ReadonlyMap<Layer, Merged>;
  readonly misfits: ReadonlyMap<Layer, Misfit>;
  /** What is worth saying of the course, but no fault: at places of the course. */
  readonly issues: readonly Issue[];
}

/**
 * Lays partials over a snapshot, in their order. One that does not fit is left out, which depends on the others alone
 * and never on when they came: one that lacks a part is tried with all the others there; of those that contradict the
 * course, the older is right.
 */
export function fold(base: TreatmentCourse, layers: readonly Layer[], definitions: Definitions): Folded {
  const misfits = new Map<Layer, Misfit>();
  let left = layers;
  for (;;) {
    const pile = laidOver(base, left, definitions);
    const found = left.length === 0 ? undefined : misfitsIn(pile, base, left, definitions);
    if (found === undefined) return { course: pile.course, laid: pile.laid, misfits, issues: pile.issues };
    for (const [layer, misfit] of found) misfits.set(layer, misfit);
    left = left.filter((layer) => !found.has(layer));
  }
}

interface Pile extends Omit<Folded, 'misfits'> {
  readonly faults: readonly Issue[];
}

function laidOver(base: TreatmentCourse, layers: readonly Layer[], definitions: Definitions): Pile {
  if (layers.length === 0) return { course: base, laid: new Map(), issues: [], faults: [] };
  const laid = new Map<Layer, Merged>();
  let course = base as unknown as JsonObject;
  for (const layer of layers) {
    const merged = mergePartial(course, layer.partial);
    laid.set(layer, merged);
    ({ course } = merged);
  }
  const whole = canonicalCourse(course as unknown as TreatmentCourse);
  const { issues } = acceptCourse(whole as unknown as Json, definitions);
  return {
    course: whole,
    laid,
    issues: issues.filter((issue) => !isError(issue)),
    faults: issues.filter(isError),
  };
}

const isError = (issue: Issue): boolean => severityOf(issue) === 'error';

// A path to a part that nobody says lacks whatever such a part must have.
const isAbsence = ({ code }: Issue): boolean => code === 'dangling-link' || code === 'missing-field';

/** The layers that do not fit, or the first of them; undefined where all do. */
function misfitsIn(
  pile: Pile,
  base: TreatmentCourse,
  layers: readonly Layer[],
  definitions: Definitions,
): ReadonlyMap<Layer, Misfit> | undefined {
  const mistimed = [...pile.laid].filter(([, { issues }]) => issues.some(isError));
  if (mistimed.length > 0) {
    return new Map(
      mistimed.map(([layer, merged]) => {
        const issues = merged.issues.filter(isError);
        return [layer, { issues, faults: issues, absent: false }];
      }),
    );
  }
  if (pile.faults.length === 0) return undefined;
  const absences = pile.faults.filter(isAbsence);
  return absences.length > 0 ? lacking(absences, pile, layers) : firstWrong(base, layers, definitions);
}

/** The layers that say what the faults are about. */
function lacking(faults: readonly Issue[], { course }: Pile, layers: readonly Layer[]): ReadonlyMap<Layer, Misfit> {
  const found = new Map<Layer, Misfit>();
  for (const fault of faults) {
    const layer = layers.findLast((one) => placeInPartial(fault.at, asJson(course), one.partial) !== undefined);
    // A fault of the snapshot itself is no layer's: without the newest there is one less to doubt.
    const blamed = layer ?? layers.at(-1);
    if (blamed === undefined) continue;
    const { issues = [], faults: others = [] } = found.get(blamed) ?? {};
    found.set(blamed, {
      issues: [...issues, placed(fault, course, blamed)],
      faults: [...others, fault],
      absent: layer !== undefined,
    });
  }
  return found;
}

/** The oldest layer with which the course is no longer right, whatever parts it may lack. */
function firstWrong(
  base: TreatmentCourse,
  layers: readonly Layer[],
  definitions: Definitions,
): ReadonlyMap<Layer, Misfit> {
  for (const [index, layer] of layers.entries()) {
    const { faults, course } = laidOver(base, layers.slice(0, index + 1), definitions);
    const wrong = faults.filter((fault) => !isAbsence(fault));
    if (wrong.length === 0) continue;
    const issues = wrong.map((fault) => placed(fault, course, layer));
    return new Map([[layer, { issues, faults: wrong, absent: false }]]);
  }
  throw new Error('what is wrong with all layers is wrong with none');
}

/** The issue at its place in the partial, or where it is in the course. */
const placed = (issue: Issue, course: TreatmentCourse, { partial }: Layer): Issue => ({
  ...issue,
  at: placeInPartial(issue.at, asJson(course), partial) ?? issue.at,
});

/** What is worth saying of what a layer says, at its places. */
export function issuesOfLayer({ issues, course, laid }: Folded, layer: Layer): readonly Issue[] {
  const own = issues.flatMap((issue) => {
    const at = placeInPartial(issue.at, asJson(course), layer.partial);
    return at === undefined ? [] : [{ ...issue, at }];
  });
  return [...(laid.get(layer)?.issues ?? []), ...own];
}

const asJson = (course: TreatmentCourse): JsonObject => course as unknown as JsonObject;
