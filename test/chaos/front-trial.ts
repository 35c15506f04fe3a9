import type { Bundle } from '@medplum/fhirtypes';
import { courseDifferences } from '../../src/course/equal.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { pullCourses, type PulledCourse } from '../../src/exchange/pull.ts';
import { heldResources } from '../../src/exchange/receipt.ts';
import type { PatientPolicy } from '../../src/exchange/situation.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { withoutIds } from '../mapping/without-ids.ts';
import { coursesOf, isDated, laterVersionOf, without } from './front-courses.ts';
import { depotAt, type Delivered } from './front-delivery.ts';
import type { Switches } from './front-rules.ts';
import type { Front } from './front.ts';

/** What a front is made to lack, and how many answers it loses after the server behind did what was asked. */
export interface Trial {
  readonly index: number;
  readonly switches: Switches;
  readonly patients: PatientPolicy;
  readonly resets: number;
}

export interface TrialResult {
  /** What is not as it should be: nothing. */
  readonly problems: readonly string[];
  readonly lost: number;
  readonly inPart: number;
  readonly attempts: number;
}

/** How many courses are brought where answers are lost, so that over 200 are; without that one is enough. */
const coursesPerTrial = 5;

/**
 * Whether a lost answer can always be made good. What has neither an identifier nor a date, on a target that searches by
 * nothing else, waits for a person.
 */
const canTell = ({ switches, resets }: Trial): boolean =>
  resets === 0 || switches.identifiers === undefined || switches.requiredSearch === undefined;

/** Brings two versions of some courses through the front, and holds its server against what the receipts say. */
export async function runTrial(front: Front, behind: string, trial: Trial): Promise<TrialResult> {
  const { index, switches, patients, resets } = trial;
  front.switches = switches;
  front.ledger.forget();
  let left = resets;
  let writes = 0;
  front.losesAnswer = () => {
    writes += 1;
    if (left === 0 || writes % 3 === 0) return false;
    left -= 1;
    return true;
  };
  const depot = depotAt(front.base);
  const problems: string[] = [];
  let inPart = 0;
  let attempts = 0;
  const suits = canTell(trial) ? (): boolean => true : isDated;
  const courses = coursesOf(index).filter((one) => suits(one) && suits(laterVersionOf(one)));
  for (const [n, course] of courses
    .take(resets === 0 ? 1 : coursesPerTrial)
    .toArray()
    .entries()) {
    if (patients === 'resolve') await makePatient(behind, course);
    const courier = depot.courier(patients);
    for (const version of [course, laterVersionOf(course)]) {
      const delivered = await courier.deliver(version);
      attempts += delivered.attempts;
      if (delivered.outcome.ended === 'in-part') inPart += 1;
      problems.push(...(await problemsOf(delivered, version, front, behind)).map((one) => `course ${n}: ${one}`));
    }
    const before = front.log.length;
    await courier.deliver(laterVersionOf(course));
    if (front.log.length > before) problems.push(`course ${n}: an unchanged version was not left alone`);
  }
  return { problems, lost: resets - left, inPart, attempts };
}

async function problemsOf(
  { outcome, receipt }: Delivered,
  course: TreatmentCourse,
  front: Front,
  behind: string,
): Promise<string[]> {
  const problems: string[] = [];
  const isListed = ({ code }: { code: string }): boolean => code === 'not-deliverable';
  const listed = outcome.issues.filter(isListed).map(({ at }) => at);
  const ended = listed.length === 0 ? 'delivered' : 'in-part';
  if (outcome.ended !== ended) problems.push(`ended ${outcome.ended}, not ${ended}`);
  for (const { code, at } of outcome.issues.filter((one) => !isListed(one))) problems.push(`issue ${code} at ${at}`);
  // The receipt says exactly what is there.
  const rows = new Map(heldResources(receipt?.resources).map((row) => [row.uuid, row]));
  for (const { resource, identifier, uuid, at } of mapCourse(course, definitions).resources) {
    const name = `${resource.resourceType}|${identifier.system}|${identifier.value}`;
    const there = front.ledger.placesOf(name).length > 0;
    const state = rows.get(uuid)?.state;
    if ((state === 'held') !== there)
      problems.push(`${state ?? 'not in the receipt'} and ${there ? '' : 'not '}there: ${at}`);
    if (state !== 'held' && state !== 'not-deliverable') problems.push(`${state ?? 'not in the receipt'}: ${at}`);
  }
  problems.push(...front.ledger.doubled().map((name) => `twice: ${name}`));
  const patients = await patientsOf(behind, course);
  if (patients !== 1) problems.push(`the patient is there ${patients} times`);
  return [...problems, ...differences(await pull(front.base, course), course, listed)];
}

/** What comes back is the course without what is listed. */
function differences(pulled: PulledCourse, course: TreatmentCourse, listed: readonly string[]): string[] {
  if (pulled.kind === 'failed') return [`nothing was pulled: ${pulled.issues.map(({ code }) => code).join()}`];
  const isId = (at: string): boolean => at.endsWith('.id');
  const expected = without(
    course,
    listed.filter((at) => !isId(at)),
  );
  if (!listed.some(isId)) {
    const found = courseDifferences(expected, pulled.course, { numbers: 'value' });
    return found.map(({ kind, at }) => `pulled otherwise: ${kind} ${at}`);
  }
  return withoutIds(pulled.course) === withoutIds(expected) ? [] : ['pulled otherwise, ids aside'];
}

async function pull(base: string, course: TreatmentCourse): Promise<PulledCourse> {
  const selection = {
    course: { system: course.system, value: course.id },
    patient: { system: course.patient.system, value: course.patient.id },
  };
  const server = fhirServer({ base, authentication: { kind: 'none' } });
  for await (const pulled of pullCourses(server, selection, definitions)) return pulled;
  return { kind: 'failed', issues: [] };
}

async function patientsOf(behind: string, { patient }: TreatmentCourse): Promise<number> {
  const query = new URLSearchParams({ identifier: `${patient.system}|${patient.id}`, _summary: 'count' });
  const response = await fetch(`${behind}/Patient?${query.toString()}`, { headers: { 'Cache-Control': 'no-cache' } });
  return ((await response.json()) as Bundle).total ?? 0;
}

async function makePatient(behind: string, { patient }: TreatmentCourse): Promise<void> {
  const body = { resourceType: 'Patient', identifier: [{ system: patient.system, value: patient.id }] };
  const response = await fetch(`${behind}/Patient`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
}
