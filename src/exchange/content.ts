import { hash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';
import { jsonBytes } from '../json/bytes.ts';
import type { Json } from '../json/json.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { uuidsIn } from './changes.ts';

/**
 * JSON as its UTF-8 bytes, a character for each: what is sent is put together from pieces, hashed and measured, and none
 * of it is encoded twice.
 */
export type ByteText = string;

export const byteText = (value: unknown): ByteText => {
  const bytes = jsonBytes(value);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
};

/** The bytes of a text. */
export const bytesOf = (text: ByteText): Buffer => Buffer.from(text, 'latin1');

/** What a resource of a course says, as the mapping wrote it: independent of the ids that a target gives. */
export interface Content {
  readonly text: ByteText;
  readonly hash: string;
}

export function contentOf(resource: Resource): Content {
  const text = byteText(resource);
  // 96 bits: chance is out of the question, and 300 of them stand in a receipt.
  return { text, hash: hash('sha1', bytesOf(text), 'base64url').slice(0, 16) };
}

// A quotation mark inside a text is escaped, so that this can stand nowhere else.
const urnReference = /"reference":"urn:uuid:([0-9a-f-]{36})"/g;

/** The UUIDs that a mapped resource refers to, from its text. */
export function uuidsInText(text: ByteText): string[] {
  return Array.from(text.matchAll(urnReference), ([, uuid]) => uuid ?? '');
}

/** How references of a course are written for a target. */
export interface References {
  /** The logical reference to the patient as it stands in the text, and what it becomes. */
  readonly logicalPatient: ByteText;
  readonly patient: ByteText;
  /** `Type/id`, or the urn of an entry. */
  readonly to: (uuid: string) => string;
}

/** A resource as it is sent: its references as the target knows them, under the id that it has there. */
export function textToSend({ text }: Content, references: References, id: string | undefined): ByteText {
  const literal = text
    .replace(urnReference, (_whole, uuid: string) => `"reference":"${references.to(uuid)}"`)
    .replaceAll(references.logicalPatient, references.patient);
  if (id === undefined) return literal;
  // The type stands first: the id comes behind it.
  const after = literal.indexOf(',');
  return `${literal.slice(0, after)},"id":"${id}"${literal.slice(after)}`;
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
