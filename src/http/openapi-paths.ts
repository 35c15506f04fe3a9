import { fhirPaths } from './openapi-fhir.ts';
import { operations } from './openapi-operations.ts';
import {
  answer,
  anywhere,
  byCourse,
  got,
  idempotencyKey,
  json,
  lines,
  location,
  media,
  ofBody,
  ofStore,
  ofTarget,
  outcome,
  paged,
  schema,
  type Part,
} from './openapi-parts.ts';
import { fhirJson } from './reply.ts';

const named = { schemaVersion: '1', system: 'https://hospital.example.org/courses', id: 'C-17' };
const course = {
  'application/json': {
    schema: schema('TreatmentCourse'),
    example: {
      ...named,
      patient: { system: 'https://hospital.example.org/patients', id: 'P-4' },
      status: 'active',
      sessions: [{ id: '1', status: 'completed', at: '2026-01-05T09:30:00+01:00' }],
    },
  },
};
const part = {
  schema: schema('PartialCourse'),
  example: { ...named, version: 2, sessions: [{ id: '2', status: 'completed', at: '2026-01-08T09:30:00+01:00' }] },
};

const refusals = {
  ...anywhere,
  ...ofBody,
  ...ofStore,
  '409': outcome(
    'The body is another course than the address says; this version was sent with another content ' +
      '(`version-conflict`); or the first request under this Idempotency-Key is still being read.',
  ),
  '422': outcome('The course is refused: each fault has its path in `expression`. Or the Idempotency-Key is reused.'),
};
const known = answer('Nothing new: `unchanged`, or `superseded` by what is known.', json('Submission'), location);
const taken = 'On disk: `accepted` and to be delivered, `held` for a person, or `pending` until a snapshot comes.';

/** PUT and PATCH: one submission to one course. */
const submission = (summary: string, operationId: string, content: Part): Part => ({
  summary,
  operationId,
  parameters: [idempotencyKey],
  requestBody: { required: true, content },
  responses: { ...refusals, '200': known, '202': answer(taken, json('Submission'), location) },
});

const stream =
  'With `application/x-ndjson` one course a line, of any number: a LineResult comes back for each as soon as it is on ' +
  'disk, so read while you send. The status is 202 once a line was good, and 422 where none was; results before the ' +
  'first good line come with it (after 4 MiB of refusals the answer begins all the same). A connection that is cut ' +
  'leaves what was acknowledged, and at most the group of lines that was being written. Sending lines again is safe: ' +
  'they are `unchanged`. Where nothing more can be taken the last line has the state `unavailable` and no number. A ' +
  'line may have 16 MiB; results that are not read for more than 4 MiB stop the reading; a stream of which nothing ' +
  'comes for two minutes is cut.';

/** The addresses of the service, each with every answer that it can give. */
export const paths: Readonly<Record<string, unknown>> = {
  '/courses': {
    ...got('List courses', 'listCourses', json('CourseList'), 'The ids of the courses that were submitted here.', {
      parameters: paged,
    }),
    post: {
      summary: 'Submit a course, or one a line',
      description: stream,
      operationId: 'submitCourses',
      parameters: [idempotencyKey],
      requestBody: { required: true, content: { ...course, ...lines } },
      responses: {
        ...refusals,
        '200': known,
        '202': answer(`${taken} Of a stream a LineResult a line.`, { ...json('Submission'), ...lines }, location),
        '422': answer('Refused; of a stream a LineResult a line, where no line was good.', {
          ...media(fhirJson, schema('OperationOutcome')),
          ...lines,
        }),
      },
    },
  },
  '/courses/{id}': {
    ...byCourse,
    ...got('Read a course', 'readCourse', json('TreatmentCourse'), 'The course as it is now, digit for digit.'),
    put: submission('Submit a version of this course', 'updateCourse', course),
    patch: submission('Submit a part of this course', 'patchCourse', {
      'application/json': part,
      'application/merge-patch+json': part,
    }),
  },
  '/courses/{id}/bundle': {
    ...byCourse,
    ...got('Read a course as FHIR', 'readBundle', media(fhirJson, schema('Bundle')), 'What `coursebridge map` prints.'),
  },
  ...operations,
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
  ...fhirPaths,
  '/livez': got('Whether the process lives', 'isAlive', json('Health'), 'It does.'),
  '/readyz': got('Whether a course could be delivered now', 'isReady', json('Health'), 'It could.', {
    responses: { '503': outcome('The store does not work, or the target is not there or does not let us in.') },
  }),
  '/metrics': got('What is counted', 'readMetrics', media('text/plain', { type: 'string' }), 'For Prometheus.', {
    responses: { '503': outcome('The store does not work.') },
  }),
  '/openapi.json': got('This document', 'readOpenApi', media('application/json', { type: 'object' }), 'OpenAPI 3.1.'),
};
