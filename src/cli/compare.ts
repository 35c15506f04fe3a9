import type { Difference } from '../course/equal.ts';
import { courseServiceId } from '../course/identity.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Verification } from '../exchange/verify.ts';
import { statusOf } from '../outcome/operation-outcome.ts';
import { coursesIn } from './courses.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import type { Terminal } from './terminal.ts';

/** Courses to compare others with, each with the place where it stands. */
export type Expected = Map<string, { readonly place: string; readonly course: TreatmentCourse }>;

/** Reads the courses to compare with; undefined where one of them is none, which is said. */
export async function expectedIn(
  inputs: readonly Input[],
  definitions: Definitions,
  terminal: Terminal,
): Promise<Expected | undefined> {
  const expected: Expected = new Map();
  let good = true;
  for await (const { place, value: course, issues } of coursesIn(inputs, definitions)) {
    if (course !== undefined) expected.set(courseServiceId(course), { place, course });
    else {
      good = false;
      terminal.issues(place, issues);
    }
  }
  return good ? expected : undefined;
}

const sentences: Readonly<Record<Difference['kind'], string>> = {
  changed: 'the target says something else.',
  missing: 'the target does not have this.',
  extra: 'only the target has this.',
};

/** Says where a course and what a target holds of it differ, and gives what the command ends with. */
export function sayDifferences(place: string, verification: Verification, terminal: Terminal): ExitCode {
  terminal.issues(place, verification.issues);
  if (verification.kind === 'failed') {
    return statusOf(verification.issues) >= 500 ? exitCodes.unavailable : exitCodes.different;
  }
  for (const { at, kind } of verification.differences) terminal.say(`${place}: ${at}: ${sentences[kind]}`);
  return verification.kind === 'equal' ? exitCodes.good : exitCodes.different;
}
