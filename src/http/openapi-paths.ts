import { fhirJson, ndjson } from './reply.ts';

type Part = Readonly<Record<string, unknown>>;

const schema = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });
const media = (type: string, of: Part): Part => ({ [type]: { schema: of } });
const json = (name: string): Part => media('application/json', schema(name));
// A stream of lines is no JSON document: its schema is that of text, and the description names that of a line.
const lines = media(ndjson, { type: 'string' });

const answer = (description: string, content: Part, headers?: Part): Part => ({
  description,
  content,
  ...(headers !== undefined && { headers }),
});
const outcome = (description: string, headers?: Part): Part =>
  answer(description, media(fhirJson, schema('OperationOutcome')), headers);
const text = (description: string): Part => ({ description, schema: { type: 'string' } });

const location = { Location: text('Where the course can be read: /courses/{id}.') };
const retryAfter = { 'Retry-After': text('Seconds after which the target may be asked again.') };

/** What every address may answer. */
const anywhere = {
  '400': outcome('The request cannot be understood.'),
  '404': outcome('There is nothing here.'),
  '405': outcome('This method is not allowed here.', { Allow: text('The methods that are.') }),
  '500': outcome('A fault of coursebridge itself, with an id that its log has too.'),
};
const ofBody = {
  '413': outcome('The body is larger than 16 MiB.'),
  '415': outcome('Neither JSON nor NDJSON in UTF-8, or compressed.'),
};
const ofTarget = {
  '503': outcome('The target cannot be reached, does not let us in, or is no FHIR R4 server.', retryAfter),
  '504': outcome("The target's answer was lost: whether it wrote is not known. Sending again is safe."),
};
const ofSubmission = {
  ...anywhere,
  ...ofBody,
  ...ofTarget,
  '409': outcome('The body is another course, or the target holds resources of another patient for it.'),
  '422': outcome('The course is refused, by us or by the target. Each fault has its path in `expression`.'),
};

const byId = {
  parameters: [
    {
      name: 'id',
      in: 'path',
      required: true,
      description: "UUIDv5 of the course, never the source's own id.",
      schema: { type: 'string', format: 'uuid' },
    },
  ],
};
const course = {
  required: true,
  content: {
    'application/json': {
      schema: schema('TreatmentCourse'),
      example: {
        schemaVersion: '1',
        system: 'https://hospital.example.org/courses',
        id: 'C-17',
        patient: { system: 'https://hospital.example.org/patients', id: 'P-4' },
        status: 'active',
        sessions: [{ id: '1', status: 'completed', at: '2026-01-05T09:30:00+01:00' }],
      },
    },
  },
};
const got = (summary: string, operationId: string, content: Part, description: string, more: Part = {}): Part => ({
  get: { summary, operationId, responses: { '200': answer(description, content), ...anywhere, ...more } },
});

/** The addresses of the service, each with every answer that it can give. */
export const paths: Readonly<Record<string, Part>> = {
  '/courses': {
    ...got('List courses', 'listCourses', json('CourseList'), 'The ids of the courses that were submitted here.'),
    post: {
      summary: 'Submit a course, or one a line',
      operationId: 'submitCourses',
      requestBody: { required: true, content: { ...course.content, ...lines } },
      responses: {
        ...ofSubmission,
        '202': answer(
          'Delivered: a receipt; of a stream a LineResult a line, where one line at least was good.',
          { ...json('Receipt'), ...lines },
          location,
        ),
        '422': answer('Refused, by us or by the target; of a stream a LineResult a line, where no line was good.', {
          ...media(fhirJson, schema('OperationOutcome')),
          ...lines,
        }),
      },
    },
  },
  '/courses/{id}': {
    ...byId,
    ...got('Read a course', 'readCourse', json('TreatmentCourse'), 'The course, digit for digit as it was submitted.'),
    put: {
      summary: 'Submit a version of this course',
      operationId: 'updateCourse',
      requestBody: course,
      responses: { ...ofSubmission, '202': answer('Delivered: a receipt.', json('Receipt'), location) },
    },
  },
  '/courses/{id}/bundle': {
    ...byId,
    ...got('Read a course as FHIR', 'readBundle', media(fhirJson, schema('Bundle')), 'What `coursebridge map` prints.'),
  },
  '/courses/{id}/receipt': {
    ...byId,
    ...got('Read a receipt', 'readReceipt', json('Receipt'), 'What the target held after the last delivery.'),
  },
  '/pull': {
    post: {
      summary: 'Read courses back from the target',
      description: 'With `Accept: application/x-ndjson` a PulledCourse a line.',
      operationId: 'pullCourses',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schema('PullRequest'), example: { all: true } } },
      },
      responses: {
        ...anywhere,
        ...ofBody,
        ...ofTarget,
        '200': answer('The courses that the target holds.', { ...json('PulledCourses'), ...lines }),
        '409': outcome('The target holds several resources under one identifier.'),
        '422': outcome('The request is not one, or the target refuses it, or does not know the patient.'),
      },
    },
  },
  '/fhir/metadata': got(
    'What FHIR is spoken here',
    'readCapabilities',
    media(fhirJson, schema('CapabilityStatement')),
    'A CapabilityStatement.',
  ),
  '/livez': got('Whether the process lives', 'isAlive', json('Health'), 'It does.'),
  '/readyz': got('Whether a course could be delivered now', 'isReady', json('Health'), 'It could.', {
    '503': outcome('The target is not there, does not let us in, or is no FHIR R4 server.'),
  }),
  '/openapi.json': got('This document', 'readOpenApi', media('application/json', { type: 'object' }), 'OpenAPI 3.1.'),
};
