import type { Resource } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import { isJsonObject, type Json, type JsonObject } from '../json/json.ts';

/** `Type/id` of a literal reference, absolute or versioned or neither; undefined for a urn or a fragment. */
export function relativeReference(reference: string): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]{1,63}\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(reference)?.[1];
}

/** The own identifiers of a resource: a list in most types, a single one in QuestionnaireResponse. */
export function identifiersOf(resource: Resource): readonly Identifier[] {
  const { identifier } = resource as unknown as JsonObject;
  const given = Array.isArray(identifier) ? (identifier as readonly Json[]) : [identifier];
  return given.flatMap((one) => identifierIn(one) ?? []);
}

/** The identifier that a JSON value holds, where it has a system and a value. */
export function identifierIn(value: Json | undefined): Identifier | undefined {
  if (!isJsonObject(value)) return undefined;
  const { system, value: text } = value;
  return typeof system === 'string' && typeof text === 'string' ? { system, value: text } : undefined;
}

export function sameIdentifier(a: Identifier, b: Identifier): boolean {
  return a.system === b.system && a.value === b.value;
}

/** A key under which an identifier can be kept in a map. */
export const keyOf = ({ system, value }: Identifier): string => JSON.stringify([system, value]);

/** Who a resource is about: a literal reference (`Type/id`), an identifier, either or both. */
export interface Subject {
  readonly reference?: string;
  readonly identifier?: Identifier;
}

export function subjectOf(resource: Resource): Subject {
  const { subject } = resource as unknown as JsonObject;
  if (!isJsonObject(subject)) return {};
  const identifier = identifierIn(subject['identifier']);
  const literal = subject['reference'];
  // A reference that is no `Type/id` (a urn left standing) names somebody all the same: it is kept as it is.
  const reference = typeof literal === 'string' ? (relativeReference(literal) ?? literal) : undefined;
  return { ...(reference !== undefined && { reference }), ...(identifier !== undefined && { identifier }) };
}
