import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';

/** What a server in front of the real one does not do. Nothing said is everything done. */
export interface Switches {
  /** The status with which transactions, and batches, are refused. */
  readonly transaction?: 400 | 405;
  readonly batch?: 422;
  /** If-None-Exist is passed over: a create creates. */
  readonly noIfNoneExist?: true;
  /** The status of an update that would create. */
  readonly putCreate?: 404 | 405;
  /** The status of an update by search. */
  readonly conditionalUpdate?: 400 | 405;
  /** Types that it neither creates, updates nor deletes. */
  readonly readOnly?: readonly string[];
  /** It stores no identifier but the patient's, and searches by one find nothing, or are refused. */
  readonly identifiers?: 'not-found' | 'refused';
  /** It stores no tag, profile or source. */
  readonly noTags?: true;
  /** A search of Observations needs a patient and a range of dates with both ends, as on Oracle Health. */
  readonly requiredSearch?: true;
  /** The longest body in bytes; more is 413. */
  readonly longestBody?: number;
}

/** One request of a client, or one entry of its Bundle. */
export interface Interaction {
  readonly method: string;
  /** `Type`, `Type/id`, `Type/_search`, with a query or without. */
  readonly url: string;
  /** The parameters of a search by POST. */
  readonly form?: string;
  readonly resource?: JsonObject;
  readonly ifNoneExist?: string;
}

/** The status with which the front refuses; undefined where the server behind may decide. */
export function refusalOf(
  interaction: Interaction,
  switches: Switches,
  exists: (reference: string) => boolean,
): number | undefined {
  const { method, url, ifNoneExist } = interaction;
  const [path = '', query = ''] = url.split('?');
  const [type = '', id] = path.split('/');
  if (isSearch(interaction)) return refusalOfSearch(type, `${query}&${interaction.form ?? ''}`, switches);
  if (method === 'GET') return undefined;
  if (switches.readOnly?.includes(type) === true) return 405;
  if (switches.identifiers === 'refused' && type !== 'Patient' && /identifier=/.test(`${query}${ifNoneExist ?? ''}`)) {
    return 400;
  }
  if (method === 'PUT' && id === undefined) return switches.conditionalUpdate;
  if (method === 'PUT' && !exists(`${type}/${id}`)) return switches.putCreate;
  return undefined;
}

const isSearch = ({ method, url }: Interaction): boolean =>
  (method === 'POST' && /^[A-Z]\w+\/_search(\?|$)/.test(url)) || (method === 'GET' && /^[A-Z]\w+(\?|$)/.test(url));

function refusalOfSearch(type: string, query: string, { identifiers, requiredSearch }: Switches): number | undefined {
  const asked = [...new URLSearchParams(query)];
  const has = (name: string, value = /./): boolean => asked.some((one) => one[0] === name && value.test(one[1]));
  if (identifiers === 'refused' && type !== 'Patient' && has('identifier')) return 400;
  if (requiredSearch !== true || type !== 'Observation') return undefined;
  const isClosed = has('date', /^g[et]/) && has('date', /^l[et]/);
  return (has('patient') || has('subject')) && isClosed ? undefined : 400;
}

/** The resource as the front lets it through. */
export function storable(resource: JsonObject, { identifiers, noTags }: Switches): JsonObject {
  const { identifier, meta, ...rest } = resource;
  const keepsIdentifier = identifiers === undefined || resource['resourceType'] === 'Patient';
  return {
    ...rest,
    ...(identifier !== undefined && keepsIdentifier && { identifier }),
    ...(meta !== undefined && { meta: noTags === true ? withoutTags(meta) : meta }),
  };
}

function withoutTags(meta: Json): Json {
  if (!isJsonObject(meta)) return meta;
  const { tag: _tag, profile: _profile, source: _source, security: _security, ...rest } = meta;
  return rest;
}
