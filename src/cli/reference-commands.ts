import { Argument, Option } from 'commander';
import { keywords } from '../course/keywords.ts';
import { writeJson } from '../json/json.ts';
import type { ProgrammeKey } from '../synthetic/programmes.ts';
import type { Commands, Run } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import { definitionsOf, profilesOption, wholeNumber, type ProfilesOptions } from './options.ts';
import type { Synthesis } from './synthesize.ts';

/** The commands that need no input: made-up courses, and what there is to know. */
export function addReference(command: Commands, { terminal, end }: Run): void {
  command('synthesize', 'courses that no one had: a course a line')
    .addArgument(new Argument('[programme]', 'the programme').choices(keywords.programme))
    .addOption(new Option('--courses <n>', 'how many (default: 1)').argParser(wholeNumber))
    .addOption(new Option('--seed <n>', 'another seed gives other courses').argParser(wholeNumber).default(1))
    .addOption(new Option('--size <size>', 'how large').choices(['small', 'full']).default('small'))
    .option('--coverage', 'what of the course format no course of any programme uses')
    .action(async (programme: ProgrammeKey | undefined, synthesis: Synthesis) => {
      const { synthesizeCommand } = await import('./synthesize.ts');
      end(await synthesizeCommand(programme, synthesis, terminal));
    });
  command('schema', 'the JSON Schema of the course format')
    .option('--partial', 'of what PATCH takes')
    .action(async ({ partial = false }: { partial?: boolean }) => {
      const { courseJsonSchema } = await import('../course/schema.ts');
      const { partialJsonSchema } = await import('../course/partial-schema.ts');
      await terminal.out(writeJson(partial ? partialJsonSchema() : courseJsonSchema(), 2));
      end(exitCodes.good);
    });
  command('fields', 'where every field of the course format stands in FHIR')
    .option('--json', 'as JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { fieldsCommand } = await import('./fields.ts');
      end(await fieldsCommand(json, terminal));
    });
  command('instruments', 'the instruments whose answers are understood, with their scores')
    .option('--json', 'as JSON')
    .addOption(profilesOption())
    .action(async (options: ProfilesOptions & { json?: boolean }) => {
      const definitions = await definitionsOf(options, terminal);
      const { instrumentsCommand } = await import('./instruments.ts');
      end(await instrumentsCommand(options.json ?? false, definitions, terminal));
    });
}
