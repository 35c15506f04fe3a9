import { partIdentifier } from '../course/identity.ts';
import type { Assessment } from '../course/schema.ts';
import type { Instrument, Score } from '../definitions/instrument.ts';
import { bandOf, scoreOf, weightsOf } from '../definitions/scoring.ts';
import { ownCoding } from './codings.ts';
import { numberValue } from '../json/json.ts';
import { dataAbsentReasonSystem, observationCategorySystem, ownExtension } from './canonicals.ts';
import { effective } from './effective.ts';
import { elementIn, textIn, type Elements } from './elements.ts';
import { readItems, writeItems } from './items.ts';
import { integer, keywordCoding, numberIn, ref, string, time, uriText } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { component, element, extension } from './places.ts';
import { author, beginResponse } from './response.ts';
import { readRows, rowsOf, writeRows, type Row } from './rows.ts';
import { begin, correctedRows, mapped, observationStatus, partReference, references, type Scene } from './scene.ts';

/**
 * The answers to one instrument at one time, as a QuestionnaireResponse at item level, and its total as an Observation
 * that is derived from it and carries the time of the assessment.
 */

const row = rowsOf<Assessment>();

export const answerRows: readonly Row[] = [
  ...correctedRows,
  row('status', extension(ownExtension('stated-status')), keywordCoding('assessment-status')),
  row('instrumentVersion', extension(ownExtension('instrument-version')), string),
  row('timepoint.kind', extension(ownExtension('timepoint'), 'kind'), keywordCoding('timepoint')),
  row('timepoint.n', extension(ownExtension('timepoint'), 'n'), integer),
  row('rater', extension(ownExtension('rater')), keywordCoding('rater')),
  row('mode', extension(ownExtension('mode')), keywordCoding('assessment-mode')),
  row('language', extension(ownExtension('language')), string),
  row('answersChangedAt', element('authored'), time),
  row('assessor', author, ref),
];

export const totalRows: readonly Row[] = [
  effective('at', undefined),
  row('statedTotal', component('stated-total'), numberIn('{score}')),
];

const timepointSession = extension(ownExtension('timepoint'), 'session');
const statedInstrument = extension(ownExtension('stated-instrument'));

/** The answers, then the total. */
export function writeAssessment(
  scene: Scene,
  assessment: Assessment,
  instrument: Instrument,
  at: string,
): MappedResource[] {
  const answers = writeAnswers(scene, assessment, instrument, at);
  return [answers, writeTotal(scene, assessment, instrument, answers, at)];
}

function writeAnswers(scene: Scene, assessment: Assessment, instrument: Instrument, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['a', assessment.id]], 'answers');
  const resource = beginResponse(scene, identifier, assessment, instrument, assessment.status);
  // The same instrument can be said by its key or by its canonical: what was said comes back.
  if (assessment.instrument !== instrument.key) {
    uriText.put(statedInstrument.open(resource), 'valueUri', assessment.instrument, scene);
  }
  writeRows(answerRows.slice(correctedRows.length), assessment, resource, scene);
  const { sessionId } = assessment.timepoint ?? {};
  if (sessionId !== undefined) {
    timepointSession.open(resource)['valueReference'] = {
      reference: partReference(scene, 'Observation', [['s', sessionId]], 'record'),
    };
  }
  const items = writeItems(assessment.items ?? [], instrument, scene);
  for (const score of instrument.scores) {
    const value = computedScore(assessment, instrument, score);
    if (value !== undefined) items.push({ linkId: score.linkId, answer: [{ valueDecimal: value }] });
  }
  if (items.length > 0) resource['item'] = items;
  return mapped(resource, identifier, at);
}

const computedScore = ({ items }: Assessment, instrument: Instrument, score: Score): number | undefined =>
  scoreOf(score, weightsOf(instrument, items ?? []));

function writeTotal(
  scene: Scene,
  assessment: Assessment,
  instrument: Instrument,
  answers: MappedResource,
  at: string,
): MappedResource {
  const score = instrument.scores.find(({ key }) => key === 'total');
  const identifier = partIdentifier(scene.course, [['a', assessment.id]], 'total');
  const resource = begin(scene, 'Observation', identifier, assessment);
  resource['status'] = observationStatus(scene, assessment);
  resource['category'] = [{ coding: [{ system: observationCategorySystem, code: 'survey' }] }];
  resource['code'] = { coding: [...(score?.codings ?? []), ownCoding('observation', 'total')] };
  writeRows(totalRows, assessment, resource, scene);
  const computed = score === undefined ? undefined : computedScore(assessment, instrument, score);
  const value = computed ?? assessment.statedTotal;
  if (value === undefined) {
    resource['dataAbsentReason'] = { coding: [{ system: dataAbsentReasonSystem, code: 'unknown' }] };
  } else {
    numberIn('{score}').put(resource, 'valueQuantity', value, scene);
    const basis = computed === undefined ? 'stated' : 'computed';
    component('basis').open(resource)['valueCodeableConcept'] = { coding: [ownCoding('score-basis', basis)] };
    const band = score === undefined ? undefined : bandOf(score, numberValue(value));
    if (band !== undefined) component('band').open(resource)['valueCodeableConcept'] = { coding: [band] };
  }
  resource['derivedFrom'] = references([`urn:uuid:${answers.uuid}`]);
  return mapped(resource, identifier, at);
}

/** What the answers say, and the reference to the session of their time point. */
export function readAnswers(
  resource: Elements,
  instrument: Instrument,
): { readonly part: Elements; readonly session: string | undefined } {
  const part = readRows(answerRows, resource);
  const stated = statedInstrument.find(resource);
  part['instrument'] = (stated === undefined ? undefined : uriText.take(stated, 'valueUri')) ?? instrument.key;
  const items = readItems(resource, instrument);
  if (items.length > 0) part['items'] = items;
  const link = timepointSession.find(resource);
  return { part, session: textIn(elementIn(link, 'valueReference'), 'reference') };
}

export const readTotal = (resource: Elements): Elements => readRows(totalRows, resource);
