import type { Definitions } from '../definitions/definitions.ts';
import { isJsonObject, writeJson, type Json } from '../json/json.ts';
import { acceptCourse } from '../mapping/accept-course.ts';
import { refuses, type Issue } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import type { Checker } from '../validation/checker.ts';
import { documentsIn } from './documents.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** What things are judged by. */
export interface Validating {
  readonly definitions: Definitions;
  /** Made when the first resource is met: courses need none. */
  readonly checker: () => Promise<Checker>;
  /** Profiles that every resource is to conform to, beside those that it claims. */
  readonly profiles: readonly string[];
}

/** Prints an OperationOutcome a line for each course and each resource, told by content, in the order of the input. */
export async function validateCommand(
  inputs: readonly Input[],
  validating: Validating,
  terminal: Terminal,
): Promise<ExitCode> {
  const read = { courses: 0, resources: 0 };
  let refused = 0;
  const things = (): string =>
    [
      ...(read.courses > 0 || read.resources === 0 ? [counted(read.courses, 'course')] : []),
      ...(read.resources > 0 ? [counted(read.resources, 'resource')] : []),
    ].join(' and ');
  for (const { chunks } of inputs) {
    for await (const { value, issues: unread } of documentsIn(chunks())) {
      const isOfFhir = value !== undefined && isResource(value);
      read[isOfFhir ? 'resources' : 'courses'] += 1;
      const issues =
        value === undefined ? unread : isOfFhir ? await faultsOf(value, validating) : readAs(value, validating);
      if (refuses(issues)) refused += 1;
      await terminal.out(writeJson(operationOutcome(issues)));
      terminal.progress(() => `validate: ${things()} so far`);
    }
  }
  const good = read.courses + read.resources - refused;
  terminal.say(`validate: ${things()} read, ${good} good, ${refused} refused.`);
  return refused === 0 ? exitCodes.good : exitCodes.refused;
}

/** A course says of itself what it is by other words. */
const isResource = (value: Json): boolean => isJsonObject(value) && Object.hasOwn(value, 'resourceType');

const readAs = (value: Json, { definitions }: Validating): readonly Issue[] => acceptCourse(value, definitions).issues;

async function faultsOf(value: Json, { checker, profiles }: Validating): Promise<readonly Issue[]> {
  return (await checker()).check(value, { profiles });
}
