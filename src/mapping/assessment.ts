import { partIdentifier } from '../course/identity.ts';
import type { Assessment } from '../course/schema.ts';
import type { Instrument } from '../definitions/instrument.ts';
import { scoreOf, weightsOf } from '../definitions/scoring.ts';
import { ownExtension } from './canonicals.ts';
import type { Elements } from './elements.ts';
import { readItems, writeItems } from './items.ts';
import { keywordCoding, ref, string, time, uriText } from './leaves.ts';
import type { MappedResource } from './mapped.ts';
import { element, extension } from './places.ts';
import { author, beginResponse } from './response.ts';
import { rowsOf, writeRows, type Row } from './rows.ts';
import { mapped, readPart, type Scene } from './scene.ts';
import { writeScores } from './score.ts';
import { timepointRows, writeTimepointSession } from './timepoint.ts';

/**
 * The answers to one instrument at one time, as a QuestionnaireResponse at item level; its scores are
 * Observations derived from it (score.ts).
 */

const row = rowsOf<Assessment>();

export const answerRows: readonly Row[] = [
  row('status', extension(ownExtension('stated-status')), keywordCoding('assessment-status')),
  row('instrumentVersion', extension(ownExtension('instrument-version')), string),
  ...timepointRows,
  row('rater', extension(ownExtension('rater')), keywordCoding('rater')),
  row('mode', extension(ownExtension('mode')), keywordCoding('assessment-mode')),
  row('language', extension(ownExtension('language')), string),
  row('answersChangedAt', element('authored'), time),
  row('assessor', author, ref),
];

const statedInstrument = extension(ownExtension('stated-instrument'));

/** The answers, then the total and the subscores. Nothing where nobody published the instrument. */
export function writeAssessment(scene: Scene, assessment: Assessment, at: string): MappedResource[] {
  const instrument = scene.definitions.instrument(assessment.instrument);
  if (instrument === undefined) return [];
  const answers = writeAnswers(scene, assessment, instrument, at);
  return [answers, ...writeScores(scene, assessment, instrument, answers, at)];
}

function writeAnswers(scene: Scene, assessment: Assessment, instrument: Instrument, at: string): MappedResource {
  const identifier = partIdentifier(scene.course, [['a', assessment.id]], 'answers');
  const resource = beginResponse(scene, identifier, assessment, instrument, assessment.status);
  // The same instrument can be said by its key or by its canonical: what was said comes back.
  if (assessment.instrument !== instrument.key) {
    uriText.put(statedInstrument.open(resource), 'valueUri', assessment.instrument, scene);
  }
  writeRows(answerRows, assessment, resource, scene);
  writeTimepointSession(scene, resource, assessment.timepoint);
  const items = writeItems(assessment.items ?? [], instrument, scene);
  const weights = weightsOf(instrument, assessment.items ?? []);
  for (const score of instrument.scores) {
    const value = scoreOf(score, weights);
    if (value !== undefined) items.push({ linkId: score.linkId, answer: [{ valueDecimal: value }] });
  }
  if (items.length > 0) resource['item'] = items;
  return mapped(resource, identifier, at);
}

/** What the answers say. The session of their time point is a reference, which is followed elsewhere. */
export function readAnswers(resource: Elements, instrument: Instrument): Elements {
  const part = readPart(answerRows, resource);
  const stated = statedInstrument.find(resource);
  part['instrument'] = (stated === undefined ? undefined : uriText.take(stated, 'valueUri')) ?? instrument.key;
  const items = readItems(resource, instrument);
  if (items.length > 0) part['items'] = items;
  return part;
}
