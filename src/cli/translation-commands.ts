import type { Claim } from '../mapping/claim.ts';
import type { Patients } from '../mapping/course-to-bundle.ts';
import type { Commands, Run } from './commands.ts';
import {
  claimOption,
  configOf,
  definitionsOf,
  filesArgument,
  inputsFrom,
  patientsOption,
  profilesOption,
  type ProfilesOptions,
} from './options.ts';

/** The commands that read files and write to standard output. */
export function addTranslations(command: Commands, { terminal, stdin, end }: Run): void {
  command('map', 'courses to FHIR: a Bundle a line')
    .addArgument(filesArgument())
    .addOption(patientsOption(['logical', 'create']))
    .addOption(claimOption())
    .addOption(profilesOption())
    .action(async (files: string[], options: ProfilesOptions & { patients: Patients; claim: Claim }) => {
      const read = inputsFrom(files, stdin);
      const definitions = await definitionsOf(options, terminal);
      const { mapCommand } = await import('./map.ts');
      end(await mapCommand(read, options.patients, options.claim, definitions, terminal));
    });
  command('unmap', 'FHIR to courses: a course a line')
    .addArgument(filesArgument())
    .option('--issues <file>', 'where to write what was not understood, one OperationOutcome a line')
    .addOption(profilesOption())
    .action(async (files: string[], options: ProfilesOptions & { issues?: string }) => {
      const read = inputsFrom(files, stdin);
      const definitions = await definitionsOf(options, terminal);
      const { openOutcomeFile } = await import('./outcome-file.ts');
      const { unmapCommand } = await import('./unmap.ts');
      const outcomes = openOutcomeFile(options.issues, configOf().callerFolder);
      end(await unmapCommand(read, definitions, outcomes.line, terminal));
      outcomes.close();
    });
  command('validate', 'what is wrong with courses: an OperationOutcome a line')
    .addArgument(filesArgument())
    .addOption(profilesOption())
    .action(async (files: string[], options: ProfilesOptions) => {
      const read = inputsFrom(files, stdin);
      const definitions = await definitionsOf(options, terminal);
      const { validateCommand } = await import('./validate.ts');
      end(await validateCommand(read, definitions, terminal));
    });
}
