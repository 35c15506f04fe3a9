import type { Result } from './assess.ts';
import type { NaiveResult } from './naive-trial.ts';

export interface Run {
  readonly result: Result;
  readonly naive: readonly NaiveResult[];
}

/** The figures as Markdown. */
export function tablesOf(runs: readonly Run[]): string {
  return [acceptanceTable(runs), naiveTable(runs), faultTable(runs)].join('\n\n');
}

function acceptanceTable(runs: readonly Run[]): string {
  const row = (what: string, of: (result: Result) => string | number): string[] => [
    what,
    ...runs.map(({ result }) => String(of(result))),
  ];
  return markdown([
    ['', ...runs.map(({ result }) => result.server)],
    row('courses', ({ courses }) => courses),
    row('versions acknowledged', ({ acknowledged }) => acknowledged),
    row('refused', ({ refused }) => refused),
    row(
      'kills of the service with a write in flight (all kills)',
      ({ killsInFlight, kills }) => `${killsInFlight} (${kills})`,
    ),
    row('ends of the server by SIGTERM, by kill -9', ({ restarts }) =>
      ['SIGTERM', 'SIGKILL'].map((signal) => restarts.filter((one) => one.signal === signal).length).join(', '),
    ),
    row('faults of writes, of reads', ({ faultsOfWrites, faultsOfReads }) => `${faultsOfWrites}, ${faultsOfReads}`),
    row('writes hit by the rarest kind of fault', ({ faults }) =>
      Math.min(...Object.values(faults).map(([writes]) => writes)),
    ),
    row('**acknowledged and not equal on the server**', ({ notEqual }) => notEqual),
    row('**identifiers held by two resources**', ({ doubled }) => doubled),
    row('**new versions without new content**', ({ needlessVersions }) => needlessVersions),
    row('versions sent again after a lost answer', ({ versionsSentAgain }) => versionsSentAgain),
    row('**done without a person**', ({ doneShare }) => `${(doneShare * 100).toFixed(2)} %`),
    row('**waiting for a person**', ({ forPerson }) => forPerson),
    row('**neither done nor waiting for a person**', ({ neither }) => neither),
    row('requests that followed a redirect', ({ strays }) => strays),
    row('places where the canary was found', ({ leaks }) => leaks.length),
    row('verify agrees with the count', ({ verify }) => (verify.agrees ? 'yes' : 'no')),
    row('planted faults, found by verify', ({ verify }) => `${verify.planted}, ${verify.found}`),
    row('graceful stop under load: exit code, seconds', ({ gracefulStops }) =>
      gracefulStops.map(({ code, seconds }) => `${code}, ${seconds.toFixed(1)}`).join('; '),
    ),
    row(
      'start of the service: median and longest seconds',
      ({ startSeconds }) => `${startSeconds.median.toFixed(2)}, ${startSeconds.longest.toFixed(2)}`,
    ),
    row(
      'minutes under faults, seconds until all was quiet',
      ({ secondsUnderFaults, quietSeconds }) => `${(secondsUnderFaults / 60).toFixed(1)}, ${quietSeconds.toFixed(0)}`,
    ),
  ]);
}

function naiveTable(runs: readonly Run[]): string {
  const head = [
    'server',
    'way',
    'courses',
    'faults',
    'lost without a word',
    'given up',
    'resources missing',
    'identifiers held twice',
    'requests gone elsewhere',
  ];
  const rows = runs.flatMap(({ result, naive }) => [
    ...naive.map((one) =>
      [
        result.server,
        one.way,
        one.courses,
        one.faults,
        one.lost,
        one.givenUp,
        one.missingResources,
        one.doubled,
        one.strays,
      ].map(String),
    ),
    [
      result.server,
      '**coursebridge**, killed as above',
      result.courses,
      result.faultsOfWrites + result.faultsOfReads,
      result.notEqual,
      result.forPerson,
      result.missingResources,
      result.doubled,
      result.strays,
    ].map(String),
  ]);
  return markdown([head, ...rows]);
}

function faultTable(runs: readonly Run[]): string {
  const kinds = Object.keys(runs[0]?.result.faults ?? {});
  const head = ['fault', ...runs.map(({ result }) => `${result.server}: writes, reads`)];
  return markdown([
    head,
    ...kinds.map((kind) => [kind, ...runs.map(({ result }) => (result.faults[kind] ?? [0, 0]).join(', '))]),
  ]);
}

const markdown = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
