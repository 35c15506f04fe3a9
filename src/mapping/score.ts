import { partIdentifier } from '../course/identity.ts';
import type { Assessment } from '../course/schema.ts';
import type { Instrument, Score } from '../definitions/instrument.ts';
import { bandOf, scoreOf, weightsOf } from '../definitions/scoring.ts';
import { numberValue, type JsonNumber } from '../json/json.ts';
import { dataAbsentReasonSystem } from './canonicals.ts';
import { ownCoding } from './codings.ts';
import { effective } from './effective.ts';
import type { Elements } from './elements.ts';
import { integer, numberIn, string } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { beginObservation, kindOf, observationKind, type ObservationKind } from './observation.ts';
import { component } from './places.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, referencesTo, type Scene } from './scene.ts';

/**
 * A score of an assessment as an Observation that is derived from the answers: its total, which carries the time of the
 * assessment too, and each subscore of its instrument. Where answers are missing its value is what the clinic stated.
 */

const row = rowsOf<Assessment>();

export const totalRows: readonly Row[] = [
  effective('at', undefined),
  row('statedTotal', component('stated-total'), numberIn('{score}')),
];

/** A subscore as the clinic stated it, and its place in the clinic's own order. */
interface Stated {
  readonly key: string;
  readonly value?: JsonNumber | undefined;
  readonly order?: number | undefined;
}
const stated = rowsOf<Stated>();

export const subscoreRows: readonly Row[] = [
  stated('key', component('subscore'), string),
  stated('value', component('stated-subscore'), numberIn('{score}')),
  stated('order', component('stated-order'), integer),
];

/** The total, then the subscores in the instrument's order. */
export function writeScores(
  scene: Scene,
  assessment: Assessment,
  instrument: Instrument,
  answers: MappedResource,
  at: string,
): MappedResource[] {
  const weights = weightsOf(instrument, assessment.items ?? []);
  const total = instrument.scores.find(({ key }) => key === 'total');
  const write = (score: Score | undefined, code: string, facet: string, rows: readonly Row[], say: StatedScore) => {
    const identifier = partIdentifier(scene.course, [['a', assessment.id]], facet);
    const resource = beginObservation(scene, identifier, assessment, kindOfScore(score, code));
    writeRows(rows, say.part, resource, scene);
    writeValue(resource, score, score && scoreOf(score, weights), say.value, scene);
    resource['derivedFrom'] = referencesTo([answers]);
    return mapped(resource, identifier, at);
  };
  const subscores = instrument.scores.filter((score) => score !== total);
  return [
    write(total, 'total', 'total', totalRows, { part: assessment, value: assessment.statedTotal }),
    ...subscores.map((score) => {
      const order = assessment.statedSubscores?.findIndex(({ key }) => key === score.key) ?? -1;
      const value = assessment.statedSubscores?.[order]?.value;
      const part: Stated & { at?: string | undefined } = {
        key: score.key,
        at: assessment.at,
        ...(value !== undefined && { value, order }),
      };
      return write(score, 'subscore', subscoreFacet(score.key), subscoreWritten, { part, value });
    }),
  ];
}

/** Of each score of an instrument there is one object, so that its kind is made once. */
const kinds = new WeakMap<Score, ObservationKind>();
const totalOfNone = observationKind('total', 'survey');

function kindOfScore(score: Score | undefined, code: string): ObservationKind {
  if (score === undefined) return totalOfNone;
  const kind = kinds.get(score) ?? kindOf({ coding: [...score.codings, ownCoding('observation', code)] }, 'survey');
  kinds.set(score, kind);
  return kind;
}

interface StatedScore {
  readonly part: object;
  readonly value: JsonNumber | undefined;
}

const subscoreWritten: readonly Row[] = [effective('at', undefined), ...subscoreRows];

/** The facet of a subscore's identifier: no key can make it that of another resource. */
export const subscoreFacet = (key: string): string => `score.${encodeURIComponent(key)}`;

function writeValue(
  resource: Elements,
  score: Score | undefined,
  computed: number | undefined,
  given: JsonNumber | undefined,
  scene: Scene,
): void {
  const value = computed ?? given;
  if (value === undefined) {
    resource['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: 'unknown' }] };
    return;
  }
  numberIn('{score}').put(resource, 'valueQuantity', value, scene);
  const basis = computed === undefined ? 'stated' : 'computed';
  component('basis').open(resource)['valueCodeableConcept'] = { coding: [ownCoding('score-basis', basis)] };
  const band = score === undefined ? undefined : bandOf(score, numberValue(value));
  if (band !== undefined) component('band').open(resource)['valueCodeableConcept'] = { coding: [band] };
}

export const readTotal = (resource: Elements): Elements => readRows(totalRows, resource);

export const readSubscore = (resource: Elements): Stated => readRows(subscoreRows, resource) as unknown as Stated;
