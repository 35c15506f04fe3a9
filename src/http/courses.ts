import type { Request } from 'express';
import { readText } from '../course/read-text.ts';
import { writeJson } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { bundleOf, mapCourse } from '../mapping/course-to-bundle.ts';
import { statusOf } from '../outcome/operation-outcome.ts';
import { readBody } from './body.ts';
import { fhirJson, issueReply, issuesReply, jsonReply, ndjsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Wiring } from './wiring.ts';
import type { Shelved } from './shelf.ts';
import { submit, type Submission } from './submit.ts';
import { outcomeJson, receiptJson } from './wire.ts';

/** POST /courses: one course, or one a line. */
export function postCourses(wiring: Wiring): Handler {
  return async (request) => {
    const body = await readBody(request, ['json', 'ndjson']);
    if (!body.ok) return body.reply;
    if (body.kind === 'json') return submissionReply(await submit(body.text, wiring));
    return streamReply(await submitLines(body.text, wiring));
  };
}

/** PUT /courses/{id}: a version of that course and no other. */
export function putCourse(wiring: Wiring): Handler {
  return async (request) => {
    const body = await readBody(request, ['json']);
    return body.ok ? submissionReply(await submit(body.text, wiring, idIn(request))) : body.reply;
  };
}

/** GET /courses: what was submitted here, by our own ids. */
export function listCourses({ shelf }: Wiring): Handler {
  return async () => jsonReply(200, { courses: (await shelf.ids()).map((id) => ({ id })) });
}

/** GET /courses/{id}: the course, every digit as it was sent. */
export const getCourse = (wiring: Wiring): Handler =>
  fromShelf(wiring, ({ courseText }) => ({ status: 200, type: 'application/json', body: courseText }));

/** GET /courses/{id}/receipt: what the target held after the last delivery. */
export const getReceipt = (wiring: Wiring): Handler =>
  fromShelf(wiring, ({ receiptText }) => ({ status: 200, type: 'application/json', body: receiptText }));

/** GET /courses/{id}/bundle: the bytes that `coursebridge map` prints, the line's end included. */
export const getBundle = (wiring: Wiring): Handler =>
  fromShelf(wiring, ({ courseText }) => {
    const json = readText(courseText).value;
    const course = json === undefined ? undefined : acceptCourse(json, wiring.definitions).value;
    if (course === undefined) throw new Error('a course on the shelf is not one that we accept');
    const bundle = bundleOf(mapCourse(course, wiring.definitions), 'logical');
    return { status: 200, type: fhirJson, body: `${writeJson(bundle)}\n` };
  });

function fromShelf({ shelf }: Wiring, reply: (shelved: Shelved) => Reply): Handler {
  return async (request) => {
    const shelved = await shelf.find(idIn(request));
    return shelved === undefined ? issueReply('course-unknown') : reply(shelved);
  };
}

const idIn = ({ params }: Request): string => String(params['id']).toLowerCase();

function submissionReply({ id, state, issues, receipt }: Submission): Reply {
  const location = id === undefined || !isKept(state) ? {} : { Location: `/courses/${id}` };
  if (state === 'delivered' && receipt !== undefined) return jsonReply(202, receiptJson(receipt), location);
  const wait = receipt?.retryAfterSeconds;
  return issuesReply(issues, { ...location, ...(wait !== undefined && { 'Retry-After': String(Math.ceil(wait)) }) });
}

const isKept = (state: Submission['state']): boolean => state !== 'refused' && state !== 'unavailable';

interface LineSubmission extends Submission {
  readonly line: number;
}

async function submitLines(text: string, wiring: Wiring): Promise<LineSubmission[]> {
  const results: LineSubmission[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    results.push({ line: index + 1, ...(await submit(line, wiring)) });
  }
  return results;
}

/** Nothing good is lost to a bad neighbour: only a stream without one good line is refused as a whole. */
function streamReply(results: readonly LineSubmission[]): Reply {
  if (results.length === 0) return issueReply('malformed-json');
  const lines = results.map(({ line, id, state, issues }) => ({
    line,
    ...(id && { id }),
    state,
    issues: outcomeJson(issues),
  }));
  return ndjsonReply(streamStatus(results), lines);
}

function streamStatus(results: readonly LineSubmission[]): number {
  if (results.some(({ state }) => state === 'delivered')) return 202;
  // A target that is down is no fault of the lines: they can be sent again as they are.
  const ofTarget = results.map(({ issues }) => statusOf(issues)).filter((status) => status >= 500);
  return ofTarget.length === results.length ? Math.max(...ofTarget) : 422;
}
