import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaited } from '../../src/cli/awaited.ts';
import { deliveringTo } from '../../src/cli/delivering.ts';
import { readConfig } from '../../src/config.ts';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { submitTexts } from '../../src/exchange/submit.ts';
import { fhirServer } from '../../src/fhir-client/fhir-server.ts';
import { writeJson } from '../../src/json/json.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { openStore } from '../../src/store/open-store.ts';
import { programmes, type ProgrammeKey } from '../../src/synthetic/programmes.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { emptyServer, startServer } from '../servers/start.ts';
import { progress, quick, report } from './report.ts';

/**
 * How fast courses that are on disk get to HAPI, beside a plain loader that sends the same Bundles, built beforehand,
 * with as many in flight, and looks at nothing but the status. Rounds alternate, and HAPI is emptied before each half.
 *
 * - `ratioToLoader`: the loader's time over ours.
 * - `cpuUsPerResourceMax`: the processor's time of this process while it delivers, in µs a resource.
 */

const inFlight = 2;
const rounds = quick ? 3 : 7;
const resourcesInAll = quick ? 3_000 : 20_000;

const keys = Object.keys(programmes) as ProgrammeKey[];
const read = readConfig({}, {});
if (!read.ok) throw new Error('the bench cannot read its configuration');
const settings = { ...read.config.delivery, inFlight };

interface Load {
  readonly courses: readonly TreatmentCourse[];
  readonly resources: number;
}

/** Full-size courses of all programmes, each round its own: about so many resources. */
function loadOf(round: number, resources: number): Load {
  const courses: TreatmentCourse[] = [];
  let made = 0;
  for (let index = 0; made < resources; index += 1) {
    const key = keys[index % keys.length] ?? 'norway';
    const course = synthesize(key, { seed: 100 + round, index, size: 'full' });
    courses.push(course);
    made += mapCourse(course, definitions).resources.length + 1;
  }
  return { courses, resources: made };
}

/** Seconds and processor time that it takes to deliver what a store holds. */
async function delivered(base: string, load: Load): Promise<{ seconds: number; cpuUs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'coursebridge-bench-push-'));
  const store = await openStore({ file: join(folder, 'coursebridge.sqlite') });
  try {
    const server = fhirServer({ base, authentication: { kind: 'none' } });
    const parts = { store, server, base, definitions, patients: 'create', settings, actor: 'bench' } as const;
    const { submissions, start } = await deliveringTo(parts);
    const texts = load.courses.map((course) => ({ text: writeJson(course), kind: 'snapshot' }) as const);
    const submitted = await submitTexts(texts, submissions);
    const waiting = awaited(1);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const dispatcher = start({
      noted: waiting.noted,
      fault: (error) => {
        throw error;
      },
    });
    const ends = await Promise.all(submitted.flatMap(({ deliveries }) => deliveries.map(waiting.ended)));
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    await dispatcher.stop();
    const bad = ends.filter(({ state }) => state !== 'delivered').length;
    if (bad > 0) throw new Error(`${bad} of ${ends.length} deliveries did not arrive`);
    return { seconds, cpuUs: user + system };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Seconds that a plain loader takes. */
async function loaded(base: string, { courses }: Load): Promise<number> {
  const bodies = courses.map((course) => Buffer.from(writeJson(bundleOf(mapCourse(course, definitions), 'create'))));
  const agent = new http.Agent({ keepAlive: true });
  const queue = bodies.values();
  const work = async (): Promise<void> => {
    for (const body of queue) await post(base, body, agent);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  agent.destroy();
  return (performance.now() - begun) / 1000;
}

function post(base: string, body: Buffer, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/fhir+json',
      'Content-Length': body.length,
      Prefer: 'return=minimal',
    };
    const request = http.request(base, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the loader was answered ${response.statusCode}`));
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

const ratioToLoader: number[] = [];
const cpuUsPerResourceMax: number[] = [];
const ours: number[] = [];
const theirs: number[] = [];
const hapi = await startServer('hapi');
try {
  // The server's own compiler has seen everything by then.
  await loaded(hapi.base, loadOf(-1, quick ? 1_000 : 4_000));
  // And so has ours, more or less: what is compiled while it is measured counts.
  await delivered(hapi.base, loadOf(-2, quick ? 1_000 : 10_000));
  for (let round = 0; round < rounds; round += 1) {
    const load = loadOf(round, resourcesInAll / rounds);
    const halves = [
      async () => {
        await emptyServer(hapi);
        theirs.push(await loaded(hapi.base, load));
      },
      async () => {
        await emptyServer(hapi);
        const { seconds, cpuUs } = await delivered(hapi.base, load);
        ours.push(seconds);
        cpuUsPerResourceMax.push(cpuUs / load.resources);
      },
    ];
    for (const half of round % 2 === 0 ? halves : halves.toReversed()) await half();
    const [mine = 0, plain = 0] = [ours.at(-1), theirs.at(-1)];
    ratioToLoader.push(plain / mine);
    progress(`push: round ${round + 1} of ${rounds}, ${Math.round(load.resources / mine)} resources/s`);
  }
} finally {
  await hapi.stop();
}
report(
  'push',
  'ratio; µs of our processor time a resource',
  { ratioToLoader, cpuUsPerResourceMax },
  { ratioToLoader: 0.95, cpuUsPerResourceMax: 60 },
);
