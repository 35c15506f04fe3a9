import type { Resource } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import { isJsonNumber, isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import { identifierIn, sameIdentifier } from './references.ts';

/** The course's patient: known by an identifier, and, like the course's resources, by a UUID of ours. */
export interface PatientReference {
  readonly identifier: Identifier;
  readonly uuid: string;
}

/** Where the course's resources and its patient are: the ids of those that the target holds, and the types of all. */
export interface Whereabouts {
  readonly held: ReadonlyMap<string, { readonly id: string }>;
  readonly types: ReadonlyMap<string, string>;
  readonly patient: PatientReference;
}

/** `Type/id` of what the target holds, by its UUID; the urn of an entry for the rest. */
export function referenceTo(uuid: string, { held, types }: Whereabouts): string {
  const id = held.get(uuid)?.id;
  const type = types.get(uuid);
  return id === undefined || type === undefined ? `urn:uuid:${uuid}` : `${type}/${id}`;
}

/** The resource as it is written: its references to the course's resources and to the patient as the target knows them. */
export function withReferences(resource: Resource, whereabouts: Whereabouts): Resource {
  return rewrite(resource as unknown as Json, whereabouts) as unknown as Resource;
}

function rewrite(value: Json, whereabouts: Whereabouts): Json {
  if (isJsonNumber(value)) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => rewrite(one, whereabouts));
  if (!isJsonObject(value)) return value;
  const { patient } = whereabouts;
  const rewritten = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rewrite(one, whereabouts)]));
  const uuid = uuidIn(value['reference']);
  if (uuid !== undefined) return { ...rewritten, reference: referenceTo(uuid, whereabouts) };
  if (!isLogicalReferenceTo(patient.identifier, value)) return rewritten;
  return { reference: referenceTo(patient.uuid, whereabouts), ...rewritten };
}

/** The UUID that a reference of a mapped resource names. */
export function uuidIn(reference: Json | undefined): string | undefined {
  return typeof reference === 'string' ? /^urn:uuid:(.+)$/.exec(reference)?.[1] : undefined;
}

function isLogicalReferenceTo(patient: Identifier, value: JsonObject): boolean {
  if (value['type'] !== 'Patient' || value['reference'] !== undefined) return false;
  const identifier = identifierIn(value['identifier']);
  return identifier !== undefined && sameIdentifier(identifier, patient);
}

/** The UUIDs that a mapped resource refers to. */
export function uuidsIn(value: Json): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(uuidsIn);
  if (isJsonNumber(value) || !isJsonObject(value)) return [];
  const own = uuidIn(value['reference']);
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(uuidsIn)];
}
