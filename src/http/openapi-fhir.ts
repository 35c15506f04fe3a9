import { conformanceTypes } from '../definitions/conformance.ts';
import { answer, anywhere, got, media, ofBody, outcome, schema, text, type Part } from './openapi-parts.ts';
import { fhirJson } from './reply.ts';

/** The addresses under /fhir: our own conformance resources, as FHIR reads and searches them. */

const inQuery = (name: string, description: string, of: Part): Part => ({ name, in: 'query', description, schema: of });
const inHeader = (name: string, description: string): Part => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

const format = [
  inQuery('_format', 'The format of the answer, before Accept.', {
    enum: ['json', 'application/json', 'application/fhir+json'],
  }),
  inQuery('_pretty', 'Whether the answer is indented.', { enum: ['true', 'false'] }),
];

const condition: Part = { type: 'string', minLength: 1 };
const searched: Readonly<Record<string, readonly [description: string, of: Part]>> = {
  _id: ['The id of a resource.', condition],
  name: ['What the name begins with; `name:contains` and `name:exact` too.', condition],
  url: ['The canonical url, without a version. A NamingSystem has none.', condition],
  version: ['The business version. A NamingSystem has none.', condition],
  _count: ['How many at once, 100 at most; 0 asks how many there are.', { type: 'integer', minimum: 0, maximum: 999 }],
  _offset: ['Where a page begins: the links of an answer have it.', { type: 'integer', minimum: 0, maximum: 9999 }],
};
const search = Object.entries(searched);

const conditions = [
  inHeader('If-None-Match', 'The entity tags that are known already.'),
  inHeader('If-Modified-Since', 'The time of what is known already.'),
];
const versions = {
  ETag: text('The version of the resource, from its content.'),
  'Last-Modified': text('Since when this service has it.'),
};

const notAcceptable = { '406': outcome('FHIR is answered as JSON alone.') };
const conditional = {
  ...notAcceptable,
  '304': { description: 'It is what is known already.', headers: versions },
};

const resource = media(fhirJson, { type: 'object', required: ['resourceType', 'id', 'meta'] });
const bundle = media(fhirJson, schema('Bundle'));
const prefer = inHeader('Prefer', '`handling=lenient`: parameters that are not known are ignored, and not refused.');

const inPath = (name: string, description: string, of: Part): Part => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: of,
});
const ofType = inPath('type', 'A FHIR type.', { enum: conformanceTypes });
const found = 'A Bundle of type searchset, with links to its other pages.';

const reading = (operationId: string, summary: string, content: Part, description: string): Part => {
  const parameters = [...format, ...conditions];
  const { get } = got(summary, operationId, content, description, { parameters, responses: conditional });
  const { responses } = get as { responses: Part };
  return { get: { ...(get as Part), responses: { ...responses, '200': answer(description, content, versions) } } };
};

export const fhirPaths: Readonly<Record<string, Part>> = {
  '/fhir/metadata': reading(
    'readCapabilities',
    'What FHIR is spoken here',
    media(fhirJson, schema('CapabilityStatement')),
    'A CapabilityStatement.',
  ),
  '/fhir/{type}': {
    parameters: [ofType],
    ...got('Search conformance resources', 'searchConformance', bundle, found, {
      parameters: [...search.map(([name, [description, of]]) => inQuery(name, description, of)), ...format, prefer],
      responses: notAcceptable,
    }),
  },
  '/fhir/{type}/_search': {
    parameters: [ofType],
    post: {
      summary: 'Search conformance resources, as a form',
      operationId: 'searchConformanceByForm',
      parameters: [prefer],
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              properties: Object.fromEntries(search.map(([name, [description, of]]) => [name, { ...of, description }])),
            },
          },
        },
      },
      responses: { '200': answer(found, bundle), ...anywhere, ...ofBody, ...notAcceptable },
    },
  },
  '/fhir/{type}/{id}': {
    parameters: [ofType, inPath('id', 'The id of the resource.', { type: 'string' })],
    ...reading('readConformance', 'Read a conformance resource', resource, 'The resource.'),
  },
};
