import type { Definitions } from '../definitions/definitions.ts';
import { jsonBytes } from '../json/bytes.ts';
import { isJsonObject, writeJson, type Json } from '../json/json.ts';
import { findCourses } from '../mapping/bundle-to-course.ts';
import type { ReceivedResource } from '../mapping/mapped.ts';
import { receivedFrom } from '../mapping/received.ts';
import { refuses, type Issue } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import { documentsIn } from './documents.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** What is read together: a Bundle, or all single resources of an input. */
interface ReceivedSet {
  readonly place: string;
  readonly received: readonly ReceivedResource[];
  readonly issues: readonly Issue[];
}

/**
 * Prints a course a line for each one found. Strangers, and what nobody claimed, are said on stderr and, one
 * OperationOutcome for each set of resources, handed to `writeOutcome`.
 */
export async function unmapCommand(
  inputs: readonly Input[],
  definitions: Definitions,
  writeOutcome: (line: string) => void,
  terminal: Terminal,
): Promise<ExitCode> {
  let found = 0;
  let strangers = 0;
  let faulty = false;
  for (const input of inputs) {
    for await (const { place, received, issues: unread } of setsIn(input)) {
      const set = findCourses(received, definitions);
      for (const { course } of set.courses) await terminal.out(jsonBytes(course));
      const issues = [...unread, ...set.issues, ...set.courses.flatMap((course) => course.issues), ...set.strangers];
      terminal.issues(place, issues);
      writeOutcome(writeJson(operationOutcome(issues)));
      found += set.courses.length;
      strangers += set.strangers.length;
      faulty ||= refuses(issues);
      terminal.progress(() => `unmap: ${counted(found, 'course')} so far`);
    }
  }
  terminal.say(`unmap: ${counted(found, 'course')} found, ${counted(strangers, 'resource')} of no course.`);
  return faulty ? exitCodes.refused : exitCodes.good;
}

/** A Bundle is a set of its own; resources that stand alone form one, since a course is many of them. */
async function* setsIn({ name, chunks }: Input): AsyncGenerator<ReceivedSet> {
  const alone: ReceivedResource[] = [];
  let index = 0;
  for await (const { line, value, issues } of documentsIn(chunks())) {
    const place = `${name}:${line}`;
    if (value !== undefined && isBundle(value)) {
      yield { place, received: receivedFrom(value) ?? [], issues: [] };
      continue;
    }
    const at = `resources[${index}]`;
    index += 1;
    const received = value === undefined ? undefined : receivedFrom(value, at);
    if (received !== undefined) alone.push(...received);
    else yield { place, received: [], issues: issues.length > 0 ? issues : [{ code: 'not-fhir', at }] };
  }
  if (alone.length > 0) yield { place: name, received: alone, issues: [] };
}

const isBundle = (value: Json): boolean => isJsonObject(value) && value['resourceType'] === 'Bundle';
