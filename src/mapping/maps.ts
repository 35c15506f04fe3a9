import { administrationRows } from './administration.ts';
import { answerRows, totalRows } from './assessment.ts';
import { recordRows } from './course-record.ts';
import { summaryRows } from './course-summary.ts';
import { readingRows } from './reading.ts';
import type { Row } from './rows.ts';
import { sessionRows } from './session-record.ts';
import { suicideRiskRows } from './suicide-risk.ts';
import { bloodPressure, singleVitalSigns } from './vital-signs.ts';
import { weightRows } from './weight.ts';

/** The table of contents of the mapping: each part of a course, the resource that it becomes, and the rows of both. */
export interface ResourceMap {
  /** Where the part stands in the course format. */
  readonly part: string;
  /** The FHIR type, and the code or Questionnaire of ours that tells the resource from others of the type. */
  readonly resource: string;
  /** The fields that rows map, in the order of the resource. */
  readonly rows: readonly Row[];
  /** Fields that the file maps by a function of its own, since they are references or several elements. */
  readonly besides: readonly string[];
}

export const maps: readonly ResourceMap[] = [
  {
    part: '',
    resource: 'Observation course-summary',
    rows: summaryRows,
    besides: ['system', 'id', 'patient.system', 'patient.id'],
  },
  { part: '', resource: 'QuestionnaireResponse course-record', rows: recordRows, besides: ['schemaVersion'] },
  { part: 'sessions', resource: 'Observation session-record', rows: sessionRows, besides: ['id'] },
  {
    part: 'sessions.weight',
    resource: 'Observation weight',
    rows: weightRows,
    besides: ['value', 'unit', 'at'],
  },
  { part: 'sessions.administrations', resource: 'MedicationAdministration', rows: administrationRows, besides: ['id'] },
  { part: 'sessions.readings', resource: 'Observation reading', rows: readingRows, besides: ['id'] },
  {
    part: 'sessions.readings',
    resource: 'Observation bloodPressure',
    rows: [],
    besides: bloodPressure.components.map(({ field }) => field),
  },
  ...singleVitalSigns.map(({ field }) => ({
    part: 'sessions.readings',
    resource: `Observation ${field}`,
    rows: [],
    besides: [field],
  })),
  {
    part: 'assessments',
    resource: 'QuestionnaireResponse of the instrument',
    rows: answerRows,
    besides: ['id', 'instrument', 'timepoint.sessionId', 'items'],
  },
  { part: 'assessments', resource: 'Observation total', rows: totalRows, besides: [] },
  { part: 'suicideRisk', resource: 'QuestionnaireResponse suicide-risk', rows: suicideRiskRows, besides: ['id'] },
];

/** Fields of the format that are not written to FHIR yet; `map` says so for each that a course states. */
export const notMappedYet = {
  course: [
    'eligibility',
    'phaseTransitions',
    'psychotherapySessions',
    'interviews',
    'outcomes',
    'adverseEvents',
    'followUps',
  ],
  session: ['sideEffects', 'dissociation', 'sedation', 'tolerability'],
  assessment: ['statedSubscores'],
} as const;
