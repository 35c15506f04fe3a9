import { courseIdentifier, serverId } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { patientEntry } from '../mapping/course-to-bundle.ts';
import type { MappedResource } from '../mapping/mapped.ts';
import type { PatientReference } from './changes.ts';
import { byteText, contentOf, withoutReferences, type References } from './content.ts';
import type { Ledger } from './ledger.ts';
import type { Wanted } from './wanted.ts';

/** A resource to write: new to the target, or there with another content. */
export interface Change {
  readonly wanted: Wanted;
  /** Where the target holds it, in which version. */
  readonly stored?: { readonly id: string; readonly version?: string };
  /** The search that finds it, where it is only to be made if that finds nothing. */
  readonly ifNoneExist?: string;
}

/** The patient of a course, by the names that its resources have for them. */
export function patientOf(course: TreatmentCourse): PatientReference {
  return {
    identifier: { system: course.patient.system, value: course.patient.id },
    uuid: serverId('Patient', courseIdentifier(course, 'patient')),
  };
}

/** The patient as something to write: the identifier alone, unless the target has it by then. */
export function patientToMake(course: TreatmentCourse, since: number): Change {
  const { resource = { resourceType: 'Patient' }, request } = patientEntry(course);
  const identifier = courseIdentifier(course, 'patient');
  const mapped = { resource, identifier, uuid: patientOf(course).uuid, at: field(root, 'patient') };
  return {
    wanted: { mapped, aim: 'held', since, content: contentOf(resource) },
    ifNoneExist: request?.ifNoneExist ?? '',
  };
}

/** A resource that is not as it is wanted, as something to write: without references to what is not there. */
export function changeFor(wanted: Wanted, { rows }: Ledger, gone: ReadonlySet<string>): Change {
  const row = rows.get(wanted.mapped.uuid);
  const mapped = asHeldWithout(wanted.mapped, gone);
  // The hash stays that of the whole: what a target cannot hold is no reason to send the rest again.
  const text = mapped === wanted.mapped ? wanted.content.text : contentOf(mapped.resource).text;
  const change = {
    wanted: text === wanted.content.text ? wanted : { ...wanted, mapped, content: { ...wanted.content, text } },
  };
  if (row?.serverId === undefined) return change;
  return { ...change, stored: { id: row.serverId, ...(row.version !== undefined && { version: row.version }) } };
}

export function asHeldWithout(mapped: MappedResource, impossible: ReadonlySet<string>): MappedResource {
  return impossible.size === 0 ? mapped : withoutReferences(mapped, impossible);
}

/** How references are written: to the target's ids where it holds something, to `soon` for what comes along. */
export function referencesFor(
  { identifier, uuid }: PatientReference,
  ledger: Ledger,
  soon: ReadonlyMap<string, string>,
): References {
  const logical = { type: 'Patient', identifier };
  const logicalPatient = byteText(logical);
  const literal = ledger.patientId === undefined ? soon.get(uuid) : `Patient/${ledger.patientId}`;
  return {
    logicalPatient,
    patient: literal === undefined ? logicalPatient : byteText({ reference: literal, ...logical }),
    to: (one) => {
      const row = ledger.rows.get(one);
      return row?.serverId === undefined ? (soon.get(one) ?? `urn:uuid:${one}`) : `${row.type}/${row.serverId}`;
    },
  };
}
