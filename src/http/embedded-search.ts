import { badRequest, OperationOutcomeError, type Filter, type IncludeTarget } from '@medplum/core';
import type { Identifier, Reference, Resource } from '@medplum/fhirtypes';

/** Where a search parameter looks, and how it compares. */
interface Parameter {
  readonly type: 'token' | 'reference' | 'uri';
  readonly element: string;
}

const token = (element: string): Parameter => ({ type: 'token', element });
const reference = (element: string): Parameter => ({ type: 'reference', element });
const subject = { subject: reference('subject'), patient: reference('subject') };

/**
 * All that can be searched for, beside `_id`, `_lastUpdated` and, in every type, `identifier`. The embedded server has
 * no more than the demo and the tests need, and refuses the rest: an ignored parameter is a wrong answer.
 */
export const searchParameters: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  MedicationAdministration: {
    ...subject,
    code: token('medicationCodeableConcept'),
    context: reference('context'),
    status: token('status'),
  },
  Observation: {
    ...subject,
    category: token('category'),
    code: token('code'),
    'derived-from': reference('derivedFrom'),
    'has-member': reference('hasMember'),
    'part-of': reference('partOf'),
    status: token('status'),
  },
  Patient: {},
  Questionnaire: { status: token('status'), url: { type: 'uri', element: 'url' } },
  QuestionnaireResponse: {
    ...subject,
    'part-of': reference('partOf'),
    questionnaire: { type: 'uri', element: 'questionnaire' },
    status: token('status'),
  },
};

/** Whether the resource has what every filter asks for; throws an OperationOutcomeError for one that is not known. */
export function matches(resource: Resource, filters: readonly Filter[]): boolean {
  return filters.every((filter) => {
    if (filter.code === '_lastUpdated') return comesAt(resource.meta?.lastUpdated ?? '', filter);
    if (filter.code === '_id') return alternatives(filter.value).includes(resource.id ?? '');
    const { type, element } = parameter(resource.resourceType, filter.code);
    const values = valuesAt(resource, element);
    const wanted = alternatives(filter.value);
    if (type === 'reference' && filter.operator === 'identifier') {
      const identifiers = values.flatMap((value) => (value as Reference).identifier ?? []);
      return wanted.some((one) => identifiers.some((identifier) => isToken(identifier, one)));
    }
    if (filter.operator !== 'eq') throw refusal(resource.resourceType, `${filter.code}:${filter.operator}`);
    if (type === 'uri') return wanted.some((one) => values.some((value) => isUri(value, one)));
    if (type === 'reference') return wanted.some((one) => values.some((value) => refersTo(value as Reference, one)));
    return wanted.some((one) => values.some((value) => isToken(value, one)));
  });
}

/** The references of the element that an _include or _revinclude names. */
export function referencesOf(resource: Resource, include: IncludeTarget): string[] {
  if (include.resourceType !== resource.resourceType) return [];
  const { type, element } = parameter(resource.resourceType, include.searchParam);
  if (type !== 'reference') throw refusal(resource.resourceType, include.searchParam);
  return valuesAt(resource, element).flatMap((value) => (value as Reference).reference ?? []);
}

function parameter(resourceType: string, code: string): Parameter {
  if (code === 'identifier') return token('identifier');
  const found = searchParameters[resourceType]?.[code];
  if (found === undefined) throw refusal(resourceType, code);
  return found;
}

const refusal = (resourceType: string, code: string): OperationOutcomeError =>
  new OperationOutcomeError(badRequest(`The embedded server does not search ${resourceType} by "${code}".`));

function valuesAt(resource: Resource, element: string): unknown[] {
  const value = (resource as unknown as Record<string, unknown>)[element];
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

// A separator that is data is escaped by a backslash (FHIR search, "Escaping search parameters").
const alternatives = (text: string): string[] => text.match(/(?:\\.|[^\\,])+/g) ?? [];

const plain = (text: string): string => text.replace(/\\(.)/g, '$1');

function isToken(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value === plain(wanted);
  const { coding, system, code, value: own } = value as { coding?: unknown[]; code?: string } & Identifier;
  if (coding !== undefined) return coding.some((one) => isToken(one, wanted));
  const bar = /^((?:\\.|[^\\|])*)\|(.*)$/s.exec(wanted);
  if (bar === null) return (own ?? code) === plain(wanted);
  const [, wantedSystem = '', wantedValue = ''] = bar;
  const sameSystem = wantedSystem === '' ? system === undefined : system === plain(wantedSystem);
  return sameSystem && (wantedValue === '' || (own ?? code) === plain(wantedValue));
}

function refersTo({ reference: text }: Reference, wanted: string): boolean {
  const literal = plain(wanted);
  return text !== undefined && (text === literal || text.endsWith(`/${literal}`) || literal.endsWith(`/${text}`));
}

/** A canonical may carry a version that the search does not name. */
function isUri(value: unknown, wanted: string): boolean {
  const literal = plain(wanted);
  return value === literal || (typeof value === 'string' && value.split('|')[0] === literal);
}

function comesAt(lastUpdated: string, { operator, value }: Filter): boolean {
  const [own, other] = [Date.parse(lastUpdated), Date.parse(value)];
  switch (operator) {
    case 'ge':
      return own >= other;
    case 'gt':
      return own > other;
    case 'le':
      return own <= other;
    case 'lt':
      return own < other;
    default:
      return own === other;
  }
}
