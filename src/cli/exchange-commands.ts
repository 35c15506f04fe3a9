import type { PatientPolicy } from '../exchange/situation.ts';
import type { Commands, Run } from './commands.ts';
import {
  collected,
  configOf,
  definitionsOf,
  filesArgument,
  inputsFrom,
  patientsOption,
  profilesOption,
  serverOf,
  withTarget,
  type ProfilesOptions,
  type TargetOptions,
} from './options.ts';
import { selectionsOf, type SelectionOptions } from './selection.ts';

interface PushOptions extends TargetOptions, ProfilesOptions {
  readonly patients: PatientPolicy;
  readonly verify?: true;
}

interface PullOptions extends TargetOptions, ProfilesOptions, SelectionOptions {
  readonly compare?: string;
}

interface ServeOptions extends ProfilesOptions {
  readonly patients: PatientPolicy;
  readonly host?: string;
  readonly port?: string;
}

/** The commands that speak with a FHIR server. */
export function addExchange(command: Commands, { terminal, stdin, end }: Run): void {
  withTarget(command('push', 'courses to a FHIR server: a receipt a line').addArgument(filesArgument()), 'to')
    .addOption(patientsOption(['resolve', 'create']))
    .option('--verify', 'read every course back and compare it')
    .addOption(profilesOption())
    .action(async (files: string[], options: PushOptions) => {
      const { patients, verify = false } = options;
      const read = inputsFrom(files, stdin);
      const definitions = await definitionsOf(options, terminal);
      const server = await serverOf(options, 'to');
      const { pushCommand } = await import('./push.ts');
      end(await pushCommand(read, { server, definitions, patients, verify }, terminal));
    });
  withTarget(command('pull', 'courses from a FHIR server: a course a line'), 'from')
    .option('--course <system|id>', 'a course', collected)
    .option('--patient <system|id>', 'all courses of a patient', collected)
    .option('--all', 'all courses of the server')
    .option('--compare <file>', 'courses to compare with what is pulled')
    .addOption(profilesOption())
    .action(async (options: PullOptions) => {
      const selections = selectionsOf(options);
      const compared = options.compare === undefined ? undefined : inputsFrom([options.compare], stdin);
      const definitions = await definitionsOf(options, terminal);
      const server = await serverOf(options, 'from');
      const { pullCommand } = await import('./pull.ts');
      end(await pullCommand({ server, definitions, selections, compared }, terminal));
    });
  command('serve', 'the HTTP service')
    .option('--host <host>', 'where to listen (default: 127.0.0.1)')
    .option('--port <port>', 'where to listen (default: 8080)')
    .addOption(patientsOption(['resolve', 'create']))
    .addOption(profilesOption())
    .action(async (options: ServeOptions) => {
      const config = configOf(options);
      const definitions = await definitionsOf(options, terminal);
      const { serveCommand } = await import('./serve.ts');
      end(await serveCommand(config, { definitions, patients: options.patients }, terminal.say));
    });
}
