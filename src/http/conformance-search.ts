import type { Artefact, ConformanceType } from '../definitions/conformance.ts';

/** Searches of conformance resources (https://hl7.org/fhir/R4/search.html): what is asked for, and what is found. */

interface SearchParameter {
  readonly name: 'url' | 'version' | '_id' | 'name';
  readonly type: 'uri' | 'token' | 'string';
  /** The SearchParameter that defines it for a type. */
  readonly definition: (type: ConformanceType) => string;
}

// R4 has one definition for most conformance resources, and one of its own for these.
const apart: readonly ConformanceType[] = ['PlanDefinition', 'Questionnaire'];
const definedAs = (name: string) => (type: ConformanceType) =>
  `http://hl7.org/fhir/SearchParameter/${apart.includes(type) ? type : 'conformance'}-${name}`;

const every: readonly SearchParameter[] = [
  { name: '_id', type: 'token', definition: () => 'http://hl7.org/fhir/SearchParameter/Resource-id' },
  { name: 'name', type: 'string', definition: definedAs('name') },
  { name: 'url', type: 'uri', definition: definedAs('url') },
  { name: 'version', type: 'token', definition: definedAs('version') },
];

/** The search parameters of a type. */
export const searchParametersOf = (type: ConformanceType): readonly SearchParameter[] =>
  type === 'NamingSystem' ? every.filter(({ name }) => name === '_id' || name === 'name') : every;

/** What a search asks for: conditions that all must hold, and which page of what they leave. */
export interface Search {
  readonly conditions: readonly Condition[];
  readonly count: number;
  readonly offset: number;
}

interface Condition {
  readonly name: string;
  /** The value as it was given. */
  readonly value: string;
  readonly holds: (artefact: Artefact) => boolean;
}

export type SearchRead =
  | { readonly ok: true; readonly search: Search }
  | { readonly ok: false; readonly fault: 'bad-request' | 'unknown-search-parameter' };

const usualCount = 20;
const greatestCount = 100;

/**
 * Reads the parameters of a search. One that is not known is a fault, unless whoever asks wants it ignored: answering
 * with what was not asked for looks like an answer.
 */
export function searchIn(
  parameters: Iterable<readonly [name: string, value: string]>,
  type: ConformanceType,
  { lenient }: { readonly lenient: boolean },
): SearchRead {
  const conditions: Condition[] = [];
  const paging = new Map<string, number>();
  for (const [name, value] of parameters) {
    if (name === '_format' || name === '_pretty') continue;
    if (name === '_count' || name === '_offset') {
      if (!/^\d{1,9}$/.test(value) || paging.has(name)) return { ok: false, fault: 'bad-request' };
      paging.set(name, Number(value));
      continue;
    }
    const holds = conditionOf(name, value, type);
    if (holds === undefined && lenient) continue;
    if (holds === undefined) return { ok: false, fault: 'unknown-search-parameter' };
    if (value === '') return { ok: false, fault: 'bad-request' };
    conditions.push({ name, value, holds });
  }
  const count = Math.min(paging.get('_count') ?? usualCount, greatestCount);
  return { ok: true, search: { conditions, count, offset: paging.get('_offset') ?? 0 } };
}

/** Whether an artefact is what a parameter asks for; undefined for a parameter, or a modifier, that there is none of. */
function conditionOf(named: string, value: string, type: ConformanceType): Condition['holds'] | undefined {
  const [name = '', modifier, ...more] = named.split(':');
  const parameter = searchParametersOf(type).find((one) => one.name === name);
  if (parameter === undefined || more.length > 0) return undefined;
  const of = (artefact: Artefact): string | undefined => artefact[parameter.name === '_id' ? 'id' : parameter.name];
  const compare = comparisons[`${parameter.type}${modifier === undefined ? '' : `:${modifier}`}`];
  if (compare === undefined) return undefined;
  const wanted = alternatives(value);
  return (artefact) => {
    const own = of(artefact);
    return own !== undefined && wanted.some((one) => compare(own, one));
  };
}

const comparisons: Readonly<Partial<Record<string, (own: string, wanted: string) => boolean>>> = {
  uri: (own, wanted) => own === wanted,
  // These codes are of no system, which a bar before one says.
  token: (own, wanted) => own === wanted.replace(/^\|/, ''),
  string: (own, wanted) => plain(own).startsWith(plain(wanted)),
  'string:contains': (own, wanted) => plain(own).includes(plain(wanted)),
  'string:exact': (own, wanted) => own === wanted,
};

// FHIR compares strings without case and accents.
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The values between commas; `\` before a comma or another sign of the syntax makes it a part of the value. */
const alternatives = (value: string): string[] =>
  (value.match(/(?:\\.|[^,\\])+/g) ?? []).map((one) => one.replaceAll(/\\(.)/g, '$1'));

/** A page of what a search found. */
export interface Page {
  readonly total: number;
  readonly artefacts: readonly Artefact[];
  /** The links of the Bundle: the query of each. */
  readonly links: readonly { readonly relation: string; readonly query: string }[];
}

export function pageOf({ conditions, count, offset }: Search, artefacts: readonly Artefact[]): Page {
  const found = artefacts.filter((one) => conditions.every(({ holds }) => holds(one)));
  const query = (from: number): string => {
    const asked = new URLSearchParams(conditions.map(({ name, value }): [string, string] => [name, value]));
    asked.set('_count', String(count));
    if (from > 0) asked.set('_offset', String(from));
    return asked.toString();
  };
  const link = (relation: string, from: number) => ({ relation, query: query(from) });
  // A search that asks for no entries asks how many there are.
  const last = count === 0 ? 0 : Math.max(0, Math.ceil(found.length / count) - 1) * count;
  return {
    total: found.length,
    artefacts: found.slice(offset, offset + count),
    links: [
      link('self', offset),
      ...(count > 0 && found.length > count ? [link('first', 0), link('last', last)] : []),
      ...(count > 0 && offset > 0 ? [link('previous', Math.max(0, Math.min(offset, last + count) - count))] : []),
      ...(count > 0 && offset + count < found.length ? [link('next', offset + count)] : []),
    ],
  };
}
