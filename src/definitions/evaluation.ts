import { entry, field, root } from '../course/path.ts';
import type { Assessment, TreatmentCourse } from '../course/schema.ts';
import { numberValue, type JsonNumber } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { reductionOf, type Reduction } from './criterion.ts';
import type { Definitions } from './definitions.ts';
import type { Instrument } from './instrument.ts';
import { criterionOf } from './programme.ts';
import { scoreOf, weightsOf } from './scoring.ts';

/** What two assessments of one instrument say together: how far its total fell, and whether that is a response. */

/** The total of an assessment: the sum of its answers where all are there, else what the clinic stated. */
export function totalOf(assessment: Assessment, instrument: Instrument): JsonNumber | undefined {
  const score = instrument.scores.find(({ key }) => key === 'total');
  const computed = score && scoreOf(score, weightsOf(instrument, assessment.items ?? []));
  return computed ?? assessment.statedTotal;
}

/** A part that compares two assessments. */
export interface Comparison {
  /** Where the part names one; else the instrument of its baseline. */
  readonly instrument?: string;
  readonly baselineAssessmentId?: string | undefined;
  readonly currentAssessmentId?: string | undefined;
}

/** Each undefined where it is not known. */
export interface Evaluation {
  readonly baseline: JsonNumber | undefined;
  readonly current: JsonNumber | undefined;
  readonly reduction: Reduction | undefined;
  /** The programme's criterion: the least reduction in per cent that is a response. */
  readonly criterion: number | undefined;
  readonly category: 'response' | 'nonResponse' | undefined;
}

/** Evaluates two assessments of a course. Totals of two instruments are not compared. */
export function evaluate(part: Comparison, course: TreatmentCourse, definitions: Definitions): Evaluation {
  const [baseline, current] = assessmentsOf(part, course);
  const instrument = definitions.instrument(part.instrument ?? baseline?.instrument ?? '');
  const total = (one: Assessment | undefined): JsonNumber | undefined =>
    one === undefined || instrument === undefined || definitions.instrument(one.instrument) !== instrument
      ? undefined
      : totalOf(one, instrument);
  const [from, to] = [total(baseline), total(current)];
  const programme = definitions.programme(course.programme?.key ?? '');
  const criterion = instrument && criterionOf(programme, instrument.url);
  const reduction = from === undefined || to === undefined ? undefined : reductionOf(from, to, criterion);
  const { meets } = reduction ?? {};
  return {
    baseline: from,
    current: to,
    reduction,
    criterion,
    category: meets === undefined ? undefined : meets ? 'response' : 'nonResponse',
  };
}

const assessmentsOf = (part: Comparison, { assessments }: TreatmentCourse) =>
  [part.baselineAssessmentId, part.currentAssessmentId].map((id) =>
    id === undefined ? undefined : assessments?.find((one) => one.id === id),
  ) as [Assessment | undefined, Assessment | undefined];

// A clinic that rounds to whole per cent is half of one away at most.
const percentTolerance = 0.5;

/** What the clinic stated of its evaluations against what their assessments give. */
export function checkEvaluations(course: TreatmentCourse, definitions: Definitions): Issue[] {
  const issues: Issue[] = [];
  const check = (
    part: Comparison & { statedReductionPercent?: JsonNumber | undefined; statedCategory?: string | undefined },
    at: string,
  ): void => {
    checkInstruments(part, course, definitions, at, issues);
    const { reduction, category } = evaluate(part, course, definitions);
    const { statedReductionPercent: stated, statedCategory } = part;
    const percent = reduction?.percent;
    if (stated !== undefined && percent !== undefined) {
      const apart = Math.abs(numberValue(stated) - numberValue(percent));
      // One hundredth more, since the percentage is rounded to that.
      if (apart > percentTolerance + 0.01) {
        issues.push({ code: 'stated-reduction-differs', at: field(at, 'statedReductionPercent') });
      }
    }
    if (category !== undefined && contradicts(statedCategory, category)) {
      issues.push({ code: 'stated-category-differs', at: field(at, 'statedCategory') });
    }
  };
  course.outcomes?.forEach((one, index) => check(one, entry(field(root, 'outcomes'), index)));
  course.phaseTransitions?.forEach((one, index) => check(one, entry(field(root, 'phaseTransitions'), index)));
  return issues;
}

// Who is in remission has responded; any other category beside the criterion's own is another judgement.
const contradicts = (stated: string | undefined, category: 'response' | 'nonResponse'): boolean =>
  stated !== undefined && stated !== category && !(stated === 'remission' && category === 'response');

function checkInstruments(
  part: Comparison,
  course: TreatmentCourse,
  definitions: Definitions,
  at: string,
  issues: Issue[],
): void {
  const [baseline, current] = assessmentsOf(part, course);
  const instrument = definitions.instrument(part.instrument ?? baseline?.instrument ?? '');
  if (part.instrument !== undefined && instrument === undefined) {
    issues.push({ code: 'unknown-instrument', at: field(at, 'instrument') });
    return;
  }
  const differs = (one: Assessment | undefined): boolean =>
    one !== undefined && definitions.instrument(one.instrument) !== instrument;
  if (differs(baseline)) issues.push({ code: 'other-instrument', at: field(at, 'baselineAssessmentId') });
  if (differs(current)) issues.push({ code: 'other-instrument', at: field(at, 'currentAssessmentId') });
}
