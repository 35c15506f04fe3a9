import type { Keyword } from '../course/keywords.ts';

/** How a session can depart from its programme: the codes of our CodeSystem `deviation`. */
export const deviations = [
  'early',
  'late',
  'beyondPlan',
  'otherSubstance',
  'otherRoute',
  'otherDose',
  'otherDuration',
] as const;
export type Deviation = (typeof deviations)[number];

/** Where a treatment stands in its programme. */
export interface SessionLabel {
  /** Counted through the course, from 1. */
  readonly ordinal: number;
  /** Absent where the programme has no phases, plans no further treatment, or the day that decides is not known. */
  readonly phase?: Keyword<'phase'>;
  /** Counted through the phase, from 1. */
  readonly phaseOrdinal?: number;
  /** In the order of the list. */
  readonly deviations: readonly Deviation[];
}

/** The moment of the programme that an assessment was made for. */
export interface AssessmentLabel {
  readonly kind: Keyword<'timepoint'>;
  readonly n?: number;
}

/** What a programme says of the parts of a course, by the parts' ids. */
export interface Labels {
  readonly sessions: ReadonlyMap<string, SessionLabel>;
  readonly assessments: ReadonlyMap<string, AssessmentLabel>;
}
