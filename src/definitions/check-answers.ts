import { entry, field } from '../course/path.ts';
import type { Draft } from '../course/rules.ts';
import { isJsonNumber, numberValue } from '../json/json.ts';
import type { IssueCode } from '../outcome/catalogue.ts';
import type { Issue } from '../outcome/issue.ts';
import { checkAnswer, type Answer } from './check-answer.ts';
import type { Definitions } from './definitions.ts';
import type { Instrument } from './instrument.ts';
import { rangeOf } from './score-range.ts';
import { scoreOf } from './scoring.ts';

/** An assessment of which any field may be absent. */
export type DraftAssessment = NonNullable<NonNullable<Draft['assessments']>[number]>;

type Report = (code: IssueCode, at: string) => void;

/**
 * What is wrong with the answers of an assessment: each fault at its path below `at`, the assessment's own place.
 * A fault of shape (an answer in no field or in two) is reported by `course/read-course` and passed over here.
 */
export function checkAnswers(assessment: DraftAssessment, at: string, definitions: Definitions): Issue[] {
  const { instrument: named } = assessment;
  if (named === undefined) return [];
  const issues: Issue[] = [];
  const report: Report = (code, place) => void issues.push({ code, at: place });
  const instrument = definitions.instrument(named);
  if (instrument === undefined) return [{ code: 'unknown-instrument', at: field(at, 'instrument') }];
  const weights = checkItems(assessment, at, instrument, report);
  checkTotals(assessment, at, instrument, weights, report);
  return issues;
}

/** Checks each answer, and gives what the good ones count, by linkId. */
function checkItems(
  { items }: DraftAssessment,
  at: string,
  instrument: Instrument,
  report: Report,
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const seen = new Set<string>();
  const safety = new Map(instrument.safety.map(({ linkId, from }) => [linkId, from]));
  items?.forEach((given, index) => {
    const linkId = given?.linkId;
    if (given === undefined || linkId === undefined) return;
    const place = entry(field(at, 'items'), index);
    const item = instrument.items.get(linkId);
    if (item === undefined) return report('unknown-item', field(place, 'linkId'));
    if (seen.has(linkId)) return report('item-twice', field(place, 'linkId'));
    seen.add(linkId);
    const answer = onlyAnswer(given);
    if (answer === undefined) return;
    const { fault, weight } = checkAnswer(item, answer);
    if (fault !== undefined) return report(fault, field(place, answer.field));
    if (weight === undefined) return;
    weights.set(linkId, weight);
    const from = safety.get(linkId);
    if (from !== undefined && weight >= from) report('safety-item', field(place, answer.field));
  });
  return weights;
}

type DraftItem = NonNullable<NonNullable<DraftAssessment['items']>[number]>;

function onlyAnswer({ value, code, text, time, yes }: DraftItem): Answer | undefined {
  const answers: Answer[] = [];
  if (value !== undefined && isJsonNumber(value)) answers.push({ field: 'value', value });
  if (code?.system !== undefined && code.code !== undefined) {
    answers.push({ field: 'code', code: { system: code.system, code: code.code } });
  }
  if (text !== undefined) answers.push({ field: 'text' });
  if (time !== undefined) answers.push({ field: 'time', time });
  if (yes !== undefined) answers.push({ field: 'yes' });
  return answers.length === 1 ? answers[0] : undefined;
}

/** What the clinic stated against what its answers give, by value: 14 is 14.0. */
function checkTotals(
  { statedTotal, statedSubscores }: DraftAssessment,
  at: string,
  instrument: Instrument,
  weights: ReadonlyMap<string, number>,
  report: Report,
): void {
  const compare = (key: string, stated: unknown, place: string): void => {
    const score = instrument.scores.find((one) => one.key === key);
    const computed = score === undefined ? undefined : scoreOf(score, weights);
    if (score === undefined || !isJsonNumber(stated)) return;
    const value = numberValue(stated);
    const range = rangeOf(score, instrument);
    if (range !== undefined && (value < range.min || value > range.max)) report('stated-total-impossible', place);
    else if (computed !== undefined && !sameValue(value, computed)) report('stated-total-differs', place);
  };
  compare('total', statedTotal, field(at, 'statedTotal'));
  const seen = new Set<string>();
  statedSubscores?.forEach((stated, index) => {
    if (stated?.key === undefined) return;
    const { key, value } = stated;
    const place = entry(field(at, 'statedSubscores'), index);
    const known = key !== 'total' && instrument.scores.some((one) => one.key === key);
    if (!known) return report('unknown-item', field(place, 'key'));
    if (seen.has(key)) return report('item-twice', field(place, 'key'));
    seen.add(key);
    compare(key, value, field(place, 'value'));
  });
}

// Sums of tenths are not exact in binary; no instrument has weights this close together.
const sameValue = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;
