import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shippedDefinitions } from '../../src/definitions/definitions.ts';
import { writeJson } from '../../src/json/json.ts';
import { bundleOf, mapCourse } from '../../src/mapping/course-to-bundle.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import { countOn, type Count } from './count.ts';
import { versionsUpTo, type CourseVersion } from './course-versions.ts';
import { quickServer, type DurableServer } from './durable-server.ts';
import { expectedOf } from './expected.ts';
import { systemOf } from './marked-course.ts';
import { admitPatients } from './patients.ts';
import { plantFaults } from './plant.ts';
import { storedOn } from './stored.ts';
import { identifierKey } from './traffic.ts';

// The count that judges us is judged here, on a server that we did not write to.

const population = { seed: 21, namespace: 'count' };
const courses = [0, 1, 2, 3, 4];
let folder: string;
let server: DurableServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coursebridge-count-'));
  server = await quickServer(folder);
  await admitPatients(server.base, population, courses.length);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function store({ course }: CourseVersion): Promise<void> {
  const bundle = bundleOf(mapCourse(course, shippedDefinitions), 'logical');
  const response = await fetch(server.base, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: writeJson(bundle),
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

async function count(newest: number, lost = new Map<string, number>()): Promise<Count> {
  const expected = courses.map((index) => expectedOf(population, index, newest));
  return countOn(server.base, await storedOn(server.base), expected, systemOf(population), lost);
}

const nothingWrong = { deviations: [], notEqual: 0, doubled: [], needless: [], sentAgain: 0 };

test('what is there is counted, and whatever is not as it must be is found', async () => {
  for (const index of courses) for (const version of versionsUpTo(population, index, 1)) await store(version);
  expect(await count(1)).toMatchObject({ ...nothingWrong, courses: 5 });

  // A newer version is not what is there.
  expect((await count(2)).notEqual).toBe(5);

  const own = (await storedOn(server.base)).filter(({ type }) => type !== 'Patient');
  const planted = await plantFaults(server.base, own, 9, randomOf('planted'));
  const { deviations, doubled } = await count(1);
  const keysOf = (kind: string): string[] => planted.filter((one) => one.kind === kind).map(({ key }) => key);
  const found = (kind: string): string[] => deviations.filter((one) => one.kind === kind).map(({ key }) => key);
  expect(found('missing').toSorted()).toEqual(keysOf('missing').toSorted());
  expect(found('changed').toSorted()).toEqual(keysOf('changed').toSorted());
  expect(doubled.toSorted()).toEqual(keysOf('duplicate').toSorted());
  expect(deviations).toHaveLength(6);
});

test('a version that says nothing new is needless, or excused by a lost answer', async () => {
  const [first] = (await storedOn(server.base, ['QuestionnaireResponse'])).filter(({ keys }) => keys.length > 0);
  if (first === undefined) throw new Error('nothing is stored');
  // Another version, and then what was there before is no repetition of the version before.
  for (const status of ['stopped', 'completed', 'completed']) {
    const response = await fetch(`${server.base}/${first.type}/${first.id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: writeJson({ ...first.resource, status }),
    });
    expect(response.ok).toBe(true);
  }
  const key = first.keys[0] ?? '';
  expect((await count(1)).needless).toEqual(server.kind === 'helios' ? [key] : []);
  const other = identifierKey('somewhere', 'else');
  expect((await count(1, new Map([[other, 3]]))).needless).toHaveLength(server.kind === 'helios' ? 1 : 0);
  expect(await count(1, new Map([[key, 1]]))).toMatchObject({
    needless: [],
    sentAgain: server.kind === 'helios' ? 1 : 0,
  });
});
