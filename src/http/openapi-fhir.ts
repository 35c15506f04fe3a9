import { conformanceTypes, type ConformanceType } from '../definitions/conformance.ts';
import { resourceTypes } from '../validation/resource-types.ts';
import { searchParametersOf } from './conformance-search.ts';
import { answer, anywhere, got, media, ofBody, outcome, retryAfter, schema, text, type Part } from './openapi-parts.ts';
import { fhirJson } from './reply.ts';

/** The addresses under /fhir: our own conformance resources, as FHIR reads and searches them. */

const inHeader = (name: string, description: string): Part => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

type Asked = readonly (readonly [name: string, of: Part])[];

const format: Asked = [
  [
    '_format',
    {
      enum: ['json', 'application/json', 'application/fhir+json'],
      description: 'The format of the answer, before Accept.',
    },
  ],
  ['_pretty', { enum: ['true', 'false'], description: 'Whether the answer is indented.' }],
];
const inQueries = (asked: Asked): Part[] =>
  asked.map(([name, { description, ...of }]) => ({ name, in: 'query', description, schema: of }));

const condition = (description: string): Part => ({ type: 'string', minLength: 1, description });
const descriptions = {
  _id: 'The id of a resource.',
  name: 'What the name begins with, whatever its case and accents.',
  url: 'The canonical url, without a version.',
  version: 'The business version.',
};
const whole: Part = { type: 'integer', minimum: 0, maximum: 999_999_999 };

/** What a search of a type can ask for. */
const searchOf = (type: ConformanceType): Asked => [
  ...searchParametersOf(type).map(({ name }) => [name, condition(descriptions[name])] as const),
  ['name:contains', condition('What is anywhere in the name.')],
  ['name:exact', condition('The name to the letter.')],
  ['_count', { ...whole, description: 'How many at once, 100 at most; 0 asks how many there are.' }],
  ['_offset', { ...whole, description: 'Where a page begins: the links of an answer have it.' }],
];

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
/** R4's NamingSystem has neither a url nor a version to search by: its address is described by itself. */
const alone = 'NamingSystem';
const usual = conformanceTypes.filter((type) => type !== alone);
const found = 'A Bundle of type searchset, with links to its other pages.';

const reading = (operationId: string, summary: string, content: Part, description: string): Part => {
  const parameters = [...inQueries(format), ...conditions];
  const { get } = got(summary, operationId, content, description, { parameters, responses: conditional });
  const { responses } = get as { responses: Part };
  return { get: { ...(get as Part), responses: { ...responses, '200': answer(description, content, versions) } } };
};

/** The two ways of a search that asks for what those of a type do. */
const searching = (path: string, name: string, like: ConformanceType, parameters: readonly Part[]): Part => ({
  [`/fhir/${path}`]: {
    parameters,
    ...got('Search conformance resources', `search${name}`, bundle, found, {
      parameters: [...inQueries([...searchOf(like), ...format]), prefer],
      responses: notAcceptable,
    }),
  },
  [`/fhir/${path}/_search`]: {
    parameters,
    post: {
      summary: 'Search conformance resources, as a form',
      operationId: `search${name}ByForm`,
      parameters: [prefer],
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              properties: Object.fromEntries([...searchOf(like), ...format]),
              additionalProperties: false,
            },
          },
        },
      },
      responses: { '200': answer(found, bundle), ...anywhere, ...ofBody, ...notAcceptable },
    },
  },
});

/** Whatever is wrong with it, down to its type, is what the answer says. */
const validated: Part = { type: 'object', required: ['resourceType'] };

export const fhirPaths: Readonly<Record<string, unknown>> = {
  '/fhir/metadata': reading(
    'readCapabilities',
    'What FHIR is spoken here',
    media(fhirJson, schema('CapabilityStatement')),
    'A CapabilityStatement.',
  ),
  ...searching('{type}', 'Conformance', 'ValueSet', [inPath('type', 'A FHIR type.', { enum: usual })]),
  ...searching(alone, alone, alone, []),
  '/fhir/{type}/$validate': {
    parameters: [inPath('type', 'A FHIR type.', { enum: resourceTypes })],
    post: {
      summary: 'Say what is wrong with a resource',
      operationId: 'validateResource',
      parameters: inQueries([
        ['profile', { type: 'string', minLength: 1, description: 'A profile that it is to conform to.' }],
        ['mode', { enum: ['create', 'update'], description: 'Both ask for the same.' }],
        ...format,
      ]),
      requestBody: {
        description:
          'The resource, or Parameters with `resource`, and with `profile` and `mode` where they are wanted.',
        required: true,
        content: { ...media(fhirJson, validated), ...media('application/json', validated) },
      },
      responses: {
        '200': outcome('What is wrong with the resource, or that nothing is.'),
        ...anywhere,
        ...ofBody,
        ...notAcceptable,
        '422': outcome('Another mode was asked for.'),
        '503': outcome('Too many bodies are being read.', retryAfter),
      },
    },
  },
  '/fhir/{type}/{id}': {
    parameters: [
      inPath('type', 'A FHIR type.', { enum: conformanceTypes }),
      inPath('id', 'The id of the resource.', { type: 'string' }),
    ],
    ...reading('readConformance', 'Read a conformance resource', resource, 'The resource.'),
  },
};
