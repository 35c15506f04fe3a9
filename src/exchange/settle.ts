import { hash } from 'node:crypto';
import type { TreatmentCourse } from '../course/schema.ts';
import { root } from '../course/path.ts';
import { writeJson } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Change, Decision, Effective, Known } from './decision.ts';
import type { Folded } from './fold.ts';
import { patientOf } from './holds.ts';
import type { Layer } from './layer.ts';
import { isEmpty } from './order.ts';
import type { Order } from './store.ts';

/** The sha256 of a text, in hex. */
export const hashOf = (text: string): string => hash('sha256', text);

export const effectiveOf = (course: TreatmentCourse): Effective => {
  const text = writeJson(course);
  return { text, hash: hashOf(text), patient: patientOf(course) };
};

/** A submission that is in force from now on: a new version, unless the course is what it was. */
export function inForce(
  order: Order,
  effective: Effective,
  { record }: Known,
  changes: readonly Change[],
  issues: readonly Issue[],
): Decision {
  const unchanged = record?.version?.hash === effective.hash;
  return {
    state: unchanged ? 'unchanged' : 'accepted',
    issues,
    keep: { state: 'in-force', order },
    changes,
    ...(!unchanged && { version: effective }),
  };
}

/** It waits for a person, and nothing else changes. */
export const held = (order: Order, issues: readonly Issue[]): Decision => ({
  state: 'held',
  issues,
  keep: { state: 'held', order },
  changes: [],
});

/** What becomes of the kept layers that were to be laid. */
export function layerChanges({ laid, misfits }: Folded): Change[] {
  const now = [
    ...[...laid.keys()].map((layer) => [layer, 'in-force'] as const),
    ...[...misfits.keys()].map((layer) => [layer, 'pending'] as const),
  ];
  return now.flatMap(([{ kept, order }, state]) => {
    if (kept === undefined || kept.state === state) return [];
    return [{ seq: kept.seq, state, ...(isEmpty(kept.order) && !isEmpty(order) && { order }) }];
  });
}

/** That partials which were in force are set aside. */
export const setAside = ({ misfits }: Folded): Issue[] =>
  [...misfits.keys()].flatMap(({ kept }): Issue[] =>
    kept?.state === 'in-force' ? [{ code: 'partial-waits', at: root }] : [],
  );

/** Kept layers in another state. */
export const allTo = (layers: readonly Layer[], state: Change['state']): Change[] =>
  layers.flatMap(({ kept }) => (kept === undefined ? [] : [{ seq: kept.seq, state }]));

/** Everything that the present state rests on, once something takes its place. */
export const allOtherInForce = ({ kept }: Known): Change[] =>
  kept.flatMap(({ seq, state }) => (state === 'in-force' ? [{ seq, state: 'superseded' as const }] : []));
