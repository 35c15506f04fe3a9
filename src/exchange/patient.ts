import type { Patient } from '@medplum/fhirtypes';
import type { Identifier } from '../course/identity.ts';
import { findByIdentifiers } from './holdings.ts';
import type { Failure, FhirServer } from './ports.ts';
import { identifiersOf, keyOf, relativeReference, sameIdentifier, type Subject } from './references.ts';

/** A patient of the target: the record in force, and every record that led to it by `replaced-by`. */
export interface KnownPatient {
  readonly reference: string;
  readonly aliases: ReadonlySet<string>;
  readonly identifiers: readonly Identifier[];
  readonly record: Patient;
}

export type FoundPatients =
  | { readonly kind: 'found'; readonly patients: readonly KnownPatient[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The target's patients with an identifier, replaced records followed to the one in force: usually one, or none. */
export async function findPatients(server: FhirServer, identifier: Identifier): Promise<FoundPatients> {
  const answer = await findByIdentifiers(server, 'Patient', [identifier]);
  if (answer.kind !== 'accepted') return { kind: 'failed', failure: answer };
  const patients = new Map<string, KnownPatient>();
  for (const record of answer.body.get(keyOf(identifier)) ?? []) {
    const followed = await inForce(server, record as Patient);
    if (followed.kind === 'failed') return followed;
    for (const patient of followed.patients) {
      const known = patients.get(patient.reference);
      patients.set(patient.reference, known === undefined ? patient : merged(known, patient));
    }
  }
  return { kind: 'found', patients: [...patients.values()] };
}

/** Follows `replaced-by`. A chain that ends nowhere, or in itself, names nobody whom a course could be written to. */
async function inForce(server: FhirServer, first: Patient): Promise<FoundPatients> {
  const aliases = new Set<string>();
  const identifiers: Identifier[] = [];
  let record = first;
  for (;;) {
    const reference = `Patient/${record.id ?? ''}`;
    if (aliases.has(reference)) return nobody;
    aliases.add(reference);
    identifiers.push(...identifiersOf(record));
    const link = record.link?.find(({ type }) => type === 'replaced-by');
    if (link === undefined) return { kind: 'found', patients: [{ reference, aliases, identifiers, record }] };
    const id = /^Patient\/(.+)$/.exec(relativeReference(link.other.reference ?? '') ?? '')?.[1];
    if (id === undefined) return nobody;
    const answer = await server.read('Patient', id);
    if (answer.kind === 'refused' && (answer.status === 404 || answer.status === 410)) return nobody;
    if (answer.kind !== 'accepted') return { kind: 'failed', failure: answer };
    record = answer.body as Patient;
  }
}

const nobody: FoundPatients = { kind: 'found', patients: [] };

function merged(a: KnownPatient, b: KnownPatient): KnownPatient {
  return { ...a, aliases: a.aliases.union(b.aliases), identifiers: [...a.identifiers, ...b.identifiers] };
}

/**
 * Whether a stored resource is about this patient: neither its reference nor its identifier says somebody else. Of a
 * patient who is not on the target nothing can be stored under a literal reference.
 */
export function isAbout(subject: Subject, patient: KnownPatient | undefined, identifier: Identifier): boolean {
  if (subject.reference !== undefined && patient?.aliases.has(subject.reference) !== true) return false;
  const stated = subject.identifier;
  if (stated === undefined || sameIdentifier(stated, identifier)) return true;
  // One person may have several numbers, if the target's own record says so.
  return patient?.identifiers.some((one) => sameIdentifier(one, stated)) === true;
}
