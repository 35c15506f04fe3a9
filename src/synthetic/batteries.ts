import type { Keyword } from '../course/keywords.ts';
import type { ProgrammeKey } from './programmes.ts';

/** When something is asked; `n` counts sessions, days, weeks or months. Without `n` it is asked after every session. */
export interface Moment {
  readonly kind: Keyword<'timepoint'>;
  readonly n?: number;
}

/** An instrument and the moments at which a programme asks it. */
export interface Asked {
  readonly instrument: Keyword<'instrument'>;
  readonly at: readonly Moment[];
  /** How often a clinic of the programme does ask it. */
  readonly often: number;
}

const baseline: Moment = { kind: 'baseline' };
const eachSession: Moment = { kind: 'afterSession' };
const endOfTreatment: Moment = { kind: 'endOfTreatment' };
const followUp: Moment = { kind: 'followUp' };
const afterSession = (n: number): Moment => ({ kind: 'afterSession', n });
const day = (n: number): Moment => ({ kind: 'day', n });
const week = (n: number): Moment => ({ kind: 'week', n });
const month = (n: number): Moment => ({ kind: 'month', n });

/**
 * What the programmes ask and when; the one that decides on response comes first. Norway, Portugal and Guangzhou: as
 * their sources say, with the follow-ups that clinics add. The sources of the other two name no instrument: what is
 * here is a clinic's own choice.
 */
export const batteries: Readonly<Record<ProgrammeKey, readonly [Asked, ...Asked[]]>> = {
  norway: [
    { instrument: 'madrs', at: [baseline, afterSession(6), endOfTreatment], often: 1 },
    { instrument: 'phq9', at: [baseline, afterSession(6), month(3), followUp], often: 0.9 },
    { instrument: 'gad7', at: [baseline, afterSession(6)], often: 0.9 },
    { instrument: 'kset-screening', at: [baseline], often: 0.5 },
    { instrument: 'kset-baseline', at: [baseline], often: 0.5 },
    { instrument: 'kset-acute', at: [eachSession], often: 0.4 },
    { instrument: 'kset-followup', at: [afterSession(6), followUp], often: 0.6 },
  ],
  portugal: [
    { instrument: 'phq9', at: [baseline, week(8), month(3)], often: 1 },
    { instrument: 'gad7', at: [baseline, week(8)], often: 0.1 },
  ],
  guangzhou: [
    { instrument: 'madrs', at: [baseline, eachSession, day(26)], often: 1 },
    { instrument: 'sfmpq', at: [baseline], often: 0.9 },
  ],
  kaiser: [
    { instrument: 'phq9', at: [baseline, eachSession, endOfTreatment], often: 0.9 },
    { instrument: 'gad7', at: [baseline, week(4), endOfTreatment], often: 0.5 },
    { instrument: 'cadss', at: [eachSession], often: 0.3 },
  ],
  'los-angeles': [
    { instrument: 'phq9', at: [baseline, week(2), month(1), endOfTreatment, followUp], often: 0.9 },
    { instrument: 'gad7', at: [baseline, month(1), endOfTreatment], often: 0.5 },
  ],
};

/**
 * How bad the answers to an instrument are beside how ill somebody is: what asks for effects of the treatment, or for
 * what forbids it, is mostly answered with no.
 */
export const burdens: Readonly<Record<Keyword<'instrument'>, number>> = {
  phq9: 1,
  gad7: 0.9,
  madrs: 0.9,
  sfmpq: 0.6,
  'kset-screening': 0.05,
  'kset-baseline': 0.2,
  'kset-acute': 0.35,
  'kset-followup': 0.15,
  cadss: 0.6,
};

/** When the programmes ask in an interview how the patient is, and how often they do. */
export const interviewMoments: Readonly<
  Record<ProgrammeKey, { readonly often: number; readonly at: readonly Moment[] }>
> = {
  norway: { often: 0.4, at: [afterSession(6), endOfTreatment, followUp] },
  portugal: { often: 0.8, at: [baseline, week(8), followUp] },
  guangzhou: { often: 0.3, at: [day(26)] },
  kaiser: { often: 0.3, at: [eachSession, month(2)] },
  'los-angeles': { often: 0.3, at: [eachSession, month(1), endOfTreatment] },
};
