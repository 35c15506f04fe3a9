import { courseServiceId } from '../course/identity.ts';
import { readText } from '../course/read-text.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { pushCourse } from '../exchange/push.ts';
import type { Receipt } from '../exchange/receipt.ts';
import { writeJson } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Wiring } from './wiring.ts';
import { receiptJson } from './wire.ts';

/** What became of a submitted text. */
export interface Submission {
  /** The course's address; undefined where the text is no course. */
  readonly id: string | undefined;
  readonly state: Receipt['state'];
  readonly issues: readonly Issue[];
  readonly receipt?: Receipt;
}

/** Takes a text as a course, delivers it and keeps it where the target holds, or may hold, something of it. */
export async function submit(text: string, wiring: Wiring, addressedTo?: string): Promise<Submission> {
  const json = readText(text);
  const { value: course, issues } = json.value === undefined ? json : acceptCourse(json.value, wiring.definitions);
  if (course === undefined) return { id: undefined, state: 'refused', issues };
  const id = courseServiceId(course as TreatmentCourse);
  if (addressedTo !== undefined && id !== addressedTo) {
    return { id: undefined, state: 'refused', issues: [...issues, { code: 'id-mismatch', at: '' }] };
  }
  return deliver(course as TreatmentCourse, id, issues, wiring);
}

async function deliver(
  course: TreatmentCourse,
  id: string,
  issues: readonly Issue[],
  { server, definitions, patients, shelf }: Wiring,
): Promise<Submission> {
  const pushed = await pushCourse(course, { server, definitions, patients });
  const receipt = { ...pushed, issues: [...issues, ...pushed.issues] };
  if (pushed.state !== 'refused' && pushed.state !== 'unavailable') {
    await shelf.keep(id, { courseText: writeJson(course), receiptText: writeJson(receiptJson(receipt)) });
  }
  return { id, state: pushed.state, issues: receipt.issues, receipt };
}
