import { z } from 'zod';
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
  reason,
  ref,
  text,
  time,
  uri,
  yes,
} from './fields.ts';

/**
 * The canonical TreatmentCourse, version 1, as zod schema: the shape alone. What depends on more than one field (time
 * zones, links, duplicate ids, plausibility) is in rules.ts. Every field but the few required ones may be absent, and
 * absence is never a default.
 */

const corrected = z.strictObject({ at: time, reason: text().optional() });

/** What every part carries: its own id, and that it was corrected, if the source says so. */
const part = { id: partId, corrected: corrected.optional() };

const administration = z.strictObject({
  ...part,
  status: keyword('done-status'),
  reason: reason.optional(),
  substance: keyword('substance'),
  kind: keyword('administration-kind').optional(),
  route: keyword('route').optional(),
  bodySite: code.optional(),
  method: code.optional(),
  amount: quantity(['mg']).optional(),
  perWeight: quantity(['mg/kg']).optional(),
  concentration: quantity(['mg/mL']).optional(),
  volume: quantity(['mL']).optional(),
  rate: quantity(['mg/min', 'mg/h', 'mg/kg/h', 'mL/h']).optional(),
  start: time.optional(),
  end: time.optional(),
  lot: text(300).optional(),
  waste: z.strictObject({ amount: quantity(['mg', 'mL']), witness: ref.optional() }).optional(),
  performer: ref.optional(),
  selfTaken: yes.optional(),
  note: text().optional(),
});

const reading = z.strictObject({
  ...part,
  at: time.optional(),
  statedMinutes: decimal(-100_000, 100_000).optional(),
  moment: keyword('reading-moment').optional(),
  position: keyword('position').optional(),
  device: text(1000).optional(),
  systolic: quantity(['mm[Hg]'], 0, 500).optional(),
  diastolic: quantity(['mm[Hg]'], 0, 500).optional(),
  meanArterial: quantity(['mm[Hg]'], 0, 500).optional(),
  heartRate: quantity(['/min'], 0, 500).optional(),
  respiratoryRate: quantity(['/min'], 0, 200).optional(),
  oxygenSaturation: quantity(['%'], 0, 100).optional(),
  temperature: quantity(['Cel', '[degF]'], 0, 150).optional(),
});

const session = z.strictObject({
  ...part,
  status: keyword('done-status'),
  reason: reason.optional(),
  at: time.optional(),
  end: time.optional(),
  phaseId: partId.optional(),
  statedOrdinal: integer(0).optional(),
  setting: keyword('session-setting').optional(),
  environment: z.strictObject({ recliner: yes.optional(), eyeMask: yes.optional(), music: yes.optional() }).optional(),
  supervisor: ref.optional(),
  note: text().optional(),
  weight: z
    .strictObject({
      ...quantity(['kg', 'g', '[lb_av]']).shape,
      at: time.optional(),
      basis: keyword('weight-basis').optional(),
    })
    .optional(),
  plannedDose: z
    .strictObject({
      amount: quantity(['mg']).optional(),
      perWeight: quantity(['mg/kg']).optional(),
      minutes: integer(0).optional(),
      changedBecause: text().optional(),
    })
    .optional(),
  administrations: z.array(administration).optional(),
  readings: z.array(reading).optional(),
  sideEffects: z
    .array(
      z.strictObject({
        ...part,
        effect: codeOrKey('adverse-effect'),
        severity: keyword('effect-severity').optional(),
        onset: time.optional(),
        resolved: time.optional(),
        intervention: text().optional(),
      }),
    )
    .optional(),
  dissociation: z
    .array(
      z.strictObject({
        ...part,
        scale: keyword('dissociation-scale'),
        score: decimal(0, 1000),
        at: time.optional(),
        statedMinutes: decimal(-100_000, 100_000).optional(),
      }),
    )
    .optional(),
  sedation: z
    .array(z.strictObject({ ...part, scale: keyword('sedation-scale'), score: integer(0, 5), at: time.optional() }))
    .optional(),
  tolerability: integer(0).optional(),
  readyForDischargeAt: time.optional(),
  monitoredMinutes: integer(0).optional(),
  escorted: yes.optional(),
});

const timepoint = z.strictObject({
  kind: keyword('timepoint'),
  n: integer(0).optional(),
  sessionId: partId.optional(),
});

const assessment = z.strictObject({
  ...part,
  instrument: instrument,
  instrumentVersion: text(300).optional(),
  at: time.optional(),
  answersChangedAt: time.optional(),
  timepoint: timepoint.optional(),
  rater: keyword('rater').optional(),
  assessor: ref.optional(),
  mode: keyword('assessment-mode').optional(),
  language: z
    .string()
    .refine((tag) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag), { error: 'invalid-language' })
    .optional(),
  status: keyword('assessment-status').optional(),
  items: z
    .array(
      z
        .strictObject({
          linkId: text(300),
          value: decimal().optional(),
          code: code.optional(),
          text: text().optional(),
          time: time.optional(),
          yes: yes.optional(),
        })
        .meta({ oneOf: ['value', 'code', 'text', 'time', 'yes'].map((answer) => ({ required: [answer] })) }),
    )
    .optional(),
  statedTotal: decimal().optional(),
  statedSubscores: z.array(z.strictObject({ key: text(300), value: decimal() })).optional(),
});

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
        dose: quantity(['mg', 'ug', 'g', 'mmol', '[iU]', 'mL', 'mg/kg']).optional(),
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
