import { z } from 'zod';
import { courseJsonSchema } from '../course/schema.ts';
import { paths } from './openapi-paths.ts';
import { courseList, health, lineResult, outcome, pulledCourse, pulledCourses, pullRequest, receipt } from './wire.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The service's addresses as OpenAPI 3.1: the schemas are those that we read and write by. */
export function openApi(version: string): Schema {
  return {
    openapi: '3.1.1',
    info: {
      title: 'coursebridge',
      version,
      description: 'Treatment courses to FHIR R4 and back. Every error is an OperationOutcome.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: {
        TreatmentCourse: withoutDialect(courseJsonSchema()),
        OperationOutcome: fromZod(outcome),
        Receipt: fromZod(receipt),
        LineResult: fromZod(lineResult),
        CourseList: fromZod(courseList),
        PullRequest: fromZod(pullRequest),
        PulledCourse: withCourse(fromZod(pulledCourse)),
        PulledCourses: fromZod(pulledCourses),
        Health: fromZod(health),
        Bundle: resource('Bundle'),
        CapabilityStatement: resource('CapabilityStatement'),
      },
    },
  };
}

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
