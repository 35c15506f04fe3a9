import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { readConfig, type Config, type Settings } from '../config.ts';
import { targetId } from '../course/identity.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { FhirServer } from '../exchange/ports.ts';
import { claims } from '../mapping/claim.ts';
import { checkLevels } from '../validation/check-level.ts';
import { inputsOf, UsageFault, type Input } from './inputs.ts';
import type { Terminal } from './terminal.ts';

/** The target and who we are there, as the command line says it. */
export interface TargetOptions {
  readonly to?: string;
  readonly from?: string;
  readonly tokenFile?: string;
  readonly user?: string;
  readonly passwordFile?: string;
}

/** `<file...>` */
export const filesArgument = (): Argument => new Argument('<file...>', 'files to read; - is standard input');

/** File arguments are relative to the folder of whoever called us, which npm would replace by that of the package. */
export const inputsFrom = (files: readonly string[], stdin: AsyncIterable<Uint8Array>): Input[] =>
  inputsOf(files, { callerFolder: configOf().callerFolder, stdin });

/** `--patients`, with the ways that a command knows; the first is the default. */
export function patientsOption(ways: readonly [string, string]): Option {
  return new Option('--patients <how>', 'how the patient is named').choices(ways).default(ways[0]);
}

/** `--claim` */
export const claimOption = (): Option =>
  new Option('--claim <whose>', 'profiles that the resources claim').choices(claims).default('off');

/** The options of a command that speaks with a target: `--to` or `--from`, and who we are there. */
export function withTarget(command: Command, direction: 'to' | 'from'): Command {
  return command
    .option(`--${direction} <url>`, 'base address of the FHIR server (default: FHIR_BASE_URL)')
    .option('--token-file <file>', 'file that holds a bearer token')
    .option('--user <name>', 'user name, with --password-file')
    .option('--password-file <file>', 'file that holds the password');
}

/** The site's own folder, as the command line says it. */
export interface ProfilesOptions {
  readonly profiles?: string;
}

/** `--profiles` */
export const profilesOption = (): Option =>
  new Option('--profiles <dir>', "folder of the site's own Questionnaires and PlanDefinitions");

/** Where the store is, as the command line says it. */
export interface DataOptions {
  readonly data?: string;
}

/** `--data` */
export const dataOption = (): Option =>
  new Option('--data <dir>', 'folder of what is kept (default: COURSEBRIDGE_DATA, or ./data)');

/** `--retractions`; whether it is one of the two is the configuration's to say. */
export const retractionsOption = (): Option =>
  new Option('--retractions <how>', 'a part that was taken back is entered-in-error there (default), or delete');

/** `--check`; which of the levels it is, the configuration says where the command line does not. */
export const checkOption = (): Option =>
  new Option(
    '--check <level>',
    'what is checked before anything is sent: R4 alone (base), our profiles too (default: ours)',
  ).choices(checkLevels);

/** Whether the output is for programs. */
export interface JsonOption {
  readonly json?: boolean;
}

/** `--json` */
export const jsonOption = (): Option => new Option('--json', 'one JSON object a line, for programs');

/** `<course>` */
export const courseArgument = (): Argument => new Argument('<course>', "a course, by its id here or as 'system|id'");

/** The configuration; every fault of it is one sentence of the UsageFault. */
export function configOf(settings: Settings = {}): Config {
  const read = readConfig(settings);
  if (!read.ok) throw new UsageFault(read.faults.join('\n'));
  return read.config;
}

/** A FHIR server that the options, or else the environment, name. */
export interface NamedTarget {
  readonly server: FhirServer;
  readonly base: string;
  /** Our id of it. */
  readonly target: string;
}

export async function targetNamed(options: TargetOptions, direction: 'to' | 'from'): Promise<NamedTarget> {
  const { tokenFile, user, passwordFile } = options;
  const {
    fhirBaseUrl: base,
    authentication,
    delivery: { timeoutSeconds },
  } = configOf({ fhirBaseUrl: options[direction], tokenFile, user, passwordFile });
  if (base === undefined) throw new UsageFault(`Say where the FHIR server is: --${direction} URL, or FHIR_BASE_URL.`);
  // The wire is loaded by those alone who use it.
  const { fhirServer } = await import('../fhir-client/fhir-server.ts');
  const server = fhirServer({ base, authentication, timeoutMs: timeoutSeconds * 1000 });
  return { server, base, target: targetId(base) };
}

/** What we ship, and what the site's own folder adds; notes on that folder are said. */
export async function definitionsOf({ profiles }: ProfilesOptions, terminal: Terminal): Promise<Definitions> {
  const { readProfiles } = await import('./site-profiles.ts');
  const read = readProfiles(configOf({ profiles }).profiles);
  for (const note of read.notes) terminal.say(note);
  if (!read.ok) throw new UsageFault(read.faults.join('\n'));
  return read.definitions;
}

/** A whole number, for commander. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}

/** Collects an option that may be given several times, for commander. */
export const collected = (text: string, earlier: readonly string[] = []): string[] => [...earlier, text];

/** The same, where each is one of a list. */
export function listOf<T extends string>(choices: readonly T[]) {
  return (text: string, earlier: readonly T[] = []): T[] => {
    const one = choices.find((choice) => choice === text);
    if (one === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
    return [...earlier, one];
  };
}
