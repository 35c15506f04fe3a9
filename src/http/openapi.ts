import { z } from 'zod';
import { courseJsonSchema } from '../course/schema.ts';
import { paths } from './openapi-paths.ts';
import * as wire from './wire.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The service's addresses as OpenAPI 3.1: the schemas are those that we read and write by. */
export function openApi(version: string): Schema {
  return {
    openapi: '3.1.1',
    info: {
      title: 'coursebridge',
      version,
      description:
        'Treatment courses to FHIR R4 and back. Every error is an OperationOutcome. Every answer has a header ' +
        '`X-Request-Id`, by which the log knows the request.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: {
        TreatmentCourse: withoutDialect(courseJsonSchema()),
        PartialCourse: partialCourse,
        OperationOutcome: fromZod(wire.outcome),
        Submission: fromZod(wire.submission),
        LineResult: fromZod(wire.lineResult),
        CourseList: fromZod(wire.courseList),
        Receipt: fromZod(wire.receipt),
        History: fromZod(wire.history),
        Delivery: fromZod(wire.delivery),
        DeliveryList: fromZod(wire.deliveryList),
        ReplayRequest: fromZod(wire.replayRequest),
        ReplayOptions: fromZod(wire.replayOptions),
        Replayed: fromZod(wire.replayed),
        Withdrawal: fromZod(wire.withdrawal),
        AuditTrail: fromZod(wire.auditTrail),
        PullRequest: fromZod(wire.pullRequest),
        PulledCourse: withCourse(fromZod(wire.pulledCourse)),
        PulledCourses: fromZod(wire.pulledCourses),
        Health: fromZod(wire.health),
        Bundle: resource('Bundle'),
        CapabilityStatement: resource('CapabilityStatement'),
      },
    },
  };
}

/** The schema of a course with all its fields optional, null where one is cleared, and parts that are taken back. */
const partialCourse: Schema = {
  type: 'object',
  description:
    'Part of a course. Its parts replace those of the same id, their lists of parts merge by id; what is absent is ' +
    'untouched, null clears a field of the course, and {"id", "retracted": {"at", "reason"}} takes a part back.',
  required: ['schemaVersion', 'system', 'id'],
  properties: { schemaVersion: { const: '1' }, system: { type: 'string', format: 'uri' }, id: { type: 'string' } },
};

/** FHIR has schemas of its own; here its name will do. */
const resource = (type: string): Schema => ({
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: { const: type } },
});

const fromZod = (schema: z.ZodType): Schema => withoutDialect(z.toJSONSchema(schema, { io: 'input' }));

/** A document of OpenAPI 3.1 names the dialect once for all its schemas. */
function withoutDialect({ $schema: _dialect, $id: _id, ...schema }: Schema): Schema {
  return schema;
}

function withCourse(schema: Schema): Schema {
  const course = { $ref: '#/components/schemas/TreatmentCourse' };
  return { ...schema, properties: { ...(schema['properties'] as Schema), course } };
}
