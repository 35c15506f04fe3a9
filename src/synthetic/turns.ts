import { keywords, type Keyword } from '../course/keywords.ts';

/** Why a dose or a session was stopped or not done, as a keyword. */
export type ReasonKey = Keyword<'adverse-effect'> | Keyword<'end-reason'>;

/** Parts that many courses have none of: left to chance, none of a few hundred courses might have corrected one. */
const rareParts = [
  'course',
  'concomitantMedications',
  'eligibility',
  'phaseTransitions',
  'sideEffects',
  'dissociation',
  'sedation',
  'psychotherapySessions',
  'suicideRisk',
  'interviews',
  'outcomes',
  'adverseEvents',
  'followUps',
] as const;

/** A kind of part that takes turns. */
export type RarePart = (typeof rareParts)[number];

/**
 * What a course brings because its turn has come. Chance would leave one or another keyword of the long lists out of a
 * few hundred courses; so the n-th course that brings any of a list brings the n-th.
 */
export interface Turns {
  readonly reason: ReasonKey | undefined;
  readonly sideEffect: Keyword<'adverse-effect'> | undefined;
  readonly adverseEvent: Keyword<'adverse-effect'> | undefined;
  readonly instrument: Keyword<'instrument'> | undefined;
  /** Whether the course has a part of this kind, and most likely a corrected one. */
  has(part: RarePart): boolean;
}

/** The turns of the course of this number. Programmes begin their lists at places of their own, `first`. */
export function turnsOf(index: number, first: number): Turns {
  // Every `every`-th course from the `from`-th on brings one of the list.
  const turn = <T>(every: number, from: number, list: readonly T[]): T | undefined =>
    index % every === from ? list[(first + Math.floor(index / every)) % list.length] : undefined;
  const part = rareParts[(first + index) % rareParts.length];
  return {
    reason: turn(2, 1, reasonKeys),
    sideEffect: turn(3, 1, keywords['adverse-effect']),
    adverseEvent: turn(4, 2, keywords['adverse-effect']),
    instrument: turn(3, 0, keywords.instrument),
    has: (kind) => kind === part,
  };
}

const reasonKeys: readonly ReasonKey[] = [...keywords['adverse-effect'], ...keywords['end-reason']];

/** Whether a course ended for this reason, or a session alone. */
export const endsCourse = (reason: ReasonKey | undefined): reason is Keyword<'end-reason'> =>
  keywords['end-reason'].some((key) => key === reason);
