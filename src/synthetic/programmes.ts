import type { Keyword } from '../course/keywords.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** The programmes whose courses are made: those of the domain model. */
export type ProgrammeKey = Keyword<'programme'>;

/** A small course has at most 45 FHIR resources, a full one about 300. */
export type Size = 'small' | 'full';

/** A phase of the plan: how many sessions, and the days from each session to the next. */
export interface Stage {
  readonly phase: Keyword<'phase'>;
  readonly sessions: number;
  /** The gaps between sessions, over and over; the first gap is that to the stage before. */
  readonly gaps: readonly [number, ...number[]];
}

/** How a programme's courses look: where, when, by which routes, what is watched. */
export interface Programme {
  readonly prefix: string;
  readonly zone: string;
  readonly places: readonly [Place, ...Place[]];
  readonly staff: readonly [string, ...string[]];
  readonly languages: readonly [string, ...string[]];
  readonly routes: readonly (readonly [weight: number, route: Keyword<'route'>])[];
  /** The minutes that an infusion runs. */
  readonly infusionMinutes: readonly [number, ...number[]];
  /** Where the programme's source states a dose per weight. Only one does; the others' clinics state amounts. */
  readonly perWeight?: number;
  /** Doses climb from session to session until they are right. */
  readonly titrated: boolean;
  /** How often each vital sign is part of a reading. */
  readonly watched: Readonly<Record<'bloodPressure' | 'heartRate' | 'respiratoryRate' | 'saturation', number>>;
  /** What its source, or else the clinics, name as side effects. */
  readonly sideEffects: readonly [Keyword<'adverse-effect'>, ...Keyword<'adverse-effect'>[]];
  /** How often dissociation is scored in a session. */
  readonly dissociationScored: number;
  /** What keeps a patient from being treated: what its source names, or else what clinics ask anyway. */
  readonly exclusions: readonly Keyword<'contraindication'>[];
  /** How often psychotherapy is planned, and how often the course is one of a ward. */
  readonly psychotherapy: number;
  readonly inpatients: number;
  readonly imperial: boolean;
  stages(size: Size, random: Random): readonly Stage[];
}

const everything = { bloodPressure: 0.95, heartRate: 0.9, respiratoryRate: 0.6, saturation: 0.7 };

export const programmes: Readonly<Record<ProgrammeKey, Programme>> = {
  // Two infusions a week for three weeks, an evaluation, then up to six monthly ones; each over 40 minutes.
  norway: {
    prefix: 'NO',
    zone: 'Europe/Oslo',
    places: [
      { host: 'fjord', name: 'Synthetic Fjord Hospital' },
      { host: 'skog', name: 'Synthetic Skogen DPS' },
    ],
    staff: ['Kari Prøve', 'Ola Eksempel', 'Åse Tøstad (syntetisk)'],
    languages: ['nb-NO', 'nn', 'en'],
    routes: [
      [9, 'IV'],
      [1, 'IM'],
    ],
    infusionMinutes: [40],
    titrated: true,
    watched: { ...everything, respiratoryRate: 0.9, saturation: 0.4 },
    sideEffects: [
      'anxiety',
      'confusion',
      'nausea',
      'heartRateIncrease',
      'bloodPressureIncrease',
      'dizziness',
      'visualDisturbance',
    ],
    dissociationScored: 0.05,
    exclusions: [
      'impairedCapacityToConsent',
      'psychosis',
      'dissociativeDisorder',
      'maniaOrHypomania',
      'activeSubstanceUse',
      'harmfulAlcoholUse',
      'unresolvedCardiovascularCondition',
      'pregnancy',
      'breastfeeding',
    ],
    psychotherapy: 0.95,
    inpatients: 0.12,
    imperial: false,
    stages: (size, random) => [
      { phase: 'screening', sessions: 0, gaps: [14] },
      { phase: 'initiation', sessions: 6, gaps: [3, 4] },
      { phase: 'evaluation', sessions: 0, gaps: [7] },
      { phase: 'maintenance', sessions: size === 'full' ? 6 : random.integer(0, 2), gaps: [28, 28, 35] },
    ],
  },
  // Eight weeks, followed for up to three months; the number of infusions is not in the source, and one a week fits its
  // abstract.
  portugal: {
    prefix: 'PT',
    zone: 'Europe/Lisbon',
    places: [
      { host: 'tejo', name: 'Synthetic Hospital do Tejo' },
      { host: 'serra', name: 'Synthetic Hospital da Serra (sintético)' },
    ],
    staff: ['Maria Exemplo', 'João Sintético', 'Inês da Amostra'],
    languages: ['pt-PT', 'pt', 'en'],
    routes: [
      [19, 'IV'],
      [1, 'SC'],
    ],
    infusionMinutes: [40, 45, 60],
    titrated: false,
    watched: everything,
    sideEffects: ['bloodPressureIncrease', 'dizziness', 'headache', 'blurredVision', 'urinary'],
    dissociationScored: 0.05,
    exclusions: ['psychosis', 'uncontrolledHypertension', 'pregnancy'],
    psychotherapy: 0.9,
    inpatients: 0.1,
    imperial: false,
    stages: (size, random) => [
      { phase: 'treatment', sessions: size === 'full' ? 8 : random.integer(3, 8), gaps: [7] },
      { phase: 'followUp', sessions: 0, gaps: [random.pick([30, 60, 90])] },
    ],
  },
  // 0.5 mg/kg, three times a week for two weeks.
  guangzhou: {
    prefix: 'GZ',
    zone: 'Asia/Shanghai',
    places: [{ host: 'zhujiang', name: 'Synthetic Zhujiang Brain Hospital (模拟)' }],
    staff: ['测试 医生', '模拟 护士', 'Synthetic Li'],
    languages: ['zh-CN', 'zh', 'yue'],
    routes: [[1, 'IV']],
    infusionMinutes: [40],
    perWeight: 0.5,
    titrated: false,
    watched: everything,
    sideEffects: ['psychotomimetic', 'dissociation'],
    dissociationScored: 0.12,
    exclusions: ['psychosis', 'activeSubstanceUse', 'unresolvedCardiovascularCondition'],
    psychotherapy: 0.1,
    inpatients: 0.6,
    imperial: false,
    stages: () => [
      { phase: 'treatment', sessions: 6, gaps: [2, 2, 3] },
      { phase: 'followUp', sessions: 0, gaps: [14] },
    ],
  },
  // A dose of one's own, titrated; psychotherapy is the point; blood pressure is what is watched.
  kaiser: {
    prefix: 'KP',
    zone: 'America/Los_Angeles',
    places: [{ host: 'goldengate', name: 'Synthetic Golden Gate Clinic' }],
    staff: ['Pat Sample', 'Robin Placeholder', 'Sam Synthetic'],
    languages: ['en-US', 'en', 'es'],
    routes: [
      [6, 'IM'],
      [3, 'IV'],
      [1, 'SL'],
      [1, 'PO'],
    ],
    infusionMinutes: [40, 50],
    titrated: true,
    watched: { bloodPressure: 0.98, heartRate: 0.7, respiratoryRate: 0.1, saturation: 0.4 },
    sideEffects: [
      'bloodPressureIncrease',
      'dissociation',
      'moodElevation',
      'anxiety',
      'nausea',
      'vomiting',
      'dizziness',
      'sedation',
      'blurredVision',
      'numbness',
    ],
    // The dose is titrated by it.
    dissociationScored: 0.2,
    exclusions: ['activeSubstanceUse', 'uncontrolledHypertension', 'pregnancy'],
    psychotherapy: 1,
    inpatients: 0,
    imperial: true,
    stages: (size, random) => [
      { phase: 'treatment', sessions: size === 'full' ? 14 : random.integer(3, 6), gaps: [7, 7, 14] },
      { phase: 'integration', sessions: 0, gaps: [7] },
    ],
  },
  // Four to six treatments over several weeks by any route, at home too; maintenance as needed.
  'los-angeles': {
    prefix: 'LA',
    zone: 'America/Los_Angeles',
    places: [
      { host: 'pacific', name: 'Synthetic Pacific Wellness' },
      { host: 'canyon', name: 'Synthetic Canyon Clinic' },
    ],
    staff: ["Alex O'Sample", 'Jordan Example-Smith', 'Synthetic Kim'],
    languages: ['en-US', 'es-US'],
    routes: [
      [3, 'IV'],
      [3, 'IM'],
      [2, 'SL'],
      [1, 'SC'],
      [2, 'IN'],
    ],
    infusionMinutes: [40, 45, 60],
    titrated: true,
    watched: { ...everything, respiratoryRate: 0.3 },
    sideEffects: ['nausea', 'dizziness', 'dissociation', 'headache', 'sedation'],
    dissociationScored: 0.08,
    exclusions: ['psychosis', 'maniaOrHypomania', 'uncontrolledHypertension', 'breastfeeding'],
    psychotherapy: 0.9,
    inpatients: 0,
    imperial: true,
    stages: (size, random) => [
      { phase: 'treatment', sessions: random.integer(4, 6), gaps: [7, 5, 9] },
      { phase: 'integration', sessions: 0, gaps: [7] },
      { phase: 'maintenance', sessions: size === 'full' ? 8 : random.integer(0, 1), gaps: [28, 35, 42] },
    ],
  },
};
