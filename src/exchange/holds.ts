import type { Identifier } from '../course/identity.ts';
import { field, root } from '../course/path.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Known, Terms } from './decision.ts';
import type { Ground } from './ground.ts';
import { goneParts, wouldRetract } from './would-retract.ts';

/** What a submission would make of a course. */
export interface Prospect {
  readonly patient: Identifier;
  /** The parts that are taken back by it, by their keys; of those that it names, not what is within them. */
  readonly gone: ReadonlySet<string>;
}

/** Why a submission that is right waits for a person; none where one has already said yes. */
export async function holdsOf(prospect: Prospect, ground: Ground, known: Known, terms: Terms): Promise<Issue[]> {
  if (terms.released) return [];
  const issues: Issue[] = [];
  if (ground.base?.kind === 'withdrawal') issues.push({ code: 'course-withdrawn', at: root });
  if (isAnotherPatient(prospect.patient, known)) issues.push({ code: 'patient-changed', at: field(root, 'patient') });
  if (prospect.gone.size > 0) {
    const sent = (await known.sent()).map(({ text }) => partsAlone(text));
    const issue = wouldRetract(prospect.gone, sent, terms.limits);
    if (issue !== undefined) issues.push(issue);
  }
  return issues;
}

/** As long as no version is known, nobody has said whose the course is. */
export function isAnotherPatient({ system, value }: Identifier, { record }: Known): boolean {
  return record?.version !== undefined && (record.patient.system !== system || record.patient.value !== value);
}

export const patientOf = ({ patient: { system, id } }: Pick<TreatmentCourse, 'patient'>): Identifier => ({
  system,
  value: id,
});

/** The parts that the present version has and the course has not. */
export async function goneFromPresent(course: TreatmentCourse, known: Known): Promise<ReadonlySet<string>> {
  if (known.record?.version === undefined) return new Set();
  const present = await known.present();
  return present === undefined ? new Set() : goneParts(partsAlone(present.text), course);
}

// Ids and statuses need no digits kept, which is a third of the time.
const partsAlone = (text: string): TreatmentCourse => JSON.parse(text) as TreatmentCourse;
