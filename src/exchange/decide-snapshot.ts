import { contradict, statementsOf } from '../course/partial-statements.ts';
import { partialOf } from '../course/partial.ts';
import { root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { JsonObject } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { saysAllOf } from './agreement.ts';
import { conflict, decideLate, sameBefore } from './decide-late.ts';
import type { Change, Decision, Effective, IncomingSnapshot, Known, Terms } from './decision.ts';
import { fold } from './fold.ts';
import { groundOf, type Ground } from './ground.ts';
import { goneFromPresent, holdsOf, patientOf } from './holds.ts';
import { inOrder, type Layer } from './layer.ts';
import { orderOf, relationOf, type Relation } from './order.ts';
import { allTo, effectiveOf, held, inForce, layerChanges, setAside } from './settle.ts';
import type { Order, SubmissionState } from './store.ts';
import { heldBack } from './waiting-layers.ts';

/** A snapshot says all of a course up to its order: what is later lies over it. */
export async function decideSnapshot(incoming: IncomingSnapshot, known: Known, terms: Terms): Promise<Decision> {
  const { course } = incoming;
  const ground = groundOf(known, course.timeZone);
  const own = orderOf(course, course.timeZone);
  const relation = ground.base === undefined ? 'later' : relationOf(own, ground.base.order);
  if (relation === 'earlier') return decideLate(incoming, own, known);
  if (terms.released) return lay(incoming, releasedOrder(own, ground), [], ground, known, terms);
  if (relation === 'same') return besideBase(incoming, own, ground, known);
  if (ground.held.some(({ kind, order }) => kind === 'snapshot' && relationOf(order, own) === 'same')) {
    return conflict(own);
  }
  const before = relation === 'unknown' ? await sameBefore(incoming, own, known) : undefined;
  if (before !== undefined) return before;
  return lay(incoming, own, relation === 'unknown' ? [unordered] : [], ground, known, terms);
}

const unordered: Issue = { code: 'order-unknown', at: root };

/** A snapshot without an order takes the place of what is in force when a person says so. */
const releasedOrder = (own: Order, { newest, base }: Ground): Order =>
  base === undefined || relationOf(own, base.order) !== 'unknown' ? own : { ...newest, ...own };

/** Of the same order as the base, and another text. A withdrawal stands for what was in force when it came. */
async function besideBase(incoming: IncomingSnapshot, order: Order, { base }: Ground, known: Known): Promise<Decision> {
  if (base?.kind !== 'withdrawal') return conflict(order);
  const before = await sameBefore(incoming, order, known);
  return before ?? held(order, [{ code: 'course-withdrawn', at: root }]);
}

async function lay(
  incoming: IncomingSnapshot,
  order: Order,
  reasons: readonly Issue[],
  ground: Ground,
  known: Known,
  terms: Terms,
): Promise<Decision> {
  const sorted = sortLayers(incoming.course, order, ground.layers, terms.released);
  if (sorted === undefined) return conflict(order);
  const back = await heldBack(sorted.over, incoming.course, ground, known, terms);
  const over = sorted.over.filter((layer) => !back.includes(layer));
  const folded = fold(incoming.course, inOrder(over), terms.definitions);
  const holds = [
    ...(sorted.unordered ? [unordered] : reasons),
    ...(await holdsOf(await prospectOf(folded.course, known), ground, known, terms)),
  ];
  if (holds.length > 0 && !terms.released) return held(order, [...holds, ...incoming.issues]);
  const changes: Change[] = [
    ...(ground.base === undefined ? [] : [{ seq: ground.base.seq, state: 'superseded' as const }]),
    ...allTo(sorted.under, 'superseded'),
    ...allTo([...sorted.aside, ...back], 'held'),
    ...layerChanges(folded),
    ...outdated(order, ground),
  ];
  const effective: Effective =
    folded.laid.size > 0
      ? effectiveOf(folded.course)
      : { text: incoming.text, hash: incoming.hash, patient: patientOf(incoming.course) };
  return inForce(order, effective, known, changes, [...incoming.issues, ...setAside(folded)]);
}

const prospectOf = async (course: TreatmentCourse, known: Known) => ({
  patient: patientOf(course),
  gone: await goneFromPresent(course, known),
});

interface Sorted {
  /** Later than the snapshot. */
  readonly over: readonly Layer[];
  /** What the snapshot says too, or better. */
  readonly under: readonly Layer[];
  /** Pending ones that say otherwise and cannot be compared: they came after nothing, so the snapshot was first. */
  readonly aside: readonly Layer[];
  /** Whether the snapshot says otherwise than one in force to which it cannot be compared. */
  readonly unordered: boolean;
}

/** Undefined where a layer of the same order says otherwise. */
function sortLayers(
  course: TreatmentCourse,
  order: Order,
  layers: readonly Layer[],
  released: boolean,
): Sorted | undefined {
  const of = (relation: Relation, state?: SubmissionState): readonly Layer[] =>
    layers.filter((one) => relationOf(one.order, order) === relation && (state ?? one.kept?.state) === one.kept?.state);
  const isOtherwise = ({ partial }: Layer): boolean => !saysAllOf(course, partial);
  if (!released && of('same').some(isOtherwise)) return undefined;
  const [first, second] = [of('unknown', 'pending'), of('unknown', 'in-force')];
  const said = first.length === 0 ? undefined : statementsOf(partialOf(course as unknown as JsonObject));
  const contradicts = (layer: Layer): boolean => said !== undefined && contradict(layer.statements(), said);
  return {
    over: [...of('later'), ...first.filter((layer) => !contradicts(layer))],
    under: [...of('earlier'), ...of('same'), ...second],
    aside: first.filter(contradicts),
    unordered: !released && second.some(isOtherwise),
  };
}

/** Held submissions that a newer snapshot makes pointless. */
const outdated = (order: Order, { held: waiting }: Ground): Change[] =>
  waiting
    .filter((one) => relationOf(one.order, order) === 'earlier')
    .map(({ seq }) => ({ seq, state: 'superseded' as const }));
