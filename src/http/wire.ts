import { z } from 'zod';

/** The shapes that go over the wire beside courses and FHIR: written by them, and published as the OpenAPI document. */

export const courseId = z.uuid().meta({
  description: 'UUIDv5 of the course: a pseudonym computed from its system and id, which are never in an address.',
});
const ownId = z.string().min(1).meta({ description: 'An opaque id of coursebridge.' });
const instant = z.iso.datetime();
const count = z.int().min(0);

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

const kept = ['accepted', 'unchanged', 'superseded', 'held', 'pending'] as const;

export const submission = z.object({
  id: courseId,
  state: z.enum(kept).meta({
    description:
      'accepted: it is in force and will be delivered. unchanged, superseded: nothing new, nothing is delivered. held: ' +
      'it waits for a person. pending: a part of a course that has no snapshot yet.',
  }),
  submission: ownId.optional().meta({ description: 'Absent where nothing was kept, since nothing is new.' }),
  deliveries: z.array(ownId),
  receipt: z.string().meta({ description: 'Where to ask what the target holds.' }),
  outcome,
});

/** What became of one line of a stream; without a number, of all that follow. */
export const lineResult = z.object({
  line: z.int().min(1).optional().meta({ description: 'From 1, blank lines counted.' }),
  id: courseId.optional().meta({ description: 'Absent where the line is no course that can be read.' }),
  state: z.enum([...kept, 'refused', 'unavailable']),
  submission: ownId.optional(),
  issues: outcome,
});

export const deliveryState = z.enum([
  'waiting',
  'in-flight',
  'delivered',
  'in-part',
  'refused',
  'unresolved',
  'given-up',
  'superseded',
]);
const mode = z.enum(['changes', 'repair']);

export const delivery = z.object({
  id: ownId,
  course: courseId,
  target: ownId,
  version: z.int(),
  state: deliveryState,
  mode,
  attempts: count,
  notification: z.enum(['none', 'pending', 'told']).meta({
    description: 'Whether somebody has asked for the receipt since the delivery ended.',
  }),
  createdAt: instant,
  dueAt: instant.optional().meta({ description: 'When it is tried next, where it waits.' }),
  endedAt: instant.optional(),
  outcome,
});

const heldResource = z.object({
  type: z.string(),
  identifier: z.string(),
  at: z.string().meta({ description: 'The course path that the resource says.' }),
  state: z.enum(['held', 'retracted', 'deleted', 'not-deliverable', 'refused', 'unknown']),
  serverId: z.string().optional(),
  version: z.string().optional(),
  since: z.int().meta({ description: 'The version of the course that said so.' }),
});

export const receipt = z.object({
  id: courseId,
  version: z.int().optional().meta({ description: 'The present version; absent while all is held or pending.' }),
  targets: z.array(
    z.object({
      target: ownId,
      delivery: delivery.optional().meta({ description: 'The last one.' }),
      holds: z
        .object({ version: z.int(), mapping: z.string(), at: instant, resources: z.array(heldResource) })
        .optional()
        .meta({ description: 'What the target told us that it holds; absent where nothing was ever written.' }),
    }),
  ),
});

export const keptSubmission = z.object({
  id: ownId,
  course: courseId,
  kind: z.enum(['snapshot', 'partial', 'withdrawal']),
  state: z.enum(['in-force', 'superseded', 'held', 'pending']),
  order: z.object({ version: z.int().optional(), recordedAt: instant.optional() }),
  receivedAt: instant,
  outcome,
});

export const history = z.object({
  id: courseId,
  version: z.object({ version: z.int(), submission: ownId.optional(), at: instant }).optional(),
  submissions: z.array(keptSubmission),
  deliveries: z.array(delivery),
});

const next = z.string().optional().meta({ description: 'Where the rest is, if there is more.' });

export const courseList = z.object({ courses: z.array(z.object({ id: courseId })), next });
export const deliveryList = z.object({
  deliveries: z.array(delivery),
  submissions: z.array(keptSubmission).meta({ description: 'Held ones: they become deliveries when released.' }),
  next,
});
export const auditTrail = z.object({
  entries: z.array(
    z.object({
      seq: z.int(),
      at: instant,
      actor: z.string(),
      action: z.enum(['submitted', 'replayed', 'released', 'withdrawn', 'rejected']),
      subject: ownId,
    }),
  ),
  next,
});

/** Which deliveries to send again. `failed`: all that wait for a person. */
export const replayRequest = z.strictObject({
  state: z.enum(['refused', 'given-up', 'unresolved', 'failed']),
  mode: mode.optional(),
});
export const replayOptions = z.strictObject({ mode: mode.optional() });
export const replayed = z.object({
  replayed: count,
  deliveries: z.array(ownId).meta({ description: 'Those that go on now; of very many the first thousand.' }),
});

export const withdrawal = z.strictObject({ reason: z.string().trim().min(1).max(1000) });

const name = z.strictObject({ system: z.string().min(1), id: z.string().min(1) });

/** Which courses to pull: one, those of a patient, or all. */
export const pullRequest = z.union([
  z.strictObject({ course: name }),
  z.strictObject({ patient: name }),
  z.strictObject({ all: z.literal(true) }),
]);
export type PullRequest = z.infer<typeof pullRequest>;

/** A course that the target holds, and what was not understood of it or is missing. */
export const pulledCourse = z.object({ course: z.unknown(), outcome });
export const pulledCourses = z.object({ courses: z.array(pulledCourse), outcome });

export const health = z.object({ status: z.enum(['alive', 'ready']) });
