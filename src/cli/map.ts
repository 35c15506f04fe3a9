import type { Definitions } from '../definitions/definitions.ts';
import { jsonBytes } from '../json/bytes.ts';
import type { Claim } from '../mapping/claim.ts';
import { bundleOf, mapCourse, type Patients } from '../mapping/course-to-bundle.ts';
import { coursesIn } from './courses.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** Prints a Bundle a line for each course; a course that is refused says why on stderr and the others still go out. */
export async function mapCommand(
  inputs: readonly Input[],
  patients: Patients,
  claim: Claim,
  definitions: Definitions,
  terminal: Terminal,
): Promise<ExitCode> {
  let read = 0;
  let written = 0;
  for await (const { place, value, issues } of coursesIn(inputs, definitions)) {
    read += 1;
    terminal.issues(place, issues);
    if (value !== undefined) {
      await terminal.out(jsonBytes(bundleOf(mapCourse(value, definitions), patients, claim)));
      written += 1;
    }
    terminal.progress(() => `map: ${counted(read, 'course')} so far`);
  }
  terminal.say(`map: ${counted(read, 'course')} read, ${written} mapped, ${read - written} refused.`);
  return written === read ? exitCodes.good : exitCodes.refused;
}
