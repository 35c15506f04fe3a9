import { Argument, Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { courseJsonSchema } from '../course/schema.ts';
import { shippedDefinitions as definitions } from '../definitions/definitions.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import { writeJson } from '../json/json.ts';
import type { Patients } from '../mapping/course-to-bundle.ts';
import { programmes, type ProgrammeKey } from '../synthetic/programmes.ts';
import { exitCodeHelp, exitCodes, type ExitCode } from './exit-codes.ts';
import { helpTexts } from './help.ts';
import { inputsOf, type Input } from './inputs.ts';
import { mapCommand } from './map.ts';
import {
  collected,
  configOf,
  filesArgument,
  patientsOption,
  serverOf,
  wholeNumber,
  withTarget,
  type TargetOptions,
} from './options.ts';
import { openOutcomeFile } from './outcome-file.ts';
import { selectionsOf, type SelectionOptions } from './selection.ts';
import { synthesizeCommand, type Synthesis } from './synthesize.ts';
import type { Terminal } from './terminal.ts';
import { unmapCommand } from './unmap.ts';
import { validateCommand } from './validate.ts';

/** What the command line is run with. */
export interface Run {
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Takes the help that was asked for. */
  readonly help: (text: string) => void;
  /** Told the exit code of the command that ran. */
  readonly end: (code: ExitCode) => void;
}

type Commands = (name: keyof typeof helpTexts, description: string) => Command;

/** The command line: each command reads its arguments, calls one function, and leaves its exit code in `end`. */
export function commandLine(run: Run): Command {
  const program = new Command('coursebridge')
    .description('Treatment courses (ketamine with psychotherapy) to FHIR R4 and back.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: run.help, writeErr: (text) => run.terminal.say(text.trimEnd()) })
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(--help says how it is used)');
  const command: Commands = (name, description) =>
    program.command(name).description(description).addHelpText('after', helpTexts[name]);
  addTranslations(command, run);
  addSources(command, run);
  addExchange(command, run);
  return program;
}

function addTranslations(command: Commands, { terminal, stdin, end }: Run): void {
  command('map', 'courses to FHIR: a Bundle a line')
    .addArgument(filesArgument())
    .addOption(patientsOption(['logical', 'create']))
    .action(async (files: string[], { patients }: { patients: Patients }) => {
      end(await mapCommand(inputs(files, stdin), patients, definitions, terminal));
    });
  command('unmap', 'FHIR to courses: a course a line')
    .addArgument(filesArgument())
    .option('--issues <file>', 'where to write what was not understood, one OperationOutcome a line')
    .action(async (files: string[], options: { issues?: string }) => {
      const read = inputs(files, stdin);
      const outcomes = openOutcomeFile(options.issues, configOf().callerFolder);
      end(await unmapCommand(read, definitions, outcomes.line, terminal));
      outcomes.close();
    });
  command('validate', 'what is wrong with courses: an OperationOutcome a line')
    .addArgument(filesArgument())
    .action(async (files: string[]) => end(await validateCommand(inputs(files, stdin), definitions, terminal)));
}

function addSources(command: Commands, { terminal, end }: Run): void {
  command('synthesize', 'courses that no one had: a course a line')
    .addArgument(new Argument('<programme>', 'the programme').choices(Object.keys(programmes)))
    .addOption(new Option('--courses <n>', 'how many').argParser(wholeNumber).default(1))
    .addOption(new Option('--seed <n>', 'another seed gives other courses').argParser(wholeNumber).default(1))
    .addOption(new Option('--size <size>', 'how large').choices(['small', 'full']).default('small'))
    .action(async (programme: ProgrammeKey, synthesis: Synthesis) => {
      end(await synthesizeCommand(programme, synthesis, terminal));
    });
  command('schema', 'the JSON Schema of the course format').action(async () => {
    await terminal.out(writeJson(courseJsonSchema(), 2));
    end(exitCodes.good);
  });
}

function addExchange(command: Commands, { terminal, stdin, end }: Run): void {
  withTarget(command('push', 'courses to a FHIR server: a receipt a line').addArgument(filesArgument()), 'to')
    .addOption(patientsOption(['resolve', 'create']))
    .option('--verify', 'read every course back and compare it')
    .action(async (files: string[], options: TargetOptions & { patients: PatientPolicy; verify?: true }) => {
      const { patients, verify = false } = options;
      const read = inputs(files, stdin);
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
      const compared = options.compare === undefined ? undefined : inputs([options.compare], stdin);
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

/** File arguments are relative to the folder of whoever called us, which npm would replace by that of the package. */
const inputs = (files: readonly string[], stdin: Run['stdin']): Input[] =>
  inputsOf(files, { callerFolder: configOf().callerFolder, stdin });
