import type { Resource } from '@medplum/fhirtypes';
import type { TreatmentCourse } from '../course/schema.ts';
import { claims } from '../mapping/claim.ts';
import { profileOf } from '../mapping/claims.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { sameContent } from '../mapping/residue.ts';
import { isRetracted } from '../mapping/retraction.ts';
import { withoutNames } from '../mapping/unnamed.ts';
import type { Issue } from '../outcome/issue.ts';
import { asHeldWithout } from './change.ts';
import { withReferences, type Whereabouts } from './changes.ts';
import type { Coverage } from './coverage.ts';
import { findResources } from './find-resources.ts';
import { namesOf, noteDeleted, noteHeld, noteWritten, type Ledger } from './ledger.ts';
import { isAbout, type KnownPatient } from './patient.ts';
import type { Failure, FhirServer } from './ports.ts';
import { relativeReference, subjectOf, type Subject } from './references.ts';
import type { Wanted } from './wanted.ts';

/** What a target does with a patient whom it does not know: nothing is written, or the patient is made. */
export type PatientPolicy = 'resolve' | 'create';

/** What a look at a target found, or why the course cannot be written there. */
export type Look<T> =
  | ({ readonly kind: 'clear' } & T)
  | { readonly kind: 'barred'; readonly issues: readonly Issue[] }
  /** Something was sent, and nobody can tell from here whether it arrived. */
  | { readonly kind: 'unresolved'; readonly at: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Where and how to look for the resources of a course. */
export interface LookingFor {
  readonly course: TreatmentCourse;
  readonly patient: KnownPatient | undefined;
  readonly server: FhirServer;
  readonly whereabouts: Omit<Whereabouts, 'held'>;
  readonly coverage: Coverage;
  /** Whether what is new is put under ids of ours. */
  readonly ourIds: boolean;
  /** Whether anything may have been sent of which nobody knows. */
  readonly open: boolean;
  /** Whether somebody asks for what cannot be found to be taken for not there. */
  readonly repairs: boolean;
  /** Whether what stands there under another claim is not as it is wanted. */
  readonly reclaims: boolean;
}

/**
 * Looks some resources up, and takes down how each stands. Barred where the target holds somebody else's under one of
 * their identifiers, or several.
 */
export async function lookFor(
  some: readonly Wanted[],
  looking: LookingFor,
  ledger: Ledger,
): Promise<Look<{ readonly coverage: Coverage }>> {
  const { course, patient, server, coverage, ourIds, open, repairs, reclaims, whereabouts } = looking;
  const held = new Map<string, { readonly id: string }>();
  for (const { uuid, serverId } of ledger.rows.values()) if (serverId !== undefined) held.set(uuid, { id: serverId });
  for (const uuid of ledger.lostUnderOurs) held.set(uuid, { id: uuid });
  if (patient?.record.id !== undefined) held.set(whereabouts.patient.uuid, { id: patient.record.id });
  const finds = await findResources(
    some.map(({ mapped }) => asHeldWithout(mapped, ledger.impossible)),
    {
      course,
      server,
      patients: patient === undefined ? [] : [...patient.aliases],
      whereabouts: { ...whereabouts, held },
      coverage,
      // What was there before us shows at the first look; what we sent since, we know where.
      ourIds: ourIds && !ledger.looked,
      maybeSent: (uuid) => open || isPlaceless(uuid, ledger),
    },
  );
  if ('kind' in finds) return { kind: 'failed', failure: finds };
  const { holdings } = finds;
  const urn = `urn:uuid:${whereabouts.patient.uuid}`;
  const bars = some.flatMap((one) => barsOf(one, holdings.get(one.mapped.uuid) ?? [], course, patient, urn));
  if (bars.length > 0) return { kind: 'barred', issues: bars };
  // Not even somebody who asks for a repair can have meant that a third is made of two.
  const unresolved = repairs ? finds.several : finds.unresolved;
  if (unresolved.length > 0) {
    noteUnresolved(some, unresolved, ledger);
    return { kind: 'unresolved', at: unresolved.map(({ at }) => at) };
  }
  for (const { mapped } of some) {
    const [stored] = holdings.get(mapped.uuid) ?? [];
    if (stored?.id === undefined) held.delete(mapped.uuid);
    else held.set(mapped.uuid, { id: stored.id });
  }
  const isThere: IsAsWanted = (wanted, stored) =>
    (!reclaims || claimsAsWanted(wanted, stored)) &&
    isAsWanted(wanted, stored, { ...whereabouts, held }, ledger, finds.coverage);
  for (const one of some) noteLook(ledger, one, holdings.get(one.mapped.uuid)?.[0], isThere);
  return { kind: 'clear', coverage: finds.coverage };
}

/** Whether a resource was sent without an answer, and not to a place that we know. */
function isPlaceless(uuid: string, { lost, lostUnderOurs, rows }: Ledger): boolean {
  const row = rows.get(uuid);
  return row?.serverId === undefined && !lostUnderOurs.has(uuid) && (lost.has(uuid) || row?.state === 'unknown');
}

/** Whoever reads the receipt later must know that these may be there. */
function noteUnresolved(some: readonly Wanted[], unresolved: readonly MappedResource[], ledger: Ledger): void {
  const uuids = new Set(unresolved.map(({ uuid }) => uuid));
  for (const one of some) {
    if (uuids.has(one.mapped.uuid))
      ledger.rows.set(one.mapped.uuid, { ...namesOf(one), state: 'unknown', since: one.since });
  }
}

type IsAsWanted = (wanted: Wanted, stored: Resource) => boolean;

function noteLook(ledger: Ledger, wanted: Wanted, stored: Resource | undefined, isThere: IsAsWanted): void {
  const { uuid } = wanted.mapped;
  const row = ledger.rows.get(uuid);
  const lost = ledger.lost.has(uuid);
  if (stored?.id === undefined) {
    if (wanted.aim === 'deleted') {
      if (lost) noteWritten(ledger, wanted);
      if (row !== undefined) noteDeleted(ledger, wanted);
    } else if (lost) {
      const place = ledger.lostUnderOurs.has(uuid) ? { serverId: uuid } : {};
      ledger.rows.set(uuid, { ...namesOf(wanted), ...place, state: 'unknown', since: wanted.since });
    } else ledger.rows.delete(uuid);
    return;
  }
  const version = stored.meta?.versionId;
  const where = { id: stored.id, ...(version !== undefined && { version }) };
  if (isThere(wanted, stored)) {
    if (lost) noteWritten(ledger, wanted);
    noteHeld(ledger, wanted, where);
    return;
  }
  ledger.rows.set(uuid, {
    ...namesOf(wanted),
    state: lost ? 'unknown' : 'held',
    since: row?.since ?? wanted.since,
    serverId: where.id,
    ...(version !== undefined && { version }),
  });
}

/** Whether a resource claims, of the profiles that we ever claim for it, the one that it is to claim. */
function claimsAsWanted({ mapped: { resource }, content }: Wanted, { meta }: Resource): boolean {
  return claims.every((claim) => {
    const profile = profileOf(resource, claim);
    return profile === undefined || (meta?.profile?.includes(profile) ?? false) === (profile === content.profile);
  });
}

function isAsWanted(
  { mapped, aim }: Wanted,
  stored: Resource,
  whereabouts: Whereabouts,
  { impossible }: Ledger,
  { identifiers }: Coverage,
): boolean {
  if (aim === 'deleted') return false;
  if (aim === 'retracted') return isRetracted({ ...stored });
  const expected = withReferences(asHeldWithout(mapped, impossible).resource, whereabouts);
  return identifiers === 'lost'
    ? sameContent(withoutNames(expected), withoutNames(stored), relativeReference)
    : sameContent(expected, stored, relativeReference);
}

function barsOf(
  { mapped: { at } }: Wanted,
  stored: readonly Resource[],
  course: TreatmentCourse,
  patient: KnownPatient | undefined,
  urn: string,
): Issue[] {
  const identifier = { system: course.patient.system, value: course.patient.id };
  // A target that does a transaction in part leaves the urn of a patient whom it did not make (Medplum).
  const aboutOf = (one: Resource): Subject => {
    const { reference, ...rest } = subjectOf(one);
    return reference === undefined || reference === urn ? rest : { reference, ...rest };
  };
  if (stored.some((one) => !isAbout(aboutOf(one), patient, identifier))) return [{ code: 'other-patient', at }];
  return stored.length > 1 ? [{ code: 'duplicate-on-target', at, facts: { found: stored.length } }] : [];
}
