import type { Resource } from '@medplum/fhirtypes';
import type { Prepared } from './aims.ts';
import { changeFor, patientOf, patientToMake, type Change } from './change.ts';
import { uuidsInText } from './content.ts';
import type { CourseDelivery } from './deliver-course.ts';
import type { Ending } from './delivery-outcome.ts';
import { isDone, type Ledger } from './ledger.ts';
import type { KnownPatient } from './patient.ts';
import { isContended, type Setback } from './remedy.ts';
import { withoutThose } from './slices.ts';
import type { Wanted } from './wanted.ts';

/** The patient whom this delivery made, and nobody has looked at yet. */
export function madeHere(
  id: string | undefined,
  identifier: { system: string; value: string },
): KnownPatient | undefined {
  if (id === undefined) return undefined;
  const reference = `Patient/${id}`;
  const record = { resourceType: 'Patient', id, identifier: [identifier] } satisfies Resource;
  return { reference, aliases: new Set([reference]), identifiers: [identifier], record };
}

export function changesOf({ course, versionSeq }: CourseDelivery, { wanted, ledger }: Prepared): readonly Change[] {
  const { impossible } = ledger;
  const open = wanted.filter((one) => !isDone(one, ledger) && !impossible.has(one.mapped.uuid));
  const coming = new Set(open.filter(({ aim }) => aim === 'held').map(({ mapped }) => mapped.uuid));
  const changes = open.map((one) =>
    changeFor(one, ledger, one.aim === 'retracted' ? notThere(one, ledger, coming) : impossible),
  );
  const possible = withoutThose(changes, new Set(ledger.refused.keys()));
  // A patient alone is no course: it is made with the first resources of one.
  const isToBeMade = ledger.patientId === undefined && possible.some(({ wanted: { aim } }) => aim === 'held');
  if (!isToBeMade) return possible;
  // Where the patient may not be made, nothing of the course can be.
  return ledger.refused.has(patientOf(course).uuid) ? [] : [patientToMake(course, versionSeq), ...possible];
}

/** What a resource that is taken back refers to, and the target never had. */
function notThere({ content }: Wanted, { rows }: Ledger, coming: ReadonlySet<string>): ReadonlySet<string> {
  const isGone = (uuid: string): boolean => rows.get(uuid)?.serverId === undefined && !coming.has(uuid);
  return new Set(uuidsInText(content.text).filter(isGone));
}

/** Whether others keep writing what we write. What is to be taken off can be held by what refers to it. */
export function isOthersDoing(stop: Setback, { wanted }: Prepared): boolean {
  const isGoing = wanted.some(({ mapped, aim }) => aim === 'deleted' && stop.refusals.has(mapped.uuid));
  return isContended(stop) && !isGoing;
}

/** What ended a delivery that was answered entry by entry is that the target went on asking to wait. */
export function endingOf(stop: Setback): Ending {
  const { failure, refusals, postponed } = stop;
  if (isContended(stop)) {
    const status = failure?.status ?? [...refusals.values()][0]?.status;
    return { kind: 'failed', failure: { kind: 'unavailable', ...(status !== undefined && { status }) } };
  }
  if (failure !== undefined) return { kind: 'failed', failure, refusals };
  const seconds = postponed?.seconds;
  return {
    kind: 'failed',
    failure: { kind: 'unavailable', ...(seconds !== undefined && { retryAfterSeconds: seconds }) },
  };
}
