import { hash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';
import { jsonBytes } from '../json/bytes.ts';
import type { Json } from '../json/json.ts';
import type { Claim } from '../mapping/claim.ts';
import { profileOf } from '../mapping/claims.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { uuidsIn } from './changes.ts';

/**
 * JSON as its UTF-8 bytes, a character for each: what is sent is put together from pieces, hashed and measured, and none
 * of it is encoded twice.
 */
export type ByteText = string;

export const byteText = (value: unknown): ByteText => textOf(jsonBytes(value));

const textOf = (bytes: Uint8Array): ByteText =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** The bytes of a text in pieces. */
export const bytesOf = (pieces: readonly ByteText[]): Buffer => Buffer.from(pieces.join(''), 'latin1');

/** What a resource of a course says, as the mapping wrote it: independent of the ids that a target gives. */
export interface Content {
  readonly text: ByteText;
  readonly hash: string;
  /**
   * The profile that it claims when it is written. No part of the text or the hash: another claim is no other content,
   * and no reason to send a course again.
   */
  readonly profile?: string;
}

/** The content of a resource under a claim. */
export function contentOf(resource: Resource, claim: Claim = 'off'): Content {
  const bytes = jsonBytes(resource);
  // 96 bits: chance is out of the question, and 300 of them stand in a receipt.
  const content = { text: textOf(bytes), hash: hash('sha1', bytes, 'base64url').slice(0, 16) };
  const profile = profileOf(resource, claim);
  return profile === undefined ? content : { ...content, profile };
}

// A quotation mark inside a text is escaped, so that this can stand nowhere else.
const urnReference = '"reference":"urn:uuid:';
const urnLength = 'urn:uuid:'.length;
const uuidLength = 36;

/** The UUIDs that a mapped resource refers to, from its text. */
export function uuidsInText(text: ByteText): string[] {
  const uuids: string[] = [];
  for (let at = text.indexOf(urnReference); at !== -1; at = text.indexOf(urnReference, at + urnReference.length)) {
    uuids.push(text.slice(at + urnReference.length, at + urnReference.length + uuidLength));
  }
  return uuids;
}

/** How references of a course are written for a target. */
export interface References {
  /** The logical reference to the patient as it stands in the text, and what it becomes. */
  readonly logicalPatient: ByteText;
  readonly patient: ByteText;
  /** `Type/id`, or the urn of an entry. */
  readonly to: (uuid: string) => string;
}

/**
 * Puts a resource as it is sent behind other pieces of a body: its references as the target knows them, under the id
 * that it has there, with its claim. Pieces are joined once, at the end.
 */
export function putResource(
  pieces: ByteText[],
  { text, profile }: Content,
  { logicalPatient, patient, to }: References,
  id: string | undefined,
): void {
  // The type stands first: the id and the claim come behind it.
  const head = [
    ...(id === undefined ? [] : [`,"id":"${id}"`]),
    ...(profile === undefined ? [] : [`,"meta":{"profile":["${profile}"]}`]),
  ];
  let from = head.length === 0 ? 0 : text.indexOf(',');
  if (head.length > 0) pieces.push(text.slice(0, from), ...head);
  let urn = text.indexOf(urnReference, from);
  let logical = text.indexOf(logicalPatient, from);
  while (urn !== -1 || logical !== -1) {
    if (logical === -1 || (urn !== -1 && urn < logical)) {
      const uuidAt = urn + urnReference.length;
      pieces.push(text.slice(from, uuidAt - urnLength), to(text.slice(uuidAt, uuidAt + uuidLength)));
      from = uuidAt + uuidLength;
      urn = text.indexOf(urnReference, from);
    } else {
      pieces.push(text.slice(from, logical), patient);
      from = logical + logicalPatient.length;
      logical = text.indexOf(logicalPatient, from);
    }
  }
  pieces.push(text.slice(from));
}

/** The same resource without its references to some others, which the target does not have. */
export function withoutReferences(mapped: MappedResource, gone: ReadonlySet<string>): MappedResource {
  const value = mapped.resource as unknown as Json;
  if (!uuidsIn(value).some((uuid) => gone.has(uuid))) return mapped;
  return { ...mapped, resource: (pruned(value, gone) ?? value) as unknown as Resource };
}

/** Undefined where the value is a reference to what is gone, or holds nothing any more. */
function pruned(value: Json, gone: ReadonlySet<string>): Json | undefined {
  if (Array.isArray(value)) {
    const list = (value as readonly Json[]).flatMap((one) => pruned(one, gone) ?? []);
    return list.length === 0 && value.length > 0 ? undefined : list;
  }
  if (typeof value !== 'object' || value === null || 'rawJSON' in value) return value;
  const { reference } = value as { reference?: Json };
  if (typeof reference === 'string' && gone.has(reference.replace(/^urn:uuid:/, ''))) return undefined;
  const fields = Object.entries(value).flatMap(([name, one]) => {
    const kept = pruned(one, gone);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  const isBare = fields.length === 1 && 'url' in value && Object.keys(value).length > 1;
  // An extension holds something (invariant ext-1).
  if (isBare || (fields.length === 0 && Object.keys(value).length > 0)) return undefined;
  return Object.fromEntries(fields);
}
