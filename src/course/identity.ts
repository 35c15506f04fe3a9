import { hash } from 'node:crypto';
import type { TreatmentCourse } from './schema.ts';

/** A business identifier: what a resource is known by on every target. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

/** What a course is known by: its site's namespace and its id there. */
export type CourseKey = Pick<TreatmentCourse, 'system' | 'id'>;

/** A step from the course down to a part: its kind and the part's own id. */
export type Step = readonly [kind: PartKind, id: string];

/** The kinds of parts in identifiers (course-format: "Identifier of a resource"). */
export type PartKind = 's' | 'adm' | 'r' | 'fx' | 'd' | 'sed' | 'a' | 'pt' | 'e' | 't' | 'sr' | 'i' | 'o' | 'ae' | 'f';

/**
 * The identifier of the resource that holds one facet of a part: the course id, `/<kind>/<id>` down to the part, the
 * facet, each percent-encoded. No two resources share one. Nothing but a part's own id is ever read back from it.
 */
export function partIdentifier(course: CourseKey, steps: readonly Step[], facet: string): Identifier {
  return facetIdentifier(course, partPath(course, steps), facet);
}

/** What the identifiers of all facets of a part begin with. */
export function partPath(course: CourseKey, steps: readonly Step[]): string {
  let path = encoded(course.id);
  for (const [kind, id] of steps) path += `/${kind}/${encoded(id)}`;
  return path;
}

/** The identifier of a facet of the part that has this path. */
export const facetIdentifier = ({ system }: CourseKey, path: string, facet: string): Identifier => ({
  system,
  value: `${path}/${facet}`,
});

/** An id as a segment of an identifier. Most are plain, and asking that is cheaper than encoding. */
const encoded = (id: string): string => (plain.test(id) ? id : encodeURIComponent(id));
const plain = /^[\w.-]*$/;

/** The identifier of one of the course's own resources: summary, record or patient. */
export function courseIdentifier(course: CourseKey, facet: 'summary' | 'record' | 'patient'): Identifier {
  return { system: course.system, value: `${encoded(course.id)}/course/${facet}` };
}

/** The own id of the part that an identifier of ours names: its last id. Undefined where there is none. */
export function partIdOf(identifierValue: string): string | undefined {
  const id = identifierValue.split('/').at(-2);
  if (id === undefined) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** UUIDv5 (RFC 9562, section 5.5): the same UUID for the same namespace and name. */
export function uuidV5(namespace: string, name: string): string {
  return uuidOf(hash('sha1', Buffer.concat([bytesOf(namespace), Buffer.from(name, 'utf8')]), 'binary'));
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** The text of a digest, a character for each byte, as a UUID of version 5 and the RFC's variant. */
function uuidOf(digest: string): string {
  for (let index = 0; index < 16; index += 1) {
    let byte = digest.charCodeAt(index);
    if (index === 6) byte = (byte & 0x0f) | 0x50;
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    const place = digitPlaces[index] ?? 0;
    uuidText[place] = hexDigits.charCodeAt(byte >> 4);
    uuidText[place + 1] = hexDigits.charCodeAt(byte & 0x0f);
  }
  return uuidText.toString('latin1');
}

// Written over for every id: joining pieces of text costs more than the digest.
const uuidText = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1');
const digitPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const hexDigits = '0123456789abcdef';

const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const namespace = uuidV5(urlNamespace, 'https://w3id.org/coursebridge');

// Every resource has an id to compute, so the bytes are kept: our namespace, and room for a name behind it.
const input = Buffer.alloc(4096);
const nameAt = bytesOf(namespace).copy(input);

/** The id of a resource where a target accepts ours, and its urn:uuid in a Bundle. A pseudonym, not anonymous. */
export function serverId(resourceType: string, identifier: Identifier): string {
  const name = `${resourceType}|${identifier.system}|${identifier.value}`;
  // A character takes three bytes at most, of UTF-16's two.
  if (name.length * 3 > input.length - nameAt) return uuidV5(namespace, name);
  return uuidOf(hash('sha1', input.subarray(0, nameAt + input.write(name, nameAt)), 'binary'));
}

/** The {id} of a course in our own addresses: never the source's own id. */
export function courseServiceId(course: CourseKey): string {
  return uuidV5(namespace, `TreatmentCourse|${course.system}|${course.id}`);
}

/** The id of a FHIR server that we write to, by its base address: what logs and addresses call it. */
export function targetId(base: string): string {
  return uuidV5(namespace, `Target|${base.replace(/\/+$/, '')}`);
}
