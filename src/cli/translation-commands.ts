import { shippedDefinitions as definitions } from '../definitions/definitions.ts';
import type { Patients } from '../mapping/course-to-bundle.ts';
import type { Commands, Run } from './commands.ts';
import { configOf, filesArgument, inputsFrom, patientsOption } from './options.ts';

/** The commands that read files and write to standard output. */
export function addTranslations(command: Commands, { terminal, stdin, end }: Run): void {
  command('map', 'courses to FHIR: a Bundle a line')
    .addArgument(filesArgument())
    .addOption(patientsOption(['logical', 'create']))
    .action(async (files: string[], { patients }: { patients: Patients }) => {
      const { mapCommand } = await import('./map.ts');
      end(await mapCommand(inputsFrom(files, stdin), patients, definitions, terminal));
    });
  command('unmap', 'FHIR to courses: a course a line')
    .addArgument(filesArgument())
    .option('--issues <file>', 'where to write what was not understood, one OperationOutcome a line')
    .action(async (files: string[], options: { issues?: string }) => {
      const read = inputsFrom(files, stdin);
      const { openOutcomeFile } = await import('./outcome-file.ts');
      const { unmapCommand } = await import('./unmap.ts');
      const outcomes = openOutcomeFile(options.issues, configOf().callerFolder);
      end(await unmapCommand(read, definitions, outcomes.line, terminal));
      outcomes.close();
    });
  command('validate', 'what is wrong with courses: an OperationOutcome a line')
    .addArgument(filesArgument())
    .action(async (files: string[]) => {
      const { validateCommand } = await import('./validate.ts');
      end(await validateCommand(inputsFrom(files, stdin), definitions, terminal));
    });
}
