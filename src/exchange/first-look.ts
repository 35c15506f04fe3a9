import { courseIdentifier, serverId } from '../course/identity.ts';
import type { Prepared } from './aims.ts';
import type { Approach } from './approach.ts';
import type { CourseDelivery, DeliveryWorld } from './deliver-course.ts';
import type { Ledger } from './ledger.ts';
import type { KnownPatient } from './patient.ts';
import { findResources } from './find-resources.ts';
import { lookForPatient, type PatientThere } from './look-for-patient.ts';
import type { Look } from './situation.ts';
import { patientOf } from './change.ts';
import type { Wanted } from './wanted.ts';

/** The patient, and what has to be looked up by its identifier before anything is written. */
export type FirstLook = PatientThere & { readonly toLookAt: readonly Wanted[] };

/**
 * Looks for the patient, and, where nothing was ever sent, for the two resources that every course has: where neither is
 * there, none of it is.
 */
export async function firstLook(
  delivery: CourseDelivery,
  prepared: Prepared,
  { server, patients, knowledge }: DeliveryWorld,
  { strategy }: Approach,
): Promise<Look<FirstLook>> {
  const { wanted, ledger, unsure } = prepared;
  const { course, mode, openSince } = delivery;
  const isFirst = ledger.rows.size === 0 && openSince === undefined && mode === 'changes';
  const isCheap = isFirst && strategy !== 'resolve-then-write';
  const [there, begun] = await Promise.all([
    lookForPatient(course, server, patients),
    isCheap
      ? findResources(
          marks(delivery, wanted).map(({ mapped }) => mapped),
          {
            course,
            server,
            patients: [],
            whereabouts: { held: new Map(), types: prepared.types(), patient: patientOf(course) },
            coverage: knowledge.read().coverage,
            ourIds: strategy === 'update-as-create',
            maybeSent: () => false,
          },
        )
      : undefined,
  ]);
  if (there.kind !== 'clear') return there;
  if (begun !== undefined && 'kind' in begun) return { kind: 'failed', failure: begun };
  notePatient(ledger, there.known, wanted);
  if (isFirst) return { ...there, toLookAt: begun?.holdings.size === 0 ? [] : wanted };
  // What is not known is found by its identifier, where it is not found by our id.
  const isNew = ({ mapped }: Wanted): boolean => ledger.rows.get(mapped.uuid)?.serverId === undefined;
  const resolved = strategy === 'update-as-create' ? [] : wanted.filter(isNew);
  return { ...there, toLookAt: [...new Set([...unsure, ...resolved])] };
}

/** The summary and the record of a course. */
function marks({ course }: CourseDelivery, wanted: readonly Wanted[]): Wanted[] {
  const summary = serverId('Observation', courseIdentifier(course, 'summary'));
  const record = serverId('QuestionnaireResponse', courseIdentifier(course, 'record'));
  return wanted.filter(({ mapped: { uuid } }) => uuid === summary || uuid === record);
}

/** A patient whom the target replaced by another takes the course along: all of it refers to them. */
function notePatient(ledger: Ledger, known: KnownPatient | undefined, wanted: readonly Wanted[]): void {
  const id = known?.record.id;
  if (ledger.patientId !== undefined && ledger.patientId !== id) {
    for (const { mapped } of wanted) {
      const row = ledger.rows.get(mapped.uuid);
      if (row === undefined) continue;
      const { hash: _hash, ...rest } = row;
      ledger.rows.set(mapped.uuid, rest);
    }
  }
  ledger.patientId = id;
}
