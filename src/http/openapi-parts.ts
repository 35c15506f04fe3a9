import { fhirJson, ndjson } from './reply.ts';

/** The pieces that addresses are described with. */
export type Part = Readonly<Record<string, unknown>>;

export const schema = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });
export const media = (type: string, of: Part): Part => ({ [type]: { schema: of } });
export const json = (name: string): Part => media('application/json', schema(name));
/** A stream of lines is no JSON document: its schema is that of text, and the description names that of a line. */
export const lines = media(ndjson, { type: 'string' });

export const answer = (description: string, content: Part, headers?: Part): Part => ({
  description,
  content,
  ...(headers !== undefined && { headers }),
});
export const outcome = (description: string, headers?: Part): Part =>
  answer(description, media(fhirJson, schema('OperationOutcome')), headers);
export const text = (description: string): Part => ({ description, schema: { type: 'string' } });

export const location = { Location: text('Where the course can be read: /courses/{id}.') };
export const retryAfter = { 'Retry-After': text('Seconds after which it may be tried again.') };

/** What every address may answer. */
export const anywhere = {
  '400': outcome('The request cannot be understood.'),
  '404': outcome('There is nothing here.'),
  '405': outcome('This method is not allowed here.', { Allow: text('The methods that are.') }),
  '500': outcome('A fault of coursebridge itself, with an id that its log has too.'),
};
export const ofBody = {
  '413': outcome('The body is larger than 16 MiB.'),
  '415': outcome('Neither JSON nor NDJSON in UTF-8, or compressed.'),
};
export const ofStore = {
  '503': outcome(
    'Nothing of it was kept: the store is full (`store-full`), too many deliveries wait (`too-many-waiting`), too many ' +
      'bodies are being read (`busy`), or the service is about to stop (`stopping`).',
    retryAfter,
  ),
};
export const ofTarget = {
  '503': outcome('The target cannot be reached, does not let us in, or is no FHIR R4 server.', retryAfter),
  '504': outcome("The target's answer was lost."),
};

const inPath = (description: string, of: Part): Part => ({
  parameters: [{ name: 'id', in: 'path', required: true, description, schema: of }],
});
export const byCourse = inPath("UUIDv5 of the course, never the source's own id.", { type: 'string', format: 'uuid' });
export const byOwnId = inPath('An id that coursebridge gave.', { type: 'string' });

const inQuery = (name: string, description: string, of: Part): Part => ({ name, in: 'query', description, schema: of });
const limit = inQuery('limit', 'How many at once.', { type: 'integer', minimum: 1, maximum: 1000, default: 100 });
const afterText = 'The end of the page before: `next` of an answer has it.';

export const paged = [limit, inQuery('after', afterText, { type: 'string', minLength: 1, pattern: '^[^,]+$' })];
export const pagedByNumber = [
  limit,
  inQuery('after', afterText, { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 }),
];
export const byState = [
  inQuery('state', '`failed`: refused, unresolved and given-up. `held` stands alone, and lists submissions.', {
    type: 'array',
    items: {
      enum: [
        'waiting',
        'in-flight',
        'delivered',
        'in-part',
        'refused',
        'unresolved',
        'given-up',
        'superseded',
        'failed',
        'held',
      ],
    },
  }),
  inQuery('course', 'Of one course alone.', { type: 'string', format: 'uuid' }),
];

export const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Up to 255 printable ASCII characters. For 7 days the same request under the same key gets the answer of the first ' +
    'again, with the header `Idempotency-Replayed: true`; another request under it is refused. Streams do not look at ' +
    'it: a line that is sent again is `unchanged`, so a stream can always be sent again.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!#-~][ -~]*$' },
};

/** A GET: what it is called, what it answers, and what it may answer beside that. */
export const got = (
  summary: string,
  operationId: string,
  content: Part,
  description: string,
  { responses = {}, parameters }: { readonly responses?: Part; readonly parameters?: readonly Part[] } = {},
): Part => ({
  get: {
    summary,
    operationId,
    ...(parameters !== undefined && { parameters }),
    responses: { '200': answer(description, content), ...anywhere, ...responses },
  },
});
