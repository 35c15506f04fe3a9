import { z } from 'zod';
import { code, decimal, instrument, integer, keyword, partId, ref, text, time, yes } from './fields.ts';
import { part } from './schema-part.ts';

/** When in the course something was meant to be asked. */
export const timepoint = z.strictObject({
  kind: keyword('timepoint'),
  n: integer(-100_000).optional(),
  sessionId: partId.optional(),
});

/** The answers to one instrument at one time. */
export const assessment = z.strictObject({
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
