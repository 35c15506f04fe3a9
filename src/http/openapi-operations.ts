import {
  answer,
  anywhere,
  byCourse,
  byOwnId,
  byState,
  got,
  json,
  location,
  ofBody,
  ofStore,
  outcome,
  paged,
  pagedByNumber,
  schema,
  type Part,
} from './openapi-parts.ts';

const asked = (name: string, example: Part, required = true): Part => ({
  required,
  content: { 'application/json': { schema: schema(name), example } },
});

const doing = (summary: string, operationId: string, responses: Part, requestBody?: Part): Part => ({
  post: {
    summary,
    operationId,
    ...(requestBody !== undefined && { requestBody }),
    responses: { ...anywhere, ...ofStore, ...responses, ...(requestBody !== undefined && withBody) },
  },
});
const withBody = { ...ofBody, '422': outcome('The body asks for nothing that there is.') };

const notHeld = { '409': outcome('The submission is not held.') };
const going = { '202': answer('What goes on now.', json('Replayed')) };
const decided = answer('In force, and to be delivered.', json('Submission'), location);
const known = answer('Nothing is to be delivered.', json('Submission'), location);

/** What became of submissions, and what a person can do about it. */
export const operations: Readonly<Record<string, Part>> = {
  '/courses/{id}/receipt': {
    ...byCourse,
    ...got(
      'Read a receipt',
      'readReceipt',
      json('Receipt'),
      'The last delivery to each target, and what the target holds, resource by resource. Asking counts as being told.',
    ),
  },
  '/courses/{id}/history': {
    ...byCourse,
    ...got('Read a history', 'readHistory', json('History'), 'Submissions and deliveries, without their content.'),
  },
  '/courses/{id}/withdraw': {
    ...byCourse,
    ...doing(
      'Take a course back',
      'withdrawCourse',
      {
        '200': known,
        '202': answer('Every resource of it becomes entered-in-error.', json('Submission'), location),
        '409': outcome('The course cannot be taken back.'),
      },
      asked('Withdrawal', { reason: 'Entered for another patient' }),
    ),
  },
  '/submissions/{id}/release': {
    ...byOwnId,
    ...doing('Let a held submission be in force', 'releaseSubmission', {
      '200': known,
      '202': decided,
      '422': outcome('The course that it would make is refused.'),
      ...notHeld,
    }),
  },
  '/submissions/{id}/reject': {
    ...byOwnId,
    ...doing('Put a held submission aside', 'rejectSubmission', { '200': known, ...notHeld }),
  },
  '/deliveries': got(
    'List deliveries',
    'listDeliveries',
    json('DeliveryList'),
    'The oldest first; with `state=held` the submissions that wait for a person.',
    { parameters: [...byState, ...paged], responses: { '422': outcome('`held` stands alone.') } },
  ),
  '/deliveries/replay': doing(
    'Send everything in a state again',
    'replayDeliveries',
    going,
    asked('ReplayRequest', { state: 'failed' }),
  ),
  '/deliveries/{id}': {
    ...byOwnId,
    ...got('Read a delivery', 'readDelivery', json('Delivery'), 'Its state, attempts, times and issues.'),
  },
  '/deliveries/{id}/replay': {
    ...byOwnId,
    ...doing(
      'Send this course to this target again, as it is now',
      'replayDelivery',
      going,
      asked('ReplayOptions', { mode: 'repair' }, false),
    ),
  },
  '/audit': got('Who did what', 'readAudit', json('AuditTrail'), 'The oldest first, by our own ids.', {
    parameters: pagedByNumber,
  }),
};
