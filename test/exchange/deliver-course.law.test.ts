import type { Resource } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { identifiersOf, keyOf } from '../../src/exchange/references.ts';
import { verifyCourse } from '../../src/exchange/verify.ts';
import { randomOf } from '../../src/synthetic/random.ts';
import { resourcesOf } from './courses.ts';
import { senderTo, type Sender } from './deliveries.ts';
import { faultsAtRandom, noFaults } from './random-faults.ts';
import { beginning, next } from './some-versions.ts';
import { startTarget, type Fault, type Target } from './target.ts';

/** How many sequences of versions; more by hand. */
const sequences = Number(process.env['SEQUENCES'] ?? 4);
const versionsOfEach = 6;

let target: Target;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const refused = (status: number): Fault & { kind: 'refused' } => ({ kind: 'refused', status });
const isOurId = (path: string): boolean => /-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(path);

/** Targets that differ in how they are written to. */
const kinds: Readonly<Record<string, (on: Target) => void>> = {
  'that takes our ids': () => undefined,
  'that gives the ids': (on) => {
    const { fault, faultOfOne } = on;
    on.fault = (bundle, n) =>
      bundle.entry?.some(({ request }) => request?.method === 'PUT' && request.ifMatch === undefined) === true
        ? refused(400)
        : fault(bundle, n);
    on.faultOfOne = (method, path) => (method === 'PUT' && isOurId(path) ? refused(405) : faultOfOne(method, path));
  },
  'without Bundles': (on) => {
    on.fault = () => refused(405);
  },
};

/** Sends what is left to send, whatever happens, until it has arrived. */
async function untilDelivered(sender: Sender): Promise<void> {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const { ended } = await sender.deliver();
    if (ended === 'delivered') return;
    sender.now += 31_000;
  }
  throw new Error(`not delivered: ${JSON.stringify((await sender.deliver()).issues)}`);
}

describe.each(Object.entries(kinds))('a target %s', (_name, restrict) => {
  test.each(Array.from({ length: sequences }, (_, seed) => seed))(
    'holds the last version and nothing else in force, whatever happened (%i)',
    { timeout: 120_000 },
    async (seed) => {
      const random = randomOf(`deliveries ${seed}`);
      const retractions = seed % 3 === 2 ? 'delete' : 'entered-in-error';
      const sender = senderTo(target.server, { retractions });
      const versions = [beginning(seed)];
      while (versions.length < versionsOfEach) versions.push(next(versions, random));
      for (const [index, version] of versions.entries()) {
        faultsAtRandom(target, 0.25, random);
        restrict(target);
        sender.dies = () => random.chance(0.2);
        await sender.deliver(version);
        // A newer version may come before this one has arrived.
        for (let more = random.integer(0, 3); more > 0; more -= 1) {
          sender.now += random.pick([1_000, 31_000]);
          await sender.deliver();
        }
        if (index === versions.length - 1 || random.chance(0.3)) {
          noFaults(target);
          restrict(target);
          sender.dies = () => false;
          await untilDelivered(sender);
          await holds(sender, retractions);
        }
      }
    },
  );
});

async function holds(sender: Sender, retractions: 'delete' | 'entered-in-error'): Promise<void> {
  const last = sender.versions.at(-1);
  if (last === undefined) throw new Error('no version');
  const types = ['Observation', 'MedicationAdministration', 'QuestionnaireResponse'];
  const all = (await Promise.all(types.map((type) => target.all(type)))).flat();
  const names = all.flatMap((one) => identifiersOf(one).map((own) => `${one.resourceType} ${keyOf(own)}`));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(all.length);
  expect(await target.all('Patient')).toHaveLength(1);
  const isTakenOff = retractions === 'delete' && last.status === 'enteredInError';
  const wanted = new Set(
    (isTakenOff ? [] : resourcesOf(last)).map(
      ({ resource, identifier }) => `${resource.resourceType} ${keyOf(identifier)}`,
    ),
  );
  const others = all.filter((one) => !wanted.has(`${one.resourceType} ${identifiersOf(one).map(keyOf)[0]}`));
  expect(all.length - others.length).toBe(wanted.size);
  if (retractions === 'delete') expect(others).toEqual([]);
  for (const one of others) expect((one as Resource & { status?: string }).status).toBe('entered-in-error');
  if (!isTakenOff)
    expect(await verifyCourse(last, target.server, definitions)).toEqual({
      kind: 'equal',
      differences: [],
      issues: [],
    });
  // What the receipt says is what a look shows: a repair finds nothing to do.
  const before = target.transactions.length + target.single.length;
  expect(await sender.deliver(undefined, 'repair')).toMatchObject({
    ended: 'delivered',
    counts: { created: 0, updated: 0 },
  });
  expect(target.transactions.length + target.single.length).toBe(before);
}
