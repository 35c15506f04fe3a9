import { isJsonNumber, isJsonObject, numberValue, type Json } from '../json/json.ts';
import { firstApproach, strategies, writeModes, type Approach, type Limits } from './approach.ts';
import { coverageIn, fullCoverage, type Coverage } from './coverage.ts';

/** What was learnt of a target from its answers: plain JSON, kept between deliveries and shared by them. */
export interface TargetKnowledge extends Omit<Approach, 'limits'> {
  /** Absent where none is known. */
  readonly limits: Partial<Limits>;
  /** In how many deliveries in a row another way got through where the settled one did not. */
  readonly doubts: Readonly<Partial<Record<Way, number>>>;
  /** When another way than the first was settled on, or last tried in vain. */
  readonly settledAt?: number;
  readonly coverage: Coverage;
}

/** What a way of writing consists of, its limits aside. */
export type Way = (typeof ways)[number];
export const ways = ['strategy', 'mode', 'patientFirst'] as const;

export const firstKnowledge: TargetKnowledge = {
  strategy: firstApproach.strategy,
  mode: firstApproach.mode,
  patientFirst: firstApproach.patientFirst,
  limits: {},
  doubts: {},
  coverage: fullCoverage,
};

/** Reads kept knowledge; what is not understood is learnt again. */
export function knowledgeFrom(json: Json | undefined): TargetKnowledge {
  if (!isJsonObject(json)) return firstKnowledge;
  const { strategy, mode, patientFirst, limits, doubts, settledAt, coverage } = json;
  return {
    strategy: strategies.find((one) => one === strategy) ?? firstKnowledge.strategy,
    mode: writeModes.find((one) => one === mode) ?? firstKnowledge.mode,
    patientFirst: patientFirst === true,
    limits: numbersIn(limits, ['entries', 'puts', 'bytes']),
    doubts: numbersIn(doubts, ways),
    ...(isJsonNumber(settledAt) && { settledAt: numberValue(settledAt) }),
    coverage: coverageIn(coverage),
  };
}

function numbersIn<N extends string>(json: Json | undefined, names: readonly N[]): Partial<Record<N, number>> {
  const numbers: Partial<Record<N, number>> = {};
  if (!isJsonObject(json)) return numbers;
  for (const name of names) {
    const value = json[name];
    if (isJsonNumber(value) && numberValue(value) >= 1) numbers[name] = numberValue(value);
  }
  return numbers;
}
