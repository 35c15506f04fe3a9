import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseServiceId } from '../../src/course/identity.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import { leaksIn, type Leak } from './canary-search.ts';
import { countOn, type Count } from './count.ts';
import { expectedOf } from './expected.ts';
import { faultKinds } from './faults.ts';
import { markedCourse, systemOf, type Population } from './marked-course.ts';
import { plantFaults } from './plant.ts';
import { provoked } from './provoke.ts';
import { forPerson, totalOf, waitingIn, type Standing } from './standing.ts';
import { storedOn } from './stored.ts';
import { newestAcknowledged, toldIn } from './submission-log.ts';
import { faultsOf } from './traffic.ts';
import type { Tried } from './trial.ts';
import { verified, type Verified } from './verify-command.ts';

/** What a trial came to: every figure that the acceptance asks for. */
export interface Result {
  readonly server: string;
  readonly courses: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly kills: number;
  readonly killsInFlight: number;
  readonly crashes: readonly string[];
  readonly startSeconds: { readonly median: number; readonly longest: number };
  readonly gracefulStops: Tried['gracefulStops'];
  readonly restarts: Tried['restarts'];
  readonly writes: number;
  readonly reads: number;
  readonly faults: Readonly<Record<string, readonly [writes: number, reads: number]>>;
  readonly faultsOfWrites: number;
  readonly faultsOfReads: number;
  readonly secondsUnderFaults: number;
  readonly quietSeconds: number;
  readonly standing: Standing;
  readonly doneShare: number;
  readonly forPerson: number;
  readonly neither: number;
  readonly resources: number;
  readonly notEqual: number;
  readonly doubled: number;
  readonly needlessVersions: number;
  readonly versionsSentAgain: number;
  readonly strays: number;
  readonly leaks: readonly Leak[];
  readonly verify: {
    readonly different: number;
    readonly agrees: boolean;
    readonly planted: number;
    readonly found: number;
  };
}

/** Counts what a trial left on the server, by plain search and the senders' own logs, and what verify makes of it. */
export async function assess(tried: Tried, planted: number, folder: string): Promise<Result> {
  const { proxy, service, killer, standing, sending, population } = tried;
  const { traffic } = proxy;
  const told = toldIn(sending.logs);
  const count = await counted(tried, told);
  writeFileSync(
    join(folder, 'deviations.json'),
    JSON.stringify({ ...count, refusals: told.filter(({ state }) => state === 'refused') }, null, 1),
  );
  const leaks = await leaksOf(tried, folder);
  const verify = await verification(tried, count, planted, folder);
  const starts = service.starts.toSorted((a, b) => a - b);
  const hitsOf = (kind: (typeof faultKinds)[number]): readonly [number, number] => [
    traffic.hits.writes.get(kind) ?? 0,
    traffic.hits.reads.get(kind) ?? 0,
  ];
  return {
    server: tried.server.kind,
    courses: count.courses,
    acknowledged: told.filter(({ state }) => state !== 'refused').length,
    refused: told.filter(({ state }) => state === 'refused').length,
    kills: killer.total,
    killsInFlight: killer.inFlight,
    crashes: service.crashes,
    startSeconds: { median: starts[starts.length >> 1] ?? 0, longest: starts.at(-1) ?? 0 },
    gracefulStops: tried.gracefulStops,
    restarts: tried.restarts,
    writes: traffic.requests.writes,
    reads: traffic.requests.reads,
    faults: Object.fromEntries(faultKinds.map((kind) => [kind, hitsOf(kind)])),
    faultsOfWrites: faultsOf(traffic.hits.writes),
    faultsOfReads: faultsOf(traffic.hits.reads),
    secondsUnderFaults: tried.seconds,
    quietSeconds: tried.quietSeconds,
    standing,
    doneShare: doneShare(standing),
    forPerson: forPerson(standing),
    neither: waitingIn(standing),
    resources: count.resources,
    notEqual: count.notEqual,
    doubled: count.doubled.length,
    needlessVersions: count.needless.length,
    versionsSentAgain: count.sentAgain,
    strays: proxy.strays(),
    leaks,
    verify,
  };

  function doneShare(now: Standing): number {
    const done = (now.deliveries['delivered'] ?? 0) + (now.deliveries['superseded'] ?? 0);
    return totalOf(now) === 0 ? 0 : done / totalOf(now);
  }

  async function leaksOf({ server }: Tried, at: string): Promise<Leak[]> {
    const pages = await Promise.all(
      ['/metrics', '/deliveries', '/deliveries?state=failed', '/deliveries?state=held', '/audit', '/courses'].map(
        async (path) => ({
          where: `GET ${path}`,
          text: await (await fetch(`${service.origin}${path}`)).text(),
        }),
      ),
    );
    const refusals = told.map(({ text }) => text ?? '').join('\n');
    const answers = await provoked(service.origin, population);
    return leaksIn(
      [
        { where: 'log of the service', path: service.settings.log },
        { where: 'access log of the proxy', path: join(at, 'access.log') },
        // What the server itself says of a fault of its own is not ours to judge.
        { where: 'access log of the server', path: server.log, ...(server.kind === 'hapi' && { only: / access / }) },
      ],
      [...pages, { where: 'refusals', text: refusals }, { where: 'refusals of broken requests', text: answers }],
    );
  }
}

/** Everything that was acknowledged, against everything that the server shows. */
async function counted({ server, population, proxy }: Tried, told: ReturnType<typeof toldIn>): Promise<Count> {
  const newest = newestAcknowledged(told);
  const expected = [...newest].map(([index, number]) => expectedOf(population, index, number));
  return countOn(server.base, await storedOn(server.base), expected, systemOf(population), proxy.traffic.lostAnswers);
}

/** Whether verify names the courses that the count names, and then each of what is planted now. */
async function verification(
  { server, population, proxy, data, service }: Tried,
  count: Count,
  planted: number,
  folder: string,
): Promise<Result['verify']> {
  const idOf = (index: number): string => courseServiceId(markedCourse(population, index));
  const before = await verified(proxy.base, data);
  writeFileSync(
    join(folder, 'verify.json'),
    JSON.stringify({ ...before, lines: before.lines.filter(({ state }) => state !== 'as-delivered') }, null, 1),
  );
  const named = new Set(before.lines.filter(({ state }) => state !== 'as-delivered').map(({ course }) => course));
  const wrong = new Set(count.deviations.filter(({ index }) => index >= 0).map(({ index }) => idOf(index)));
  const agrees =
    before.lines.length >= count.courses && named.size === wrong.size && [...named].every((id) => wrong.has(id));
  const own = (await storedOn(server.base)).filter(({ keys }) =>
    keys.some((key) => key.includes(systemOf(population))),
  );
  const faults = await plantFaults(server.base, own, planted, randomOf(`${population.seed}/planted`));
  const after = await verified(proxy.base, data);
  const findings = after.lines.flatMap((line) => findingsOf(line, before.lines));
  const found = faults.filter(({ kind, place, type }) => {
    const at = findings.findIndex(
      (one) => one.kind === kind && one.type === type && (kind === 'missing' || one.places.includes(place)),
    );
    if (at !== -1) findings.splice(at, 1);
    return at !== -1;
  });
  writeFileSync(
    join(folder, 'planted.json'),
    JSON.stringify(
      {
        notFound: faults.filter((one) => !found.includes(one)),
        alsoFound: findings,
        code: after.code,
        said: after.said,
        service: service.origin,
      },
      null,
      1,
    ),
  );
  return { different: named.size, agrees, planted: faults.length, found: found.length };
}

type Finding = NonNullable<Verified['differences']>[number];

/** What verify found of a course that it had not found before. */
function findingsOf({ course, differences = [] }: Verified, before: readonly Verified[]): Finding[] {
  const known = before.find((line) => line.course === course)?.differences ?? [];
  return differences.filter((one) => !known.some(({ kind, at }) => kind === one.kind && at === one.at));
}

export type { Population };
