import { z } from 'zod';
import type { Receipt } from '../exchange/receipt.ts';
import type { Issue } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';

/** The shapes that go over the wire beside courses and FHIR: read by them, and published as the OpenAPI document. */

export const courseId = z.uuid().meta({
  description: 'UUIDv5 of the course: a pseudonym computed from its system and id, which are never in an address.',
});

/** An OperationOutcome, as far as we write it. */
export const outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z
    .array(
      z.object({
        severity: z.enum(['error', 'warning', 'information']),
        code: z.string(),
        details: z.object({
          coding: z.array(z.object({ system: z.url(), code: z.string() })).optional(),
          text: z.string(),
        }),
        diagnostics: z.string().optional(),
        expression: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

const count = z.int().min(0);

export const receipt = z.object({
  id: courseId,
  state: z.enum(['delivered', 'refused', 'unavailable', 'unknown', 'partly']),
  counts: z.object({
    created: count,
    updated: count,
    unchanged: count,
    refused: count,
    unknown: count,
    'not-sent': count,
  }),
  resources: z.array(
    z.object({
      type: z.string(),
      identifier: z.string(),
      at: z.string().meta({ description: 'The course path that the resource says.' }),
      state: z.enum(['created', 'updated', 'unchanged', 'refused', 'unknown', 'not-sent']),
      serverId: z.string().optional(),
      version: z.string().optional(),
    }),
  ),
  outcome,
});

/** What became of one line of a stream. */
export const lineResult = z.object({
  line: z.int().min(1),
  id: courseId.optional().meta({ description: 'Absent where the line is no course that can be read.' }),
  state: z.enum(['delivered', 'refused', 'unavailable', 'unknown', 'partly']),
  issues: outcome,
});

export const courseList = z.object({ courses: z.array(z.object({ id: courseId })) });

const name = z.strictObject({ system: z.string().min(1), id: z.string().min(1) });

/** Which courses to pull: one, those of a patient, or all. */
export const pullRequest = z.union([
  z.strictObject({ course: name }),
  z.strictObject({ patient: name }),
  z.strictObject({ all: z.literal(true) }),
]);
export type PullRequest = z.infer<typeof pullRequest>;

export const health = z.object({ status: z.enum(['alive', 'ready']) });

/** A receipt as we send and print it. */
export function receiptJson({ courseServiceId, state, counts, entries, issues }: Receipt): z.infer<typeof receipt> {
  return { id: courseServiceId, state, counts, resources: [...entries], outcome: outcomeJson(issues) };
}

/** Issues as the OperationOutcome that we send. */
export function outcomeJson(issues: readonly Issue[]): z.infer<typeof outcome> {
  return operationOutcome(issues) as z.infer<typeof outcome>;
}

/** A course that the target holds, and what was not understood of it or is missing. */
export const pulledCourse = z.object({ course: z.unknown(), outcome });
export const pulledCourses = z.object({ courses: z.array(pulledCourse), outcome });
