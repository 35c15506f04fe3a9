import { z } from 'zod';
import type { reason } from './fields.ts';
import {
  code,
  codeOrKey,
  date,
  decimal,
  instrument,
  integer,
  keyword,
  partId,
  quantity,
  ref,
  text,
  time,
  uri,
  yes,
} from './fields.ts';
import { corrected, part } from './schema-part.ts';
import { assessment, timepoint } from './schema-assessment.ts';
import { session } from './schema-session.ts';

/** The UCUM units that doses of other medication come in. */
const doseUnits = [
  'mg',
  'ug',
  'ng',
  'g',
  'mmol',
  '[iU]',
  'mL',
  '[drp]',
  '1',
  '%',
  '{tablet}',
  '{capsule}',
  '{puff}',
  '{patch}',
  '{tbl}',
  'meq',
  'mg/mL',
  'mg/kg',
  'mg/h',
  'mg/d',
  'ug/h',
  'g/d',
] as const;

/**
 * The canonical TreatmentCourse, version 1, as zod schema: the shape alone. What depends on more than one field (time
 * zones, links, duplicate ids, plausibility) is in rules.ts. Every field but the few required ones may be absent, and
 * absence is never a default.
 */

export const treatmentCourse = z.strictObject({
  schemaVersion: z.literal('1'),
  system: uri,
  id: partId,
  corrected: corrected.optional(),
  version: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  recordedAt: time.optional(),
  timeZone: text(100).optional(),
  programme: z.strictObject({ key: text(300), version: text(300).optional() }).optional(),
  patient: z.strictObject({
    system: uri,
    id: text(300),
    otherIds: z.array(z.strictObject({ system: uri, id: text(300) })).optional(),
    sex: keyword('sex').optional(),
    birthDate: date.optional(),
    ageAtStart: integer(0, 150).optional(),
  }),
  status: keyword('course-status'),
  start: time.optional(),
  end: time.optional(),
  endReason: keyword('end-reason').optional(),
  setting: keyword('course-setting').optional(),
  site: ref.optional(),
  department: ref.optional(),
  clinician: ref.optional(),
  indication: z
    .strictObject({
      diagnoses: z.array(codeOrKey('diagnosis')).optional(),
      severity: keyword('depression-severity').optional(),
      episode: keyword('episode-type').optional(),
      treatmentResistant: yes.optional(),
      failedAntidepressants: integer(0, 1000).optional(),
      priorTreatments: z.array(z.strictObject({ kind: keyword('prior-treatment'), helped: yes.optional() })).optional(),
      bipolar: yes.optional(),
      psychoticFeatures: yes.optional(),
      suicidalityAtEntry: yes.optional(),
      pain: keyword('pain').optional(),
    })
    .optional(),
  referral: z
    .strictObject({
      source: keyword('referral-source').optional(),
      at: time.optional(),
      teamDecisionAt: time.optional(),
      specialistEvaluationAt: time.optional(),
    })
    .optional(),
  consent: z.strictObject({ given: yes, at: time.optional(), scope: keyword('consent-scope').optional() }).optional(),
  concomitantMedications: z
    .array(
      z.strictObject({
        ...part,
        code: code.optional(),
        name: text(1000).optional(),
        class: keyword('medication-class').optional(),
        dose: quantity(doseUnits).optional(),
        start: time.optional(),
        end: time.optional(),
        heldOnDosingDays: yes.optional(),
      }),
    )
    .optional(),
  psychotherapyPlan: z
    .strictObject({
      required: yes.optional(),
      modalities: z.array(keyword('modality')).optional(),
      therapist: ref.optional(),
      plannedSessions: integer(0).optional(),
    })
    .optional(),
  eligibility: z
    .array(
      z.strictObject({
        ...part,
        at: time.optional(),
        assessor: ref.optional(),
        decision: keyword('eligibility-decision').optional(),
        criteria: z.array(
          z
            .strictObject({
              key: keyword('contraindication').optional(),
              code: code.optional(),
              state: keyword('criterion-state'),
              at: time.optional(),
              note: text().optional(),
            })
            .meta({ oneOf: [{ required: ['key'] }, { required: ['code'] }] }),
        ),
      }),
    )
    .optional(),
  phases: z
    .array(
      z.strictObject({
        ...part,
        key: keyword('phase'),
        from: time.optional(),
        to: time.optional(),
        plannedSessions: integer(0).optional(),
      }),
    )
    .optional(),
  phaseTransitions: z
    .array(
      z.strictObject({
        ...part,
        fromPhaseId: partId.optional(),
        toPhaseId: partId,
        at: time.optional(),
        decidedBy: ref.optional(),
        baselineAssessmentId: partId.optional(),
        currentAssessmentId: partId.optional(),
        statedReductionPercent: decimal().optional(),
        overridden: yes.optional(),
        overrideReason: text().optional(),
      }),
    )
    .optional(),
  sessions: z.array(session).optional(),
  psychotherapySessions: z
    .array(
      z.strictObject({
        ...part,
        kind: keyword('psychotherapy-kind'),
        modality: keyword('modality').optional(),
        start: time.optional(),
        minutes: integer(0).optional(),
        attended: yes.optional(),
        therapist: ref.optional(),
        sessionId: partId.optional(),
        note: text().optional(),
      }),
    )
    .optional(),
  assessments: z.array(assessment).optional(),
  suicideRisk: z
    .array(
      z.strictObject({
        ...part,
        at: time.optional(),
        method: keyword('risk-method').optional(),
        level: keyword('risk-level').optional(),
        ideation: yes.optional(),
        assessor: ref.optional(),
      }),
    )
    .optional(),
  interviews: z
    .array(
      z.strictObject({
        ...part,
        at: time.optional(),
        timepoint: timepoint.optional(),
        improvement: keyword('improvement'),
        assessor: ref.optional(),
      }),
    )
    .optional(),
  outcomes: z
    .array(
      z.strictObject({
        ...part,
        instrument: instrument,
        baselineAssessmentId: partId,
        currentAssessmentId: partId,
        at: time.optional(),
        assessor: ref.optional(),
        statedCategory: keyword('outcome-category').optional(),
        statedReductionPercent: decimal().optional(),
      }),
    )
    .optional(),
  adverseEvents: z
    .array(
      z.strictObject({
        ...part,
        sessionId: partId.optional(),
        at: time.optional(),
        event: codeOrKey('adverse-effect'),
        serious: yes.optional(),
        grade: integer(1, 5).optional(),
        causality: keyword('causality').optional(),
        action: text().optional(),
        outcome: keyword('event-outcome').optional(),
        note: text().optional(),
      }),
    )
    .optional(),
  followUps: z
    .array(
      z.strictObject({
        ...part,
        at: time.optional(),
        mood: keyword('mood').optional(),
        antidepressantChanged: yes.optional(),
        relapse: yes.optional(),
        lost: yes.optional(),
        note: text().optional(),
      }),
    )
    .optional(),
  recorder: ref.optional(),
  sourceSystem: text(1000).optional(),
});

/** One course of treatment, as the clinic said it. */
export type TreatmentCourse = z.infer<typeof treatmentCourse>;
export type Session = NonNullable<TreatmentCourse['sessions']>[number];
export type Administration = NonNullable<Session['administrations']>[number];
export type Reading = NonNullable<Session['readings']>[number];
export type Assessment = NonNullable<TreatmentCourse['assessments']>[number];
export type AssessmentItem = NonNullable<Assessment['items']>[number];
export type SideEffect = NonNullable<Session['sideEffects']>[number];
export type Dissociation = NonNullable<Session['dissociation']>[number];
export type Sedation = NonNullable<Session['sedation']>[number];
export type Timepoint = z.infer<typeof timepoint>;
export type Eligibility = NonNullable<TreatmentCourse['eligibility']>[number];
export type PhaseTransition = NonNullable<TreatmentCourse['phaseTransitions']>[number];
export type PsychotherapySession = NonNullable<TreatmentCourse['psychotherapySessions']>[number];
export type Interview = NonNullable<TreatmentCourse['interviews']>[number];
export type OutcomeEvaluation = NonNullable<TreatmentCourse['outcomes']>[number];
export type AdverseEvent = NonNullable<TreatmentCourse['adverseEvents']>[number];
export type FollowUp = NonNullable<TreatmentCourse['followUps']>[number];
export type SuicideRisk = NonNullable<TreatmentCourse['suicideRisk']>[number];
export type Phase = NonNullable<TreatmentCourse['phases']>[number];
export type Reason = z.infer<typeof reason>;
export type Ref = z.infer<typeof ref>;
export type Code = z.infer<typeof code>;
export type Quantity = { readonly value: z.infer<ReturnType<typeof decimal>>; readonly unit: string };
export type Corrected = z.infer<typeof corrected>;

/** The JSON Schema (2020-12) of the course format. */
export function courseJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://w3id.org/coursebridge/schema/TreatmentCourse',
    title: 'TreatmentCourse',
    ...z.toJSONSchema(treatmentCourse, { unrepresentable: 'any', io: 'input' }),
  };
}
