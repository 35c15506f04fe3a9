import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readText } from '../course/read-text.ts';
import { courseServiceId } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { heldResources } from '../exchange/receipt.ts';
import { submitTexts } from '../exchange/submit.ts';
import { verifyCourse } from '../exchange/verify.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import type { Issue } from '../outcome/issue.ts';
import type { Way } from './way.ts';

/** An example course on its way: what was sent of it, and why not, where it was not. */
export interface Sent {
  readonly course: TreatmentCourse;
  readonly delivered: boolean;
  readonly resources: number;
  readonly issues: readonly Issue[];
}

/** What a target gave back of an example course. */
export interface Compared extends Sent {
  /** The places that differ; none where the course is equal. Undefined where there was nothing to compare. */
  readonly differences: readonly string[] | undefined;
}

/** The texts of the example courses, one a programme. */
export function exampleTexts(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((programme) => new URL(`${programme}/course.json`, folder))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
}

/** Submits a course as HTTP would, and waits for its delivery. Undefined where the text is no course that we accept. */
export async function send(text: string, { submissions, awaited, dispatcher }: Way): Promise<Sent | undefined> {
  const { store, definitions } = submissions;
  const [submitted] = await submitTexts([{ text, kind: 'snapshot' }], submissions);
  const json = readText(text).value;
  const course = json === undefined ? undefined : acceptCourse(json, definitions).value;
  const [delivery] = submitted?.deliveries ?? [];
  if (course === undefined || submitted?.id === undefined || delivery === undefined) return undefined;
  dispatcher.wake();
  const { state, issues, target } = await awaited.ended(delivery);
  const receipt = await store.transaction((tx) => tx.receipt(target, courseServiceId(course)));
  const held = receipt === undefined ? [] : heldResources(receipt.resources);
  return { course, delivered: state === 'delivered', resources: held.length, issues };
}

/** Pulls a course back from the target and compares it, numbers by value. */
export async function compare(sent: Sent, { server, submissions: { definitions } }: Way): Promise<Compared> {
  if (!sent.delivered) return { ...sent, differences: undefined };
  const verification = await verifyCourse(sent.course, server, definitions);
  if (verification.kind === 'failed') return { ...sent, issues: verification.issues, differences: undefined };
  if (verification.kind === 'equal') return { ...sent, differences: [] };
  const places = [...verification.differences, ...verification.issues].map(({ at }) => at);
  return { ...sent, differences: [...new Set(places)] };
}
