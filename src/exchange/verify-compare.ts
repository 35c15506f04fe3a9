import type { Resource } from '@medplum/fhirtypes';
import { serverId } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import { courseKeyOf } from '../mapping/recognise.ts';
import { residueOf } from '../mapping/residue.ts';
import { withoutNames } from '../mapping/unnamed.ts';
import type { Issue } from '../outcome/issue.ts';
import { withReferences, type Whereabouts } from './changes.ts';
import { contentOf } from './content.ts';
import type { Holdings } from './holdings.ts';
import type { KnownPatient } from './patient.ts';
import { placeNamed } from './pull.ts';
import { identifiersOf, relativeReference } from './references.ts';
import { hasOtherDigits } from './verify-digits.ts';
import { patientUuid, type Expected } from './verify-expected.ts';
import type { Comparison, DifferenceKind, Finding, NoteKind } from './verify-findings.ts';

/** What a target was found to hold of one course. */
export interface Held {
  /** The records of the target that have the patient's identifier. */
  readonly patients: readonly KnownPatient[];
  /** By uuid, of what should be there and of what was taken back. */
  readonly holdings: Holdings;
  /** Whether these were found by identifier, so that several under one would have been seen. */
  readonly byIdentifier: boolean;
  /** What refers to the course or is referred to by it; undefined where the target could not be asked. */
  readonly connected: readonly Resource[] | undefined;
}

/** Compares what a target holds of a course with what it was sent. */
export function compareHeld(expected: Expected, held: Held): Comparison {
  const comparing = new Comparing(expected, held);
  comparing.patient();
  for (const one of expected.resources) comparing.resource(one);
  comparing.retracted();
  comparing.extras();
  const { differences, notes } = comparing;
  const notSought = [
    ...(held.connected === undefined ? (['extra'] as const) : []),
    ...(held.byIdentifier ? [] : (['duplicate'] as const)),
  ];
  return { resources: expected.resources.length, differences, notes, notSought };
}

class Comparing {
  readonly differences: Finding<DifferenceKind>[] = [];
  readonly notes: Finding<NoteKind>[] = [];
  readonly #expected: Expected;
  readonly #held: Held;
  readonly #taken: ReadonlyMap<string, Resource>;
  readonly #whereabouts: Whereabouts;
  readonly #aliases: ReadonlySet<string>;

  constructor(expected: Expected, held: Held) {
    this.#expected = expected;
    this.#held = held;
    this.#taken = takenFrom(expected, held.holdings);
    this.#whereabouts = whereaboutsOf(expected, held, this.#taken);
    this.#aliases = new Set(held.patients.flatMap(({ aliases }) => [...aliases]));
  }

  patient(): void {
    const { patients } = this.#held;
    const at = field(root, 'patient');
    const places = patients.map(({ reference }) => placeNamed(reference));
    if (patients.length === 0) this.differences.push({ kind: 'missing', type: 'Patient', at, places });
    if (patients.length > 1) this.differences.push({ kind: 'duplicate', type: 'Patient', at, places });
  }

  resource(one: MappedResource): void {
    const { uuid, at, resource } = one;
    const { behind } = this.#expected;
    const type = resource.resourceType;
    const copies = this.#held.holdings.get(uuid) ?? [];
    const stored = this.#taken.get(uuid);
    if (stored === undefined) return this.#absent(one);
    if (copies.length > 1) this.differences.push({ kind: 'duplicate', type, at, places: copies.map(placeOf) });
    const found = { type, at, places: [placeOf(stored)] };
    const asWritten = withReferences(resource, this.#whereabouts);
    const isNameless = this.#expected.dropsIdentifiers && identifiersOf(stored).length === 0;
    const elements = isNameless
      ? this.#residue(withoutNames(asWritten), withoutNames(stored))
      : this.#residue(asWritten, stored);
    if (elements.length > 0 && behind !== undefined && this.#isAsTold(one, stored)) {
      this.notes.push({ kind: behind.why, ...found });
    } else if (elements.length > 0) {
      this.differences.push({ kind: 'changed', ...found, elements });
    } else {
      if (isNameless) this.notes.push({ kind: 'unnamed', ...found });
      if (hasOtherDigits(asWritten, stored)) this.notes.push({ kind: 'digits', ...found });
    }
  }

  #residue(expected: Resource, stored: Resource): Issue[] {
    return residueOf(expected, stored, expected.resourceType, (reference) => this.#named(reference));
  }

  #absent({ uuid, at, resource }: MappedResource): void {
    const finding = { type: resource.resourceType, at, places: [] };
    const { notDeliverable, retracted, inError, behind } = this.#expected;
    if (notDeliverable.has(uuid)) this.notes.push({ kind: 'not-deliverable', ...finding });
    else if (behind?.why === 'other-mapping' && !behind.told.has(uuid)) {
      this.notes.push({ kind: behind.why, ...finding });
    }
    // A course that was taken back is in error, or was deleted.
    else if (!inError || retracted.every((one) => one.uuid !== uuid)) {
      this.differences.push({ kind: 'missing', ...finding });
    }
  }

  /** A patient may have several records that became one; all of them name it. */
  #named(reference: string): string | undefined {
    const literal = relativeReference(reference);
    const [patient] = this.#held.patients;
    return literal !== undefined && this.#aliases.has(literal) ? patient?.reference : literal;
  }

  /** Nobody has touched it since we wrote it, and the receipt knows that this was something else. */
  #isAsTold({ uuid, resource }: MappedResource, stored: Resource): boolean {
    const { version, hash } = this.#expected.behind?.told.get(uuid) ?? {};
    return version !== undefined && version === stored.meta?.versionId && hash !== contentOf(resource).hash;
  }

  retracted(): void {
    const expected = new Set(this.#expected.resources.map(({ uuid }) => uuid));
    for (const { uuid, type, at } of this.#expected.retracted) {
      if (expected.has(uuid)) continue;
      const places = (this.#held.holdings.get(uuid) ?? []).filter(isInForce).map(placeOf);
      if (places.length > 0) this.differences.push({ kind: 'in-force-again', type, at, places });
    }
  }

  extras(): void {
    const known = new Set([...this.#held.holdings.values()].flat().map(nameOf));
    const { key, behind } = this.#expected;
    for (const one of this.#held.connected ?? []) {
      const own = courseKeyOf({ ...one });
      if (known.has(nameOf(one)) || !isInForce(one) || own?.system !== key.system || own.id !== key.id) continue;
      const finding = { type: one.resourceType, at: placeOf(one), places: [placeOf(one)] };
      if (behind !== undefined && isNamedIn(behind.told, one)) this.notes.push({ kind: behind.why, ...finding });
      else this.differences.push({ kind: 'extra', ...finding });
    }
  }
}

/** Of each resource the one that we wrote: several can carry one identifier. */
function takenFrom({ resources, serverIds }: Expected, holdings: Holdings): Map<string, Resource> {
  const taken = new Map<string, Resource>();
  for (const { uuid } of resources) {
    const copies = holdings.get(uuid) ?? [];
    const own = copies.find(({ id }) => id === serverIds.get(uuid)) ?? copies.find(({ id }) => id === uuid);
    const one = own ?? copies[0];
    if (one !== undefined) taken.set(uuid, one);
  }
  return taken;
}

/** Where everything is, or was: a reference to what is lost is no change of the resource that has it. */
function whereaboutsOf(expected: Expected, { patients }: Held, taken: ReadonlyMap<string, Resource>): Whereabouts {
  const uuid = patientUuid(expected.key);
  const held = new Map<string, { readonly id: string }>();
  const types = new Map<string, string>([[uuid, 'Patient']]);
  for (const { uuid: own, resource } of expected.resources) {
    held.set(own, { id: taken.get(own)?.id ?? expected.serverIds.get(own) ?? own });
    types.set(own, resource.resourceType);
  }
  const [patient] = patients;
  if (patient?.record.id !== undefined) held.set(uuid, { id: patient.record.id });
  // Of a patient who is gone the logical reference is all that can be expected.
  const identifier = patient === undefined ? { system: '', value: '' } : expected.patient;
  return { held, types, patient: { identifier, uuid } };
}

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id ?? ''}`;
const placeOf = (resource: Resource): string => placeNamed(nameOf(resource));
const isInForce = (resource: Resource): boolean =>
  (resource as { readonly status?: unknown }).status !== 'entered-in-error';
const isNamedIn = (told: ReadonlyMap<string, unknown>, resource: Resource): boolean =>
  identifiersOf(resource).some((own) => told.has(serverId(resource.resourceType, own)));
