import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Leak } from './canary-search.ts';
import { countOn, type Count } from './count.ts';
import { expectedOf } from './expected.ts';
import { faultKinds } from './faults.ts';
import { leaksOf } from './leaks.ts';
import { systemOf } from './marked-course.ts';
import { forPerson, totalOf, waitingIn, type Standing } from './standing.ts';
import { storedOn } from './stored.ts';
import { newestAcknowledged, toldIn, type Told } from './submission-log.ts';
import { faultsOf, type Traffic } from './traffic.ts';
import type { Tried } from './trial.ts';
import { verification, type Verification } from './verification.ts';

/** What a trial came to: every figure that is asked for. */
export interface Result extends FaultFigures {
  readonly server: string;
  readonly courses: number;
  readonly resources: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly kills: number;
  readonly killsInFlight: number;
  readonly crashes: readonly string[];
  readonly startSeconds: { readonly median: number; readonly longest: number };
  readonly gracefulStops: Tried['gracefulStops'];
  readonly restarts: Tried['restarts'];
  readonly secondsUnderFaults: number;
  readonly quietSeconds: number;
  readonly standing: Standing;
  readonly doneShare: number;
  readonly forPerson: number;
  readonly neither: number;
  /** Courses that are not, resource by resource, what was acknowledged; and resources that are not there at all. */
  readonly notEqual: number;
  readonly missingResources: number;
  readonly doubled: number;
  readonly needlessVersions: number;
  readonly versionsSentAgain: number;
  readonly strays: number;
  readonly leaks: readonly Leak[];
  readonly verify: Verification;
}

interface FaultFigures {
  readonly writes: number;
  readonly reads: number;
  readonly faults: Readonly<Record<string, readonly [writes: number, reads: number]>>;
  readonly faultsOfWrites: number;
  readonly faultsOfReads: number;
}

/** Counts what a trial left, by plain search and the senders' own logs, and what verify makes of it. */
export async function assess(tried: Tried, planted: number, folder: string): Promise<Result> {
  const { proxy, service, killer, standing } = tried;
  const told = toldIn(tried.sending.logs);
  const refusals = told.filter(({ state }) => state === 'refused');
  const count = await counted(tried, told);
  writeFileSync(join(folder, 'deviations.json'), JSON.stringify({ ...count, refusals }, null, 1));
  const leaks = await leaksOf(tried, told, folder);
  const verify = await verification(tried, count, planted, folder);
  const starts = service.starts.toSorted((a, b) => a - b);
  return {
    ...faultFigures(proxy.traffic),
    server: tried.server.kind,
    courses: count.courses,
    resources: count.resources,
    acknowledged: told.length - refusals.length,
    refused: refusals.length,
    kills: killer.total,
    killsInFlight: killer.inFlight,
    crashes: service.crashes,
    startSeconds: { median: starts[starts.length >> 1] ?? 0, longest: starts.at(-1) ?? 0 },
    gracefulStops: tried.gracefulStops,
    restarts: tried.restarts,
    secondsUnderFaults: tried.seconds,
    quietSeconds: tried.quietSeconds,
    standing,
    doneShare: doneShare(standing),
    forPerson: forPerson(standing),
    neither: waitingIn(standing),
    notEqual: count.notEqual,
    missingResources: count.deviations.filter(({ kind }) => kind === 'missing').length,
    doubled: count.doubled.length,
    needlessVersions: count.needless.length,
    versionsSentAgain: count.sentAgain,
    strays: proxy.strays(),
    leaks,
    verify,
  };
}

/** Everything that was acknowledged, against everything that the server shows. */
async function counted({ server, population, proxy }: Tried, told: readonly Told[]): Promise<Count> {
  const newest = newestAcknowledged(told);
  const expected = [...newest].map(([index, number]) => expectedOf(population, index, number));
  const stored = await storedOn(server.base);
  return countOn(server.base, stored, expected, systemOf(population), proxy.traffic.lostAnswers);
}

function faultFigures({ requests, hits }: Traffic): FaultFigures {
  return {
    writes: requests.writes,
    reads: requests.reads,
    faults: Object.fromEntries(
      faultKinds.map((kind) => [kind, [hits.writes.get(kind) ?? 0, hits.reads.get(kind) ?? 0]]),
    ),
    faultsOfWrites: faultsOf(hits.writes),
    faultsOfReads: faultsOf(hits.reads),
  };
}

/** What was delivered, or what a newer version that was delivered took the place of, of all. */
function doneShare(standing: Standing): number {
  const done = (standing.deliveries['delivered'] ?? 0) + (standing.deliveries['superseded'] ?? 0);
  return totalOf(standing) === 0 ? 0 : done / totalOf(standing);
}
