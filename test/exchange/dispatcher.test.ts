import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import {
  startDispatcher,
  type Dispatcher,
  type DispatcherParts,
  type DispatchNote,
} from '../../src/exchange/dispatcher.ts';
import type { Answer, FhirServer } from '../../src/exchange/ports.ts';
import { usualRetries } from '../../src/exchange/retry-policy.ts';
import type { Store } from '../../src/exchange/store.ts';
import { submitTexts, type SubmissionWorld } from '../../src/exchange/submit.ts';
import { writeJson } from '../../src/json/json.ts';
import { openStore } from '../../src/store/open-store.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { startTarget, type Fault, type Target } from './target.ts';

const targetId = '00000000-0000-5000-8000-000000000001';

let store: Store;
let target: Target;
let dispatcher: Dispatcher | undefined;
let notes: DispatchNote[];
let faults: unknown[];
/** What the clock is put forward or back by. */
let shift: number;

beforeEach(async () => {
  store = await openStore('memory');
  target = await startTarget();
  await store.transaction((tx) => tx.keepTarget({ id: targetId, base: target.base }));
  notes = [];
  faults = [];
  shift = 0;
  dispatcher = undefined;
});

afterEach(async () => {
  await dispatcher?.stop();
  target.close();
  await store.close();
});

const now = (): number => Date.now() + shift;

const world = (): SubmissionWorld => ({
  store,
  definitions,
  targets: [targetId],
  limits: { parts: 5, share: 0.2 },
  now,
  newId: randomUUID,
  actor: 'test',
});

function dispatch(more: Partial<DispatcherParts> = {}): Dispatcher {
  const started = startDispatcher({
    store,
    target: targetId,
    world: {
      server: target.server,
      definitions,
      patients: 'create',
      retractions: 'entered-in-error',
      settleSeconds: 0.05,
    },
    inFlight: 4,
    pollSeconds: 0.05,
    leaseSeconds: 5,
    retries: { ...usualRetries, firstSeconds: 0.02, capSeconds: 0.2, longestAskedSeconds: 0.2 },
    clock: {
      now,
      wait: (seconds, signal) => sleep(seconds * 1000, undefined, { signal }).catch(() => undefined),
    },
    random: Math.random,
    newId: randomUUID,
    noted: (note) => notes.push(note),
    fault: (error) => faults.push(error),
    ...more,
  });
  dispatcher = started;
  return started;
}

const course = (index: number, patient = `P-${index}`): TreatmentCourse => {
  const made = synthesize('norway', { seed: 5, index, size: 'small' });
  return { ...made, patient: { system: 'https://clinic.example/patients', id: patient } };
};

async function submit(...courses: readonly TreatmentCourse[]): Promise<string[]> {
  const texts = courses.map((one) => ({ text: writeJson(one), kind: 'snapshot' }) as const);
  return (await submitTexts(texts, world())).flatMap(({ deliveries }) => deliveries);
}

const stateOf = async (id: string | undefined): Promise<string | undefined> =>
  (await store.transaction((tx) => tx.delivery(id ?? '')))?.state;

async function untilAll(ids: readonly string[], state: string): Promise<void> {
  for (;;) {
    const states = await Promise.all(ids.map(stateOf));
    if (states.every((one) => one === state)) return;
    await sleep(10);
  }
}

/** The server, with something around every write. */
function around(write: (body: string, send: () => Promise<Answer<never>>) => Promise<Answer<never>>): FhirServer {
  const { server } = target;
  const textOf = (body: Uint8Array): string => Buffer.from(body).toString();
  const through = (body: Uint8Array, send: () => Promise<Answer<unknown>>) =>
    write(textOf(body), send as () => Promise<Answer<never>>);
  return {
    ...server,
    transaction: (body) => through(body, () => server.transaction(body)),
    batch: (body) => through(body, () => server.batch(body)),
    create: (type, body, condition) => through(body, () => server.create(type, body, condition)),
    update: (type, id, body, version) => through(body, () => server.update(type, id, body, version)),
  };
}

const to = (server: FhirServer): Pick<DispatcherParts, 'world'> => ({
  world: { server, definitions, patients: 'create', retractions: 'entered-in-error', settleSeconds: 1 },
});

/** The n-th transaction, and those in between, go wrong. */
const faulty =
  (...list: readonly (Fault | undefined)[]): Target['fault'] =>
  (_, n) =>
    list[n];

describe('a dispatcher', () => {
  it('delivers what waits, and what is submitted later', async () => {
    const before = await submit(course(1));
    dispatch();
    await untilAll(before, 'delivered');
    const after = await submit(course(2), course(3));
    dispatcher?.wake();
    await untilAll(after, 'delivered');
    expect(notes.map(({ state, attempt }) => [state, attempt])).toEqual(
      Array.from({ length: 3 }, () => ['delivered', 1]),
    );
    expect(faults).toEqual([]);
  });

  it('tries again after a target that is away, and after a lost answer', async () => {
    target.fault = faulty(
      { kind: 'refused', status: 503 },
      { kind: 'lost', done: false },
      { kind: 'lost', done: true },
    );
    const ids = await submit(course(1));
    dispatch();
    await untilAll(ids, 'delivered');
    const sent = await target.all('Observation');
    expect(new Set(sent.map((one) => JSON.stringify((one as Observation).identifier))).size).toBe(sent.length);
  });

  it('believes a refusal that is repeated, and only then', async () => {
    const [id] = await submit(course(1));
    dispatch(to(around(async () => ({ kind: 'refused', status: 422, reason: 'status', faults: [] }))));
    await untilAll([id ?? ''], 'refused');
    expect(notes.filter(({ ended }) => ended === 'refused').length).toBe(usualRetries.believedRefusals);
    expect(notes.at(-1)?.issues.map(({ code }) => code)).toContain('target-refused');
  });

  it('passes over a refusal that was in passing', async () => {
    target.fault = faulty({ kind: 'refused', status: 422 }, { kind: 'refused', status: 422 });
    const ids = await submit(course(1));
    dispatch();
    await untilAll(ids, 'delivered');
  });

  it('has never two of one patient in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const watched = around(async (_, send) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await sleep(20);
      return send().finally(() => (inFlight -= 1));
    });
    const ids = await submit(...[1, 2, 3, 4, 5, 6].map((index) => course(index, 'one-patient')));
    dispatch(to(watched));
    await untilAll(ids, 'delivered');
    expect(most).toBe(1);
    const others = await submit(...[7, 8, 9, 10].map((index) => course(index)));
    await untilAll(others, 'delivered');
    expect(most).toBeGreaterThan(1);
  });

  it('ends with what is in flight, and keeps what waits', async () => {
    let begun = (): void => undefined;
    const first = new Promise<void>((resolve) => (begun = resolve));
    const slow = around(async (_, send) => {
      begun();
      await sleep(100);
      return send();
    });
    const ids = await submit(course(1), course(2));
    const started = dispatch({ inFlight: 1, ...to(slow) });
    await first;
    await started.stop();
    expect(await Promise.all(ids.map(stateOf))).toEqual(['delivered', 'waiting']);
  });

  it('goes on where the clock was put back, or forward, by hours', async () => {
    target.fault = faulty({ kind: 'refused', status: 503 });
    shift = 0;
    const ids = await submit(course(1));
    dispatch({ retries: { ...usualRetries, firstSeconds: 3, capSeconds: 3 } });
    while (notes.length === 0) await sleep(10);
    shift = -5 * 3_600_000;
    await untilAll(ids, 'delivered');
    shift = 5 * 3_600_000;
    await untilAll(await submit(course(2)), 'delivered');
    expect(faults).toEqual([]);
  });

  it('does not let a fault of our own take other deliveries along', async () => {
    const [bad] = await submit(course(1));
    const broken = around(async (body, send) => {
      if (body.includes('"P-1"')) throw new Error('a fault of our own');
      return send();
    });
    const good = await submit(course(2));
    dispatch(to(broken));
    await untilAll(good, 'delivered');
    expect(['waiting', 'in-flight']).toContain(await stateOf(bad));
    expect(faults.length).toBeGreaterThan(0);
    expect(notes.find(({ delivery }) => delivery === bad)?.issues.map(({ code }) => code)).toEqual(['internal-error']);
  });

  it('leaves a delivery to whoever took it over', async () => {
    const [id = ''] = await submit(course(1));
    const { server } = target;
    let taken = false;
    const slow = {
      ...server,
      search: async (...asked: Parameters<typeof server.search>) => {
        if (!taken) {
          taken = true;
          const later = now() + 3_600_000;
          await store.transaction((tx) =>
            tx.claim({ target: targetId, now: later, leaseUntil: later, lease: randomUUID, limit: 1 }),
          );
        }
        return server.search(...asked);
      },
    };
    dispatch({ leaseSeconds: 0.001, ...to(slow) });
    while (notes.length === 0) await sleep(10);
    expect(notes[0]?.ended).toBe('not-ours');
    expect(target.transactions.length).toBe(0);
    expect(await stateOf(id)).toBe('in-flight');
  });
});
