import type { Evaluation } from '../definitions/evaluation.ts';
import type { JsonNumber } from '../json/json.ts';
import { dataAbsentReasonSystem, ownExtension } from './canonicals.ts';
import { elementsIn, textIn, type Elements } from './elements.ts';
import { numberIn } from './leaves.ts';
import { component } from './places.ts';
import { partReference, type Scene } from './scene.ts';

/**
 * What compares two assessments: the totals that it is derived from, each with its role, and as components what they
 * give. The order of derivedFrom says nothing.
 */

export const roleUrl = ownExtension('evaluation-role');

/** What a comparison is derived from: `baseline` and `current` are ids of assessments. */
export interface Basis {
  readonly baseline: string | undefined;
  readonly current: string | undefined;
}

export function writeBasis(scene: Scene, resource: Elements, { baseline, current }: Basis): void {
  const derived = [
    ...(baseline === undefined ? [] : [basis(scene, 'baseline', baseline)]),
    ...(current === undefined ? [] : [basis(scene, 'current', current)]),
  ];
  if (derived.length > 0) resource['derivedFrom'] = derived;
}

const basis = (scene: Scene, role: keyof Basis, id: string): Elements => ({
  extension: [{ url: roleUrl, valueCode: role }],
  reference: partReference(scene, 'Observation', [['a', id]], 'total'),
});

/** The references to the totals, by role. */
export function readBasis(resource: Elements): Basis {
  const of = (role: keyof Basis): string | undefined =>
    textIn(
      elementsIn(resource, 'derivedFrom').find((one) =>
        elementsIn(one, 'extension').some(({ url, valueCode }) => url === roleUrl && valueCode === role),
      ),
      'reference',
    );
  return { baseline: of('baseline'), current: of('current') };
}

/** The totals and how far they are apart; what is not known says so. */
export function writeReduction(resource: Elements, evaluation: Evaluation): void {
  const { baseline, current, reduction, criterion } = evaluation;
  writeNumber(resource, 'baseline', baseline, '{score}', 'unknown');
  writeNumber(resource, 'current', current, '{score}', 'unknown');
  writeNumber(resource, 'reduction', reduction?.absolute, '{score}', 'unknown');
  // A share of nothing is no number: at a baseline of 0 the percentage does not apply.
  const why = reduction === undefined ? 'unknown' : 'not-applicable';
  writeNumber(resource, 'reduction-percent', reduction?.percent, '%', why);
  if (criterion !== undefined) writeNumber(resource, 'criterion-percent', criterion, '%', why);
}

function writeNumber(
  resource: Elements,
  code: string,
  value: JsonNumber | undefined,
  unit: string,
  why: 'unknown' | 'not-applicable',
): void {
  const into = component(code).open(resource);
  if (value !== undefined) numberIn(unit).put(into, 'valueQuantity', value, { zone: undefined });
  else into['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: why }] };
}
