import type { Resource } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import { isJsonNumber, isJsonObject, type Json, type JsonObject } from '../json/json.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { sameContent } from '../mapping/residue.ts';
import { identifierIn, relativeReference, sameIdentifier } from './references.ts';

/** A resource as the target holds it. */
export interface Stored {
  readonly id: string;
  readonly version?: string;
  readonly resource: Resource;
}

/** A resource to write: new to the target, or there with another content. */
export interface Change {
  readonly mapped: MappedResource;
  readonly stored?: Stored;
  /** The search that finds it, where it is only to be made if that finds nothing. */
  readonly ifNoneExist?: string;
}

/** The course's patient: known by an identifier, and, like the course's resources, by a UUID of ours. */
export interface PatientReference {
  readonly identifier: Identifier;
  readonly uuid: string;
}

/** Where the course's resources and its patient are: the ids of those that the target holds, and the types of all. */
export interface Whereabouts<Held extends Pick<Stored, 'id'> = Pick<Stored, 'id'>> {
  readonly held: ReadonlyMap<string, Held>;
  readonly types: ReadonlyMap<string, string>;
  readonly patient: PatientReference;
}

/** What differs between a course and what the target holds of it: only that is sent. */
export function changesIn(resources: readonly MappedResource[], whereabouts: Whereabouts<Stored>): Change[] {
  return resources.flatMap((mapped): Change[] => {
    const stored = whereabouts.held.get(mapped.uuid);
    if (stored === undefined) return [{ mapped }];
    const expected = withReferences(mapped.resource, whereabouts);
    return sameContent(expected, stored.resource, relativeReference) ? [] : [{ mapped, stored }];
  });
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
