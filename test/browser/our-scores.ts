import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes';
import { readFileSync } from 'node:fs';
import type { AssessmentItem, TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import type { Instrument } from '../../src/definitions/instrument.ts';
import { scoreOf, weightsOf } from '../../src/definitions/scoring.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { jsonOf } from '../laws/courses.ts';
import { answersIn } from './entries.ts';

/** What a renderer computes and extracts, and what we do, in words that can be compared. */

/** The instruments that have a score to compute. */
export const scored = shippedDefinitions.instruments.filter(({ scores }) =>
  scores.some(({ items }) => items.length > 0),
);

/** The scores of answers as we compute them, by key. */
export function scoresOf(instrument: Instrument, answers: readonly AssessmentItem[]): Record<string, number> {
  const weights = weightsOf(instrument, answers);
  return Object.fromEntries(
    instrument.scores.flatMap((score) => {
      const value = scoreOf(score, weights);
      return value === undefined ? [] : [[score.key, value]];
    }),
  );
}

/** The scores that a saved response states, by key. */
export function scoresIn(instrument: Instrument, { item }: QuestionnaireResponse): Record<string, number | undefined> {
  const answers = answersIn(item);
  return Object.fromEntries(
    instrument.scores.flatMap(({ key, linkId }) => {
      const answer = answers.get(linkId);
      return answer === undefined ? [] : [[key, answer.valueDecimal]];
    }),
  );
}

const minimal = jsonOf(
  readFileSync(new URL('../golden/minimal.course.json', import.meta.url), 'utf8'),
) as unknown as TreatmentCourse;

/** The Observations of scores that we make of the same answers, those that say a value. */
export function observationsOf({ key }: Instrument, items: readonly AssessmentItem[]): readonly Observation[] {
  const course = { ...minimal, assessments: [{ id: '1', instrument: key, items: [...items] }] };
  return mapCourse(course, shippedDefinitions).resources.flatMap(({ resource }) =>
    resource.resourceType === 'Observation' && resource.valueQuantity !== undefined ? [resource] : [],
  );
}

/** What a score says, without the words for a unit. */
export function saidBy({ category, code, valueQuantity: { unit: _, ...value } = {} }: Observation) {
  const codings = (concept: Observation['code'] | undefined) =>
    concept?.coding?.map(({ system, code: coded }) => `${system}|${coded}`);
  return { category: category?.map(codings), code: codings(code), value };
}

export const byCode = (one: { code: string[] | undefined }, other: { code: string[] | undefined }): number =>
  String(one.code).localeCompare(String(other.code));
