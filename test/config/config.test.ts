import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'token'), 'a-token\n');
writeFileSync(join(folder, 'password'), '  a-password  \n');
writeFileSync(join(folder, 'two-lines'), 'a\nb\n');
writeFileSync(join(folder, 'empty'), '\n');

const faultsOf = (...[settings, environment]: Parameters<typeof readConfig>): readonly string[] => {
  const read = readConfig(settings, environment);
  return read.ok ? [] : read.faults;
};
const configOf = (...[settings, environment]: Parameters<typeof readConfig>) => {
  const read = readConfig(settings, environment);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read.config;
};

test('nothing set: this machine alone, port 8080, no target', () => {
  expect(configOf({}, {})).toEqual({
    fhirBaseUrl: undefined,
    authentication: { kind: 'none' },
    host: '127.0.0.1',
    port: 8080,
    allowUnauthenticated: false,
    profiles: undefined,
    dataFolder: join(process.cwd(), 'data'),
    delivery: {
      mostBytes: undefined,
      retractions: 'entered-in-error',
      claim: 'off',
      check: 'ours',
      unaskedParts: 5,
      unaskedShare: 0.2,
      inFlight: 4,
      timeoutSeconds: 120,
      settleSeconds: 30,
      retrySeconds: 1,
      retryCapSeconds: 300,
      giveUpHours: 72,
    },
    callerFolder: process.cwd(),
  });
});

test('where data is kept, and how courses are delivered, can be said', () => {
  const environment = {
    INIT_CWD: folder,
    COURSEBRIDGE_DATA: 'here',
    COURSEBRIDGE_DATA_MEGABYTES: '20',
    COURSEBRIDGE_RETRACTIONS: 'delete',
    COURSEBRIDGE_CLAIM: 'hl7',
    COURSEBRIDGE_CHECK: 'base',
    COURSEBRIDGE_UNASKED_SHARE: '0.5',
    COURSEBRIDGE_RETRY_SECONDS: '0.05',
  };
  const { dataFolder, delivery } = configOf({}, environment);
  expect(dataFolder).toBe(join(folder, 'here'));
  expect(delivery).toMatchObject({
    mostBytes: 20_000_000,
    retractions: 'delete',
    claim: 'hl7',
    check: 'base',
    unaskedShare: 0.5,
    retrySeconds: 0.05,
  });
  expect(configOf({ check: 'off' }, environment).delivery.check).toBe('off');
  expect(configOf({ data: '/elsewhere' }, environment).dataFolder).toBe('/elsewhere');
});

test('every setting of deliveries that cannot be is named at once, without its value', () => {
  expect(
    faultsOf(
      { retractions: 'forget' },
      {
        COURSEBRIDGE_IN_FLIGHT: '0',
        COURSEBRIDGE_UNASKED_SHARE: '1.5',
        COURSEBRIDGE_UNASKED_PARTS: 'some',
        COURSEBRIDGE_CLAIM: 'all',
        COURSEBRIDGE_CHECK: 'twice',
      },
    ).toSorted(),
  ).toEqual([
    '--retractions is neither entered-in-error nor delete.',
    'COURSEBRIDGE_CHECK is none of off, base and ours.',
    'COURSEBRIDGE_CLAIM is none of off, hl7 and ours.',
    'COURSEBRIDGE_IN_FLIGHT is not between 1 and 64.',
    'COURSEBRIDGE_UNASKED_PARTS is not a number.',
    'COURSEBRIDGE_UNASKED_SHARE is not between 0 and 1.',
  ]);
});

test('an empty variable is one that is not set', () => {
  expect(configOf({}, { FHIR_BASE_URL: '', PORT: '', HOST: '' }).port).toBe(8080);
});

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(configOf({}, {}))).toBe(true);
});

test('secrets come from files, without the line end', () => {
  expect(configOf({}, { INIT_CWD: folder, FHIR_TOKEN_FILE: 'token' }).authentication).toEqual({
    kind: 'bearer',
    token: 'a-token',
  });
  expect(configOf({}, { INIT_CWD: folder, FHIR_USER: 'u', FHIR_PASSWORD_FILE: 'password' }).authentication).toEqual({
    kind: 'basic',
    user: 'u',
    password: 'a-password',
  });
});

test('every fault at once, and no value repeated', () => {
  const faults = faultsOf(
    {},
    {
      INIT_CWD: folder,
      FHIR_BASE_URL: 'ftp://zqmarker',
      FHIR_TOKEN_FILE: 'zqmarker',
      FHIR_USER: 'zqmarker:',
      PORT: 'zqmarker',
      HOST: 'zq marker',
      COURSEBRIDGE_ALLOW_UNAUTHENTICATED: 'zqmarker',
    },
  );
  expect(faults.map((fault) => String(fault.split(' ')[0])).toSorted()).toEqual([
    'COURSEBRIDGE_ALLOW_UNAUTHENTICATED',
    'FHIR_BASE_URL',
    'FHIR_TOKEN_FILE',
    'FHIR_TOKEN_FILE',
    'FHIR_USER',
    'FHIR_USER',
    'HOST',
    'PORT',
  ]);
  // The one value that it has is no secret, and what to write is the help.
  expect(faults.join('\n').replace('one value only: yes-on-a-trusted-network', '')).not.toMatch(/zq ?marker/);
});

test.each([
  ['http://user:secret@fhir.example.org', 'holds a user or a password'],
  ['http://fhir.example.org/r4?x=1', 'without a query'],
  ['fhir.example.org', 'is not an http or https address'],
])('a base address like %s is refused', (fhirBaseUrl, sentence) => {
  expect(faultsOf({ fhirBaseUrl }, {})).toEqual([expect.stringContaining(sentence)]);
});

test.each(['two-lines', 'empty', 'not-there', '.'])('a secret file that is %s is refused', (tokenFile) => {
  expect(faultsOf({ tokenFile }, { INIT_CWD: folder })).toEqual([expect.stringContaining('--token-file')]);
});

test.each([
  [{ user: 'u' }, '--user needs a password file'],
  [{ passwordFile: 'password' }, '--password-file needs a user'],
  [{ tokenFile: 'token', user: 'u', passwordFile: 'password' }, '--token-file excludes'],
])('half of a log-in, or two of them: %o', (settings, sentence) => {
  expect(faultsOf(settings, { INIT_CWD: folder })).toEqual([expect.stringContaining(sentence)]);
});

const environment = { INIT_CWD: folder, FHIR_BASE_URL: 'https://fhir.example.org/r4/', FHIR_TOKEN_FILE: 'token' };

test('the command line wins over the environment, and takes no credentials from it when it brings some', () => {
  const config = configOf({ user: 'u', passwordFile: 'password', port: '9' }, { ...environment, PORT: '10' });
  expect(config.authentication.kind).toBe('basic');
  expect(config.port).toBe(9);
  expect(config.fhirBaseUrl).toBe('https://fhir.example.org/r4');
});

test("the environment's token goes to the environment's server and to no other", () => {
  const to = (fhirBaseUrl: string) => configOf({ fhirBaseUrl }, environment).authentication.kind;
  expect(to('https://fhir.example.org/other')).toBe('bearer');
  expect(to('https://elsewhere.example.org/r4')).toBe('none');
  expect(to('http://fhir.example.org/r4')).toBe('none');
});

test('a folder of profiles is relative to whoever called, and the command line wins', () => {
  const set = { INIT_CWD: dirname(folder), COURSEBRIDGE_PROFILES: basename(folder) };
  expect(configOf({}, set).profiles).toBe(folder);
  expect(configOf({ profiles: '.' }, { ...set, COURSEBRIDGE_PROFILES: 'zqmarker' }).profiles).toBe(dirname(folder));
  expect(faultsOf({}, { ...set, COURSEBRIDGE_PROFILES: 'zqmarker' })).toEqual([
    'COURSEBRIDGE_PROFILES names no folder that can be read.',
  ]);
});

test('every variable that is read stands in the README', () => {
  const source = readFileSync(new URL('../../src/config.ts', import.meta.url), 'utf8');
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const names = [...source.matchAll(/'((?:FHIR|COURSEBRIDGE)_[A-Z_]+|HOST|PORT)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
