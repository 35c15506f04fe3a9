import { writeJson } from '../json/json.ts';
import type { ProgrammeKey, Size } from '../synthetic/programmes.ts';
import { synthesize } from '../synthetic/synthesize.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, type Terminal } from './terminal.ts';

/** What to make up. */
export interface Synthesis {
  readonly courses: number;
  readonly seed: number;
  readonly size: Size;
}

/** Prints courses that no one had, one a line. */
export async function synthesizeCommand(
  programme: ProgrammeKey,
  { courses, seed, size }: Synthesis,
  terminal: Terminal,
): Promise<ExitCode> {
  for (let index = 0; index < courses; index += 1) {
    await terminal.out(writeJson(synthesize(programme, { seed, index, size })));
    terminal.progress(() => `synthesize: ${counted(index + 1, 'course')} so far`);
  }
  terminal.say(`synthesize: ${counted(courses, 'course')}, all made up.`);
  return exitCodes.good;
}
