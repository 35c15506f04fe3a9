import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Authentication } from './fhir-client/authentication.ts';
import { claims, type Claim } from './mapping/claim.ts';
import { checkLevels, type CheckLevel } from './validation/check-level.ts';

/** Everything that the surroundings decide, checked once, at the start. */
export interface Config {
  /** The base address of the FHIR server that we write to; undefined where none was named. */
  readonly fhirBaseUrl: string | undefined;
  readonly authentication: Authentication;
  readonly host: string;
  readonly port: number;
  /** Whether somebody took it on themselves that everyone who reaches the port may write: there are no log-ins yet. */
  readonly allowUnauthenticated: boolean;
  /** The folder of a site's own Questionnaires and PlanDefinitions; undefined where there is none. */
  readonly profiles: string | undefined;
  /** The folder of the store: it holds patient data. */
  readonly dataFolder: string;
  readonly delivery: DeliverySettings;
  /** The folder of whoever called us, which npm replaces by that of the package: file arguments are relative to it. */
  readonly callerFolder: string;
}

/** How courses are taken and delivered, where the surroundings say it. */
export interface DeliverySettings {
  /** How large the store may grow; undefined: as large as its disk. */
  readonly mostBytes: number | undefined;
  /** What becomes of a part on the target when it is taken back. */
  readonly retractions: 'entered-in-error' | 'delete';
  /** Which profiles the resources on the target claim. */
  readonly claim: Claim;
  /** How strictly we look at what is to be written before it is sent. */
  readonly check: CheckLevel;
  /** What a version may take back unasked; beyond either it is held for a person. */
  readonly unaskedParts: number;
  readonly unaskedShare: number;
  /** How many deliveries may be in flight at once. */
  readonly inFlight: number;
  /** How long one request to the target may take. */
  readonly timeoutSeconds: number;
  /** How long after a lost answer the target may still be at work on the request. */
  readonly settleSeconds: number;
  /** Before the second attempt, and at most. */
  readonly retrySeconds: number;
  readonly retryCapSeconds: number;
  /** What still fails after so long waits for a person. */
  readonly giveUpHours: number;
}

/** What the command line says in place of the environment. */
export interface Settings {
  readonly fhirBaseUrl?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly user?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly profiles?: string | undefined;
  readonly data?: string | undefined;
  readonly retractions?: string | undefined;
  readonly check?: string | undefined;
}

/** The configuration, or one sentence for each thing that is wrong with it. No sentence repeats a value. */
export type ConfigRead =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment, over which the command line's own settings take precedence, and the files that both name. */
export function readConfig(settings: Settings = {}, environment: Environment = process.env): ConfigRead {
  const callerFolder = environment['INIT_CWD'] ?? process.cwd();
  const given = givenBy(settings, environment);
  const checked = schema.safeParse(Object.fromEntries(given.map(({ key, value }) => [key, value])));
  const nameOf = (key: unknown): string => given.find((one) => one.key === key)?.name ?? String(key);
  const faults = (checked.error?.issues ?? []).map(({ path, message }) => `${nameOf(path[0])} ${message}.`);
  faults.push(...credentialFaults(given));
  const secret = (key: string): string | undefined => {
    const file = given.find((one) => one.key === key);
    if (file?.value === undefined) return undefined;
    const text = secretIn(resolve(callerFolder, file.value));
    if (text === undefined) faults.push(`${file.name} names a file that cannot be read, or that holds no single line.`);
    return text;
  };
  const [token, password] = [secret('tokenFile'), secret('passwordFile')];
  const profiles = folderOf(
    given.find(({ key }) => key === 'profiles'),
    callerFolder,
    faults,
  );
  if (!checked.success || faults.length > 0) return { ok: false, faults };
  const { fhirBaseUrl, host, port, user, allowUnauthenticated, data } = checked.data;
  const authentication = Object.freeze(authenticationOf(token, user, password));
  return {
    ok: true,
    config: Object.freeze({
      fhirBaseUrl,
      authentication,
      host,
      port,
      allowUnauthenticated: allowUnauthenticated !== undefined,
      profiles,
      dataFolder: resolve(callerFolder, data),
      delivery: Object.freeze(deliveryIn(checked.data)),
      callerFolder,
    }),
  };
}

interface Given {
  readonly key: string;
  /** What whoever set it calls it. */
  readonly name: string;
  readonly value: string | undefined;
}

function givenBy(settings: Settings, environment: Environment): Given[] {
  const either = (key: keyof Settings, option: string, variable: string, useEnvironment = true): Given => {
    if (settings[key] !== undefined) return { key, name: option, value: settings[key] };
    // An empty variable is how many tools write one that is not set.
    return { key, name: variable, value: useEnvironment ? environment[variable] || undefined : undefined };
  };
  // Credentials are taken whole from one place: a user of the command line is not mixed with a token of the environment.
  const own = settings.tokenFile ?? settings.user ?? settings.passwordFile;
  const theirs = own === undefined && goesWhereTheEnvironmentSays(settings, environment);
  return [
    either('fhirBaseUrl', 'The target', 'FHIR_BASE_URL'),
    either('tokenFile', '--token-file', 'FHIR_TOKEN_FILE', theirs),
    either('user', '--user', 'FHIR_USER', theirs),
    either('passwordFile', '--password-file', 'FHIR_PASSWORD_FILE', theirs),
    either('host', '--host', 'HOST'),
    either('port', '--port', 'PORT'),
    either('profiles', '--profiles', 'COURSEBRIDGE_PROFILES'),
    either('data', '--data', 'COURSEBRIDGE_DATA'),
    either('retractions', '--retractions', 'COURSEBRIDGE_RETRACTIONS'),
    either('check', '--check', 'COURSEBRIDGE_CHECK'),
    ...Object.entries(variables).map(([key, name]) => ({ key, name, value: environment[name] || undefined })),
  ];
}

/** What the environment alone says. */
const variables = {
  allowUnauthenticated: 'COURSEBRIDGE_ALLOW_UNAUTHENTICATED',
  claim: 'COURSEBRIDGE_CLAIM',
  mostMegabytes: 'COURSEBRIDGE_DATA_MEGABYTES',
  unaskedParts: 'COURSEBRIDGE_UNASKED_PARTS',
  unaskedShare: 'COURSEBRIDGE_UNASKED_SHARE',
  inFlight: 'COURSEBRIDGE_IN_FLIGHT',
  timeoutSeconds: 'COURSEBRIDGE_TIMEOUT_SECONDS',
  settleSeconds: 'COURSEBRIDGE_SETTLE_SECONDS',
  retrySeconds: 'COURSEBRIDGE_RETRY_SECONDS',
  retryCapSeconds: 'COURSEBRIDGE_RETRY_CAP_SECONDS',
  giveUpHours: 'COURSEBRIDGE_GIVE_UP_HOURS',
} as const;

/** The environment's credentials are for the environment's target: another that the command line names never sees them. */
function goesWhereTheEnvironmentSays(settings: Settings, environment: Environment): boolean {
  const usual = environment['FHIR_BASE_URL'];
  if (settings.fhirBaseUrl === undefined || !usual) return true;
  return URL.parse(settings.fhirBaseUrl)?.origin === URL.parse(usual)?.origin;
}

const baseUrl = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  }, 'is not an http or https address without a query')
  // Addresses are logged, by us and by whoever stands between.
  .refine((text) => !URL.parse(text)?.username && !URL.parse(text)?.password, 'holds a user or a password')
  .transform((text) => text.replace(/\/+$/, ''));

/** A number within bounds, as text. */
const number = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,9})?$/, 'is not a number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `is not between ${least} and ${most}`);

const whole = (least: number, most: number) => number(least, most).refine(Number.isInteger, 'is not a whole number');

const schema = z.object({
  data: z.string().default('data'),
  retractions: z
    .enum(['entered-in-error', 'delete'], 'is neither entered-in-error nor delete')
    .default('entered-in-error'),
  claim: z.enum(claims, 'is none of off, hl7 and ours').default('off'),
  check: z.enum(checkLevels, 'is none of off, base and ours').default('ours'),
  mostMegabytes: whole(1, 100_000_000).optional(),
  unaskedParts: whole(0, 1_000_000).default(5),
  unaskedShare: number(0, 1).default(0.2),
  inFlight: whole(1, 64).default(4),
  timeoutSeconds: number(0.1, 3600).default(120),
  settleSeconds: number(0, 3600).default(30),
  retrySeconds: number(0.01, 3600).default(1),
  retryCapSeconds: number(0.01, 86_400).default(300),
  giveUpHours: number(0, 10_000).default(72),
  fhirBaseUrl: baseUrl.optional(),
  user: z
    .string()
    .regex(/^[^:\r\n]+$/, 'is empty, or holds a colon or a line break')
    .optional(),
  host: z
    .string()
    .regex(/^[\w.:-]+$/, 'is neither a host name nor an address')
    .default('127.0.0.1'),
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'is not a port')
    .default('8080')
    .transform(Number)
    .refine((port) => port <= 65_535, 'is not a port'),
  allowUnauthenticated: z
    .literal('yes-on-a-trusted-network', 'has one value only: yes-on-a-trusted-network')
    .optional(),
});

function deliveryIn({
  mostMegabytes,
  retractions,
  claim,
  check,
  unaskedParts,
  unaskedShare,
  inFlight,
  timeoutSeconds,
  settleSeconds,
  retrySeconds,
  retryCapSeconds,
  giveUpHours,
}: z.infer<typeof schema>): DeliverySettings {
  return {
    mostBytes: mostMegabytes === undefined ? undefined : mostMegabytes * 1_000_000,
    retractions,
    claim,
    check,
    unaskedParts,
    unaskedShare,
    inFlight,
    timeoutSeconds,
    settleSeconds,
    retrySeconds,
    retryCapSeconds,
    giveUpHours,
  };
}

function credentialFaults(given: readonly Given[]): string[] {
  const named = (key: string): Given | undefined => given.find((one) => one.key === key && one.value !== undefined);
  const [token, user, password] = [named('tokenFile'), named('user'), named('passwordFile')];
  const faults: string[] = [];
  if (token !== undefined && (user ?? password) !== undefined)
    faults.push(`${token.name} excludes a user and a password.`);
  if (user !== undefined && password === undefined) faults.push(`${user.name} needs a password file beside it.`);
  if (user === undefined && password !== undefined) faults.push(`${password.name} needs a user beside it.`);
  return faults;
}

/** The one line of a file: secrets come from files alone, since command lines and environments are seen by others. */
function secretIn(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === '' || /[\r\n]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function folderOf(given: Given | undefined, callerFolder: string, faults: string[]): string | undefined {
  if (given?.value === undefined) return undefined;
  const folder = resolve(callerFolder, given.value);
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    if (statSync(folder).isDirectory()) return folder;
  } catch {
    // What cannot be looked at is no folder for us.
  }
  faults.push(`${given.name} names no folder that can be read.`);
  return undefined;
}

function authenticationOf(
  token: string | undefined,
  user: string | undefined,
  password: string | undefined,
): Authentication {
  if (token !== undefined) return { kind: 'bearer', token };
  if (user !== undefined && password !== undefined) return { kind: 'basic', user, password };
  return { kind: 'none' };
}
