import type { PatientPolicy } from '../exchange/situation.ts';
import type { Commands, Run } from './commands.ts';
import {
  checkOption,
  collected,
  configOf,
  dataOption,
  definitionsOf,
  inputsFrom,
  jsonOption,
  patientsOption,
  profilesOption,
  retractionsOption,
  targetNamed,
  withTarget,
  type DataOptions,
  type JsonOption,
  type ProfilesOptions,
  type TargetOptions,
} from './options.ts';
import { courseIdIn } from './course-ids.ts';
import { storeIn, withStoreIn } from './store.ts';
import { knownTarget } from './targets.ts';
import { selectionsOf, type SelectionOptions } from './selection.ts';

interface PushOptions extends TargetOptions, ProfilesOptions, DataOptions {
  readonly patients: PatientPolicy;
  readonly partial?: true;
  readonly retractions?: string;
  readonly check?: string;
  readonly verify?: true;
}

interface VerifyOptions extends TargetOptions, ProfilesOptions, DataOptions, JsonOption {
  readonly course?: readonly string[];
  readonly repair?: true;
}

interface PullOptions extends TargetOptions, ProfilesOptions, SelectionOptions {
  readonly compare?: string;
}

interface ServeOptions extends ProfilesOptions, DataOptions {
  readonly patients: PatientPolicy;
  readonly retractions?: string;
  readonly check?: string;
  readonly host?: string;
  readonly port?: string;
}

/** The commands that speak with a FHIR server. */
export function addExchange(command: Commands, { terminal, stdin, end }: Run): void {
  withTarget(
    command('push', 'courses to a FHIR server, by way of what is kept: a receipt a line').argument(
      '[file...]',
      'files to read; - is standard input; without any, what waits is delivered',
    ),
    'to',
  )
    .addOption(patientsOption(['resolve', 'create']))
    .option('--partial', 'the files hold parts of courses')
    .option('--verify', 'read every course back and compare it')
    .addOption(dataOption())
    .addOption(retractionsOption())
    .addOption(checkOption())
    .addOption(profilesOption())
    .action(async (files: string[], options: PushOptions) => {
      const { patients, verify = false, partial = false, data, retractions, check } = options;
      const read = inputsFrom(files, stdin);
      const { server, base } = await targetNamed(options, 'to');
      const config = configOf({ data, retractions, check });
      const definitions = await definitionsOf(options, terminal);
      const { pushCommand } = await import('./push.ts');
      const store = await storeIn(config);
      terminal.say(`push: what is pushed is kept in ${config.dataFolder}`);
      const to = { store, server, base, definitions, patients, settings: config.delivery, verify } as const;
      try {
        end(await pushCommand(read, { ...to, kind: partial ? 'partial' : 'snapshot' }, terminal));
      } finally {
        await store.close();
      }
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
      const { server } = await targetNamed(options, 'from');
      const { pullCommand } = await import('./pull.ts');
      end(await pullCommand({ server, definitions, selections, compared }, terminal));
    });
  withTarget(command('verify', 'whether a FHIR server holds what was delivered'), 'to')
    .option('--course <id>', "a course, by its id here or as 'system|id'", collected)
    .option('--repair', 'deliver again what differs')
    .addOption(jsonOption())
    .addOption(dataOption())
    .addOption(profilesOption())
    .action(async (options: VerifyOptions) => {
      const { json = false, repair = false, course = [], data } = options;
      const courses = course.map(courseIdIn);
      const { server, target } = await targetNamed(options, 'to');
      const definitions = await definitionsOf(options, terminal);
      const { verifyCommand } = await import('./verify.ts');
      end(
        await withStoreIn(configOf({ data }), async (store) => {
          await knownTarget(store, target);
          return verifyCommand({ store, target, server, definitions, courses, json, repair }, terminal);
        }),
      );
    });
  command('serve', 'the HTTP service')
    .option('--host <host>', 'where to listen (default: 127.0.0.1)')
    .option('--port <port>', 'where to listen (default: 8080)')
    .addOption(patientsOption(['resolve', 'create']))
    .addOption(dataOption())
    .addOption(retractionsOption())
    .addOption(checkOption())
    .addOption(profilesOption())
    .action(async (options: ServeOptions) => {
      const config = configOf(options);
      const definitions = await definitionsOf(options, terminal);
      const { serveCommand } = await import('./serve.ts');
      end(await serveCommand(config, { definitions, patients: options.patients }, terminal.say));
    });
}
