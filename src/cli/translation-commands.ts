import type { Claim } from '../mapping/claim.ts';
import type { Patients } from '../mapping/course-to-bundle.ts';
import type { Checker } from '../validation/checker.ts';
import type { Commands, Run } from './commands.ts';
import {
  claimOption,
  collected,
  configOf,
  definitionsOf,
  filesArgument,
  inputsFrom,
  patientsOption,
  profilesOption,
  type ProfilesOptions,
} from './options.ts';

interface ValidateOptions extends ProfilesOptions {
  readonly package?: readonly string[];
  readonly profile?: readonly string[];
}

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
  command('validate', 'what is wrong with courses and FHIR resources: an OperationOutcome a line')
    .addArgument(filesArgument())
    .option('--package <file>', 'a FHIR package (.tgz) whose definitions resources are judged by', collected)
    .option('--profile <url>', 'a profile that every resource is to conform to', collected)
    .addOption(profilesOption())
    .action(async (files: string[], options: ValidateOptions) => {
      const { package: packages = [], profile: profiles = [] } = options;
      const read = inputsFrom(files, stdin);
      const definitions = await definitionsOf(options, terminal);
      const { validateCommand } = await import('./validate.ts');
      const { checkerBy } = await import('./validate-by.ts');
      const { callerFolder } = configOf();
      let made: Promise<Checker> | undefined;
      const checker = () => (made ??= checkerBy({ packages, profiles, callerFolder }, definitions, terminal));
      // What was named has to be there, whatever is read.
      if (packages.length + profiles.length > 0) await checker();
      end(await validateCommand(read, { definitions, checker, profiles }, terminal));
    });
}
