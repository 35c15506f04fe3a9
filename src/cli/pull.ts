import { courseServiceId } from '../course/identity.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { FhirServer } from '../exchange/ports.ts';
import { pullCourses } from '../exchange/pull.ts';
import type { Selection } from '../exchange/summaries.ts';
import { comparePulled } from '../exchange/verify.ts';
import { writeJson } from '../json/json.ts';
import { refuses, type Issue } from '../outcome/issue.ts';
import { statusOf } from '../outcome/operation-outcome.ts';
import { expectedIn, sayDifferences } from './compare.ts';
import { exitCodes, gravest, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** What to pull from where, and what to compare it with. */
export interface PullFrom {
  readonly server: FhirServer;
  readonly definitions: Definitions;
  readonly selections: readonly Selection[];
  readonly compared: readonly Input[] | undefined;
}

/** Prints each pulled course on a line, says what is missing of it, and where it is not what it is compared with. */
export async function pullCommand(from: PullFrom, terminal: Terminal): Promise<ExitCode> {
  const { server, definitions, selections, compared } = from;
  const expected = compared === undefined ? undefined : await expectedIn(compared, definitions, terminal);
  if (compared !== undefined && expected === undefined) {
    terminal.say('pull: nothing was pulled, because what to compare with is not good.');
    return exitCodes.refused;
  }
  const codes = new Set<ExitCode>();
  const onlyOneHasIt = (sentence: string): ExitCode => {
    terminal.say(sentence);
    return exitCodes.different;
  };
  // A course that two selections ask for is printed once.
  const seen = new Set<string>();
  for (const selection of selections) {
    for await (const pulled of pullCourses(server, selection, definitions)) {
      codes.add(codeOf(pulled.issues));
      if (pulled.kind === 'failed') {
        terminal.issues('target', pulled.issues);
        continue;
      }
      const id = courseServiceId(pulled.course);
      if (seen.has(id)) continue;
      seen.add(id);
      await terminal.out(writeJson(pulled.course));
      const other = expected?.get(id);
      if (other !== undefined) {
        codes.add(sayDifferences(other.place, comparePulled(other.course, pulled), terminal));
      } else {
        terminal.issues(`course ${id}`, pulled.issues);
        if (expected !== undefined) codes.add(onlyOneHasIt(`course ${id}: only the target has this course.`));
      }
      terminal.progress(() => `pull: ${counted(seen.size, 'course')} so far`);
    }
  }
  for (const [id, { place }] of expected ?? []) {
    if (!seen.has(id))
      codes.add(onlyOneHasIt(`${place}: the target does not have this course, or it was not asked for.`));
  }
  terminal.say(`pull: ${counted(seen.size, 'course')} pulled.`);
  return gravest(codes);
}

function codeOf(issues: readonly Issue[]): ExitCode {
  if (!refuses(issues)) return exitCodes.good;
  return statusOf(issues) >= 500 ? exitCodes.unavailable : exitCodes.refused;
}
