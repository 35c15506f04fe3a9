import { shippedDefinitions as definitions } from '../definitions/definitions.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import type { Commands, Run } from './commands.ts';
import {
  collected,
  configOf,
  filesArgument,
  inputsFrom,
  patientsOption,
  serverOf,
  withTarget,
  type TargetOptions,
} from './options.ts';
import { selectionsOf, type SelectionOptions } from './selection.ts';

/** The commands that speak with a FHIR server. */
export function addExchange(command: Commands, { terminal, stdin, end }: Run): void {
  withTarget(command('push', 'courses to a FHIR server: a receipt a line').addArgument(filesArgument()), 'to')
    .addOption(patientsOption(['resolve', 'create']))
    .option('--verify', 'read every course back and compare it')
    .action(async (files: string[], options: TargetOptions & { patients: PatientPolicy; verify?: true }) => {
      const { patients, verify = false } = options;
      const read = inputsFrom(files, stdin);
      const server = await serverOf(options, 'to');
      const { pushCommand } = await import('./push.ts');
      end(await pushCommand(read, { server, definitions, patients, verify }, terminal));
    });
  withTarget(command('pull', 'courses from a FHIR server: a course a line'), 'from')
    .option('--course <system|id>', 'a course', collected)
    .option('--patient <system|id>', 'all courses of a patient', collected)
    .option('--all', 'all courses of the server')
    .option('--compare <file>', 'courses to compare with what is pulled')
    .action(async (options: TargetOptions & SelectionOptions & { compare?: string }) => {
      const selections = selectionsOf(options);
      const compared = options.compare === undefined ? undefined : inputsFrom([options.compare], stdin);
      const server = await serverOf(options, 'from');
      const { pullCommand } = await import('./pull.ts');
      end(await pullCommand({ server, definitions, selections, compared }, terminal));
    });
  command('serve', 'the HTTP service')
    .option('--host <host>', 'where to listen (default: 127.0.0.1)')
    .option('--port <port>', 'where to listen (default: 8080)')
    .addOption(patientsOption(['resolve', 'create']))
    .action(async ({ host, port, patients }: { host?: string; port?: string; patients: PatientPolicy }) => {
      const config = configOf({ host, port });
      const { serveCommand } = await import('./serve.ts');
      end(await serveCommand(config, patients, terminal.say));
    });
}
