import type { Definitions } from '../definitions/definitions.ts';
import { writeJson } from '../json/json.ts';
import { refuses } from '../outcome/issue.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import { coursesIn } from './courses.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** Prints an OperationOutcome a line for each course, in the order of the input. */
export async function validateCommand(
  inputs: readonly Input[],
  definitions: Definitions,
  terminal: Terminal,
): Promise<ExitCode> {
  let read = 0;
  let refused = 0;
  for await (const { issues } of coursesIn(inputs, definitions)) {
    read += 1;
    if (refuses(issues)) refused += 1;
    await terminal.out(writeJson(operationOutcome(issues)));
    terminal.progress(() => `validate: ${counted(read, 'course')} so far`);
  }
  terminal.say(`validate: ${counted(read, 'course')} read, ${read - refused} good, ${refused} refused.`);
  return refused === 0 ? exitCodes.good : exitCodes.refused;
}
