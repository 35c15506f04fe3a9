import { keywords } from '../course/keywords.ts';
import type { TreatmentCourse } from '../course/schema.ts';
import { writeJson } from '../json/json.ts';
import { coverageOf } from '../synthetic/coverage.ts';
import type { ProgrammeKey, Size } from '../synthetic/programmes.ts';
import { synthesize } from '../synthetic/synthesize.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { UsageFault } from './inputs.ts';
import { counted, type Terminal } from './terminal.ts';

/** What to make up. */
export interface Synthesis {
  /** 1, or for the coverage 100 of each programme, where it is not said. */
  readonly courses?: number;
  readonly seed: number;
  readonly size: Size;
  /** Whether to print what of the course format does not occur, instead of courses. */
  readonly coverage?: boolean;
}

/** Prints courses that no one had, one a line, or what such courses do not cover. */
export async function synthesizeCommand(
  programme: ProgrammeKey | undefined,
  synthesis: Synthesis,
  terminal: Terminal,
): Promise<ExitCode> {
  const coverage = synthesis.coverage ?? false;
  if (coverage && programme !== undefined) throw new UsageFault('--coverage is that of all programmes: name none.');
  if (coverage) return printCoverage(synthesis, terminal);
  if (programme === undefined) throw new UsageFault('Name a programme, or ask for --coverage.');
  return printCourses(programme, synthesis, terminal);
}

async function printCourses(
  programme: ProgrammeKey,
  { courses = 1, seed, size }: Synthesis,
  terminal: Terminal,
): Promise<ExitCode> {
  for (let index = 0; index < courses; index += 1) {
    await terminal.out(writeJson(synthesize(programme, { seed, index, size })));
    terminal.progress(() => `synthesize: ${counted(index + 1, 'course')} so far`);
  }
  terminal.say(`synthesize: ${counted(courses, 'course')}, all made up.`);
  return exitCodes.good;
}

async function printCoverage({ courses = 100, seed, size }: Synthesis, terminal: Terminal): Promise<ExitCode> {
  function* ofEachProgramme(): Generator<TreatmentCourse> {
    for (const [place, programme] of keywords.programme.entries()) {
      for (let index = 0; index < courses; index += 1) {
        yield synthesize(programme, { seed, index, size });
        terminal.progress(() => `synthesize: ${counted(place * courses + index + 1, 'course')} so far`);
      }
    }
  }
  const { missing, total } = coverageOf(ofEachProgramme());
  for (const line of missing) await terminal.out(line);
  await terminal.out(`${missing.length} of ${total} leaves and keywords missing`);
  terminal.say(`synthesize: looked at ${counted(courses * keywords.programme.length, 'course')}, all made up.`);
  return missing.length === 0 ? exitCodes.good : exitCodes.refused;
}
