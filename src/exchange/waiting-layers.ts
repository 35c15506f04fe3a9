import type { TreatmentCourse } from '../course/schema.ts';
import type { Known, Terms } from './decision.ts';
import type { Ground } from './ground.ts';
import { holdsOf, patientOf } from './holds.ts';
import type { Layer } from './layer.ts';

/**
 * Which of the layers that are still pending would be held if they came now: they take effect without a sender who
 * would be told, and never without the person whom they need.
 */
export async function heldBack(
  layers: readonly Layer[],
  base: TreatmentCourse,
  ground: Ground,
  known: Known,
  terms: Terms,
): Promise<readonly Layer[]> {
  const found: Layer[] = [];
  for (const layer of layers) {
    if (layer.kept?.state !== 'pending') continue;
    const stated = layer.partial.fields.get('patient') as unknown as TreatmentCourse['patient'] | undefined;
    const gone = new Set(layer.statements().retracted.keys());
    const prospect = { patient: patientOf({ patient: stated ?? base.patient }), gone };
    const asked = { ...terms, released: false };
    if ((await holdsOf(prospect, ground, known, asked)).length > 0 || movesFrom(base, stated)) found.push(layer);
  }
  return found;
}

const movesFrom = ({ patient }: TreatmentCourse, stated: TreatmentCourse['patient'] | undefined): boolean =>
  stated !== undefined && (stated.system !== patient.system || stated.id !== patient.id);
