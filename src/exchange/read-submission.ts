import { canonicalCourse } from '../course/canonical.ts';
import { courseServiceId, type CourseKey } from '../course/identity.ts';
import { statementsOf, statementsText } from '../course/partial-statements.ts';
import { readText } from '../course/read-text.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { writeJson, type Json } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { acceptPartial } from '../mapping/accept-partial.ts';
import type { Issue, Read } from '../outcome/issue.ts';
import type { Incoming } from './decision.ts';
import { hashOf } from './settle.ts';

/** A text that somebody submits. */
export interface SubmittedText {
  readonly text: string;
  readonly kind: 'snapshot' | 'partial';
  /** Our id of the course that it must be of. */
  readonly addressedTo?: string;
}

/** A submission that is right in itself, and whose it is. */
export interface Addressed {
  readonly id: string;
  readonly key: CourseKey;
  readonly incoming: Incoming;
}

/** Reads a text as what it was submitted as: every fault at once, or the submission. */
export function readSubmission(submitted: SubmittedText, definitions: Definitions): Read<Addressed> {
  const { value: json, issues: faults } = readText(submitted.text);
  if (json === undefined) return { value: undefined, issues: faults };
  const read = submitted.kind === 'snapshot' ? readSnapshot(json, definitions) : readPartialText(json, definitions);
  const { addressedTo } = submitted;
  if (read.value === undefined || addressedTo === undefined || read.value.id === addressedTo) return read;
  const mismatch: Issue = { code: 'id-mismatch', at: '' };
  return { value: undefined, issues: [...read.issues, mismatch] };
}

function readSnapshot(json: Json, definitions: Definitions): Read<Addressed> {
  const { value, issues } = acceptCourse(json, definitions);
  if (value === undefined) return { value, issues };
  const course = canonicalCourse(value);
  const text = writeJson(course);
  return addressed(course, { kind: 'snapshot', course, text, hash: hashOf(text), issues }, issues);
}

function readPartialText(json: Json, definitions: Definitions): Read<Addressed> {
  const { value: partial, issues } = acceptPartial(json, definitions);
  if (partial === undefined) return { value: partial, issues };
  const hash = hashOf(statementsText(statementsOf(partial)));
  return addressed(partial.key, { kind: 'partial', partial, text: writeJson(json), hash, issues }, issues);
}

function addressed({ system, id }: CourseKey, incoming: Incoming, issues: readonly Issue[]): Read<Addressed> {
  const key = { system, id };
  return { value: { id: courseServiceId(key), key, incoming }, issues };
}
