import { z } from 'zod';
import {
  code,
  codeOrKey,
  decimal,
  integer,
  keyword,
  partId,
  quantity,
  reason,
  ref,
  text,
  time,
  yes,
} from './fields.ts';
import { part } from './schema-part.ts';

/** A visit, with its administrations, readings and effects. */

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

export const session = z.strictObject({
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
