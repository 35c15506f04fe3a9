import { contradict, isCovered, statementsOf } from '../course/partial-statements.ts';
import { partialOf } from '../course/partial.ts';
import { isWithin } from '../course/parts.ts';
import { root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { JsonObject } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { saysAllOf } from './agreement.ts';
import { conflict, decideLate, sameBefore } from './decide-late.ts';
import { refusal, type Change, type Decision, type IncomingPartial, type Known, type Terms } from './decision.ts';
import { fold, issuesOfLayer, type Folded, type Misfit } from './fold.ts';
import { groundOf, type Ground } from './ground.ts';
import { goneFromPresent, holdsOf, patientOf } from './holds.ts';
import { inOrder, keptLayer, layerOf, orderOfPartial, type Layer } from './layer.ts';
import { isEmpty, relationOf } from './order.ts';
import { allTo, effectiveOf, held, inForce, layerChanges, setAside } from './settle.ts';
import { heldBack } from './waiting-layers.ts';

/** A partial says its own parts and fields alone: it is laid over the snapshot, in its order among the others. */
export async function decidePartial(incoming: IncomingPartial, known: Known, terms: Terms): Promise<Decision> {
  const ground = groundOf(known);
  const { base } = ground;
  const course = ground.course();
  const own = orderOfPartial(incoming.partial, course?.timeZone);
  const unknown = base !== undefined && relationOf(own, base.order) === 'unknown';
  const layer = layerOf(
    incoming.partial,
    incoming.hash,
    unknown && terms.released ? { ...ground.newest, ...own } : own,
  );
  if (base === undefined || course === undefined) return pendingWithoutSnapshot(layer, ground);
  const relation = relationOf(own, base.order);
  if (relation === 'earlier') return decideLate(incoming, own, known);
  if (!terms.released) {
    const before = relation === 'later' ? undefined : await sameBefore(incoming, own, known);
    if (before !== undefined) return before;
    if (relation === 'same' && base.kind === 'snapshot') {
      return saysAllOf(course, incoming.partial) ? unchanged : conflict(own);
    }
    if (contradictsAnother(layer, ground)) return conflict(own);
  }
  if (saidByNewer(layer, ground)) return decideLate(incoming, layer.order, known);
  return lay(layer, { ...ground, course }, known, terms);
}

/** Nothing that is not known already, and nothing that orders it: it is not kept. */
const unchanged: Decision = { state: 'unchanged', issues: [], changes: [] };

function pendingWithoutSnapshot(layer: Layer, ground: Ground): Decision {
  if (contradictsAnother(layer, ground)) return conflict(layer.order);
  return pending(layer, [{ code: 'course-without-snapshot', at: root }], []);
}

const pending = ({ order }: Layer, issues: readonly Issue[], changes: readonly Change[]): Decision => ({
  state: 'pending',
  issues,
  keep: { state: 'pending', order },
  changes,
});

/** Whether another of the same order says otherwise. */
function contradictsAnother(layer: Layer, { layers, held: waiting }: Ground): boolean {
  const beside = (order: Layer['order']): boolean => relationOf(order, layer.order) === 'same';
  const partials = waiting.filter(({ kind, order }) => kind === 'partial' && beside(order));
  const others = [...layers.filter(({ order }) => beside(order)), ...partials.map((one) => keptLayer(one, undefined))];
  return others.some((other) => contradict(layer.statements(), other.statements()));
}

/** Whether newer ones in force leave nothing of it. */
function saidByNewer(layer: Layer, { layers }: Ground): boolean {
  const newer = layers.filter(
    ({ kept, order }) => kept?.state === 'in-force' && relationOf(order, layer.order) === 'later',
  );
  return isCovered(
    layer.statements(),
    newer.map((one) => one.statements()),
  );
}

interface Laying extends Omit<Ground, 'course'> {
  readonly course: TreatmentCourse;
}

async function lay(layer: Layer, laying: Laying, known: Known, terms: Terms): Promise<Decision> {
  const { course, layers } = laying;
  const ground: Ground = { ...laying, course: () => course };
  const back = await heldBack(layers, course, ground, known, terms);
  const others = layers.filter((one) => !back.includes(one));
  const folded = fold(course, inOrder([...others, layer]), terms.definitions);
  const misfit = folded.misfits.get(layer);
  if (misfit !== undefined) return unfit(layer, misfit);
  const against = contradicted(folded);
  if (against.length > 0) return refusal(against);
  const issues = issuesOfLayer(folded, layer);
  const holds = [
    ...unorderedIn(layer, others, laying, terms),
    ...(await holdsOf(await prospectOf(layer, folded, known), ground, known, terms)),
  ];
  if (holds.length > 0) return held(layer.order, [...holds, ...issues]);
  const decision = inForce(
    layer.order,
    effectiveOf(folded.course),
    known,
    [...allTo(back, 'held'), ...layerChanges(folded), ...covered(layer, others, folded)],
    [...issues, ...setAside(folded)],
  );
  return decision.state === 'unchanged' && isEmpty(layer.order) && decision.changes.length === 0 ? unchanged : decision;
}

/** A partial that does not fit: it may lack what another submission brings, or contradict what is known. */
function unfit(layer: Layer, { absent, issues }: Misfit): Decision {
  if (!absent) return refusal(issues);
  const lacking = new Set(issues.map(({ at }) => at));
  return pending(
    layer,
    [...lacking].map((at) => ({ code: 'part-not-known', at })),
    [],
  );
}

/** What says that nobody can tell whether the partial is newer than what it says otherwise. */
function unorderedIn(layer: Layer, others: readonly Layer[], { base, course }: Laying, terms: Terms): Issue[] {
  if (terms.released || base === undefined) return [];
  const isUnknown = (order: Layer['order']): boolean => relationOf(order, layer.order) === 'unknown';
  const inForceNow = others.filter(({ kept }) => kept?.state === 'in-force');
  const sayings = inForceNow.filter(({ order }) => isUnknown(order)).map((one) => one.statements());
  if (isUnknown(base.order)) {
    const { course: present } = fold(course, inOrder(inForceNow), terms.definitions);
    sayings.push(statementsOf(partialOf(present as unknown as JsonObject)));
  }
  const isOtherwise = sayings.some((said) => contradict(layer.statements(), said));
  return isOtherwise ? [{ code: 'order-unknown', at: root }] : [];
}

/**
 * What newer partials that are in force cannot bear. They were taken and may be delivered: a part is never taken back
 * because an older partial, which takes none back, contradicts it.
 */
const contradicted = ({ misfits }: Folded): readonly Issue[] =>
  [...misfits].flatMap(([{ kept }, { absent, faults }]) => (kept?.state === 'in-force' && !absent ? faults : []));

/** What it names, what goes with that, and all of the course where it says that it was entered in error. */
async function prospectOf(layer: Layer, folded: Folded, known: Known) {
  const named = new Set(layer.statements().retracted.keys());
  const inError = layer.partial.fields.get('status') === 'enteredInError';
  const follows = inError || setAside(folded).length > 0 ? await goneFromPresent(folded.course, known) : [];
  const others = [...follows].filter((key) => ![...named].some((above) => isWithin(key, above)));
  return { patient: patientOf(folded.course), gone: named.union(new Set(others)) };
}

/** Older partials of which nothing is left: they need not be laid again. */
function covered(layer: Layer, others: readonly Layer[], { laid }: Folded): Change[] {
  const inForceNow = [...others.filter((one) => laid.has(one)), layer];
  return others.flatMap((other) => {
    if (other.kept === undefined || !laid.has(other)) return [];
    const later = inForceNow.filter(({ order }) => relationOf(order, other.order) === 'later');
    if (
      !later.includes(layer) ||
      !isCovered(
        other.statements(),
        later.map((one) => one.statements()),
      )
    )
      return [];
    return [{ seq: other.kept.seq, state: 'superseded' as const }];
  });
}
