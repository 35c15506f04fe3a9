import type { BundleEntry } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { verifyCourse } from '../../src/exchange/verify.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { course, patient, resourcesOf, withDose } from './courses.ts';
import { senderTo, type Sender } from './deliveries.ts';
import { startTarget, type Fault, type Target } from './target.ts';

let target: Target;
let sender: Sender;
beforeEach(async () => {
  target = await startTarget();
  sender = senderTo(target.server);
  await target.put(patient('a'));
});
afterEach(() => target.close());

const size = resourcesOf(course).length;

const refused = (status: number): Extract<Fault, { kind: 'refused' }> => ({ kind: 'refused', status });

const putsOurId = ({ request }: BundleEntry): boolean =>
  request?.method === 'PUT' && /-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(request.url);
const refusesOurIds = (status: number) => (transaction: { entry?: BundleEntry[] }) =>
  transaction.entry?.some((entry) => putsOurId(entry) && entry.request?.ifMatch === undefined) === true
    ? refused(status)
    : undefined;

async function isWhole(of = course): Promise<void> {
  expect(await verifyCourse(of, target.server, definitions)).toEqual({ kind: 'equal', differences: [], issues: [] });
  expect(await target.all('Patient')).toHaveLength(1);
}

const sizes = (): (number | undefined)[] => target.transactions.map(({ entry }) => entry?.length);

describe('a target that takes no ids of ours', () => {
  test.each([400, 404, 405, 422])('refuses the transaction with %i', async (status) => {
    target.fault = refusesOurIds(status);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size }, issues: [] });
    await isWhole();
    // Once may be chance; twice it is remembered.
    for (const id of ['C-18', 'C-19']) {
      const other = senderTo(target.server);
      other.knowledge = sender.knowledge;
      await other.deliver({ ...course, id });
      sender.knowledge = other.knowledge;
    }
    const tries = target.transactions.length;
    const last = senderTo(target.server);
    last.knowledge = sender.knowledge;
    expect(last.knowledge.strategy).toBe('resolve-then-write');
    expect(await last.deliver({ ...course, id: 'C-20' })).toMatchObject({ ended: 'delivered' });
    expect(target.transactions).toHaveLength(tries + 1);
    expect(target.transactions.at(-1)?.entry?.some(putsOurId)).toBe(false);
  });

  test('is written to under the ids that it gave', async () => {
    target.fault = refusesOurIds(404);
    await sender.deliver(course);
    expect(await sender.deliver(withDose(40))).toMatchObject({
      ended: 'delivered',
      requests: 2,
      counts: { created: 0 },
    });
    await isWhole(withDose(40));
  });

  test('refuses the entries, one by one, in a 200', async () => {
    target.fault = () => ({ kind: 'in-part', status: (entry) => (putsOurId(entry) ? 404 : undefined) });
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    await isWhole();
  });

  test('once, in passing, is asked again and nothing is learnt of it', async () => {
    target.fault = (_transaction, n) => (n < 1 ? refused(422) : undefined);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered' });
    expect(sender.knowledge).toMatchObject({ strategy: 'update-as-create', mode: 'transaction', doubts: {} });
  });
});

describe('a target with limits', () => {
  test.each([size - 1, 3, 1])('413 above %i entries', async (most) => {
    target.fault = (transaction) => ((transaction.entry ?? []).length > most ? refused(413) : undefined);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    await isWhole();
    expect(sender.knowledge.limits.entries).toBeLessThanOrEqual(most);
  });

  test('413 for everything', async () => {
    target.fault = () => refused(413);
    target.faultOfOne = () => refused(413);
    expect(await sender.deliver(course)).toMatchObject({
      ended: 'refused',
      status: 413,
      counts: { created: 0 },
      issues: expect.arrayContaining([
        {
          code: 'target-refused',
          at: 'TreatmentCourse.sessions[0].administrations[0]',
          facts: { status: 413, type: 'processing' },
        },
      ]),
    });
  });

  test('a limit grows again', async () => {
    target.fault = (_transaction, n) => (n === 0 ? refused(413) : undefined);
    await sender.deliver(course);
    const { entries = 0 } = sender.knowledge.limits;
    expect(entries).toBe(Math.floor(size / 2));
    for (let dose = 1; dose < 100; dose += 1) await sender.deliver(withDose(dose));
    expect(sender.knowledge.limits.entries ?? Infinity).toBeGreaterThan(1000);
  });

  test('an answer that takes too long makes the next requests smaller', async () => {
    const large = synthesize('portugal', { seed: 1, index: 0, size: 'full' });
    let now = 0;
    const slow = senderTo(target.server, { now: () => (now += 12_000) });
    slow.knowledge = { ...slow.knowledge, limits: { entries: 40 } };
    expect(await slow.deliver(large)).toMatchObject({ ended: 'delivered' });
    expect(sizes().slice(0, 4)).toEqual([40, 1, 20, 10]);
  });
});

describe("Medplum's limits, which the embedded server has", () => {
  const large = synthesize('portugal', { seed: 1, index: 0, size: 'full' });
  const many = resourcesOf(large).length;

  test('8 entries beside a conditional one, and 50 PUTs', async () => {
    expect(await sender.deliver(large)).toMatchObject({ ended: 'delivered', counts: { created: many + 1 } });
    const slices = Array.from({ length: Math.floor(many / 50) }, () => 50);
    expect(sizes()).toEqual([many + 1, 1, many, ...slices, many % 50]);
    expect(await verifyCourse(large, target.server, definitions)).toMatchObject({ kind: 'equal', issues: [] });
  });
});

describe('a target without transactions', () => {
  test.each([400, 404, 405, 422, 501])('answers them with %i', async (status) => {
    target.fault = (bundle) => (bundle.type === 'transaction' ? refused(status) : undefined);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    const batches = target.transactions.filter(({ type }) => type === 'batch');
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.flatMap(({ entry }) => entry)).toHaveLength(size);
    expect(JSON.stringify(batches)).not.toContain('urn:uuid');
    await isWhole();
    await sender.deliver(withDose(40));
    expect(sender.knowledge.mode).toBe('batch');
    await isWhole(withDose(40));
  });

  test('or batches is written to resource by resource', async () => {
    target.fault = () => refused(405);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    expect(target.single).toHaveLength(size);
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'delivered' });
    await isWhole(withDose(40));
    const { single } = target;
    single.length = 0;
    expect(await sender.deliver(withDose(45))).toMatchObject({ ended: 'delivered' });
    expect(single.every((one) => one.startsWith('PUT '))).toBe(true);
  });

  test('nor ids of ours gets what it refers to first', async () => {
    target.fault = () => refused(405);
    target.faultOfOne = (method) => (method === 'PUT' ? refused(405) : undefined);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    await isWhole();
    expect(sender.rows().every(({ uuid, serverId }) => serverId !== undefined && serverId !== uuid)).toBe(true);
    for (const one of await target.all('Observation')) expect(JSON.stringify(one)).not.toContain('urn:uuid');
  });
});

describe('a target that refuses', () => {
  test('everything: its words stay there', async () => {
    target.fault = () => refused(422);
    target.faultOfOne = () => refused(422);
    const outcome = await sender.deliver(course);
    expect(outcome).toMatchObject({ ended: 'refused', status: 422, open: false, counts: { created: 0 } });
    expect(JSON.stringify(outcome)).not.toContain('MARKER');
    expect(sender.knowledge).toMatchObject({ strategy: 'update-as-create', mode: 'transaction' });
  });

  test('one resource: the rest arrives, but for what refers to it', async () => {
    const isSession = ({ resource }: BundleEntry): boolean => JSON.stringify(resource).includes('/s/2/record');
    const [session] = resourcesOf(course).filter(({ identifier }) => identifier.value.endsWith('/s/2/record'));
    target.fault = ({ type, entry = [] }) => {
      if (!entry.some(isSession)) return undefined;
      return type === 'batch' ? { kind: 'in-part', status: (one) => (isSession(one) ? 422 : undefined) } : refused(422);
    };
    const outcome = await sender.deliver(course);
    expect(outcome).toMatchObject({ ended: 'refused', status: 422 });
    expect(outcome.issues[0]).toEqual({ code: 'partly-written', at: 'TreatmentCourse' });
    expect(outcome.issues.slice(1)).toEqual([
      { code: 'target-refused', at: 'TreatmentCourse.sessions[1]', facts: { status: 422 } },
    ]);
    const rows = new Map(sender.rows().map((row) => [row.uuid, row]));
    expect(rows.get(session?.uuid ?? '')).toMatchObject({ state: 'refused' });
    const held = sender.rows().filter(({ state }) => state === 'held');
    const stored = [
      ...(await target.all('Observation')),
      ...(await target.all('MedicationAdministration')),
      ...(await target.all('QuestionnaireResponse')),
    ];
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(held.map(({ serverId }) => serverId)));
    // The next attempt, when the target has come to its senses, sends the rest alone.
    target.fault = () => undefined;
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered', counts: { unchanged: held.length } });
    await isWhole();
  });

  test.each([401, 403])('to let us in (%i)', async (status) => {
    target.fault = () => refused(status);
    target.faultOfOne = () => refused(status);
    expect(await sender.deliver(course)).toMatchObject({
      ended: 'unavailable',
      reach: 'not-authorised',
      issues: [{ code: 'target-not-authorised' }],
    });
  });
});

describe('a target that has no time', () => {
  test('for long', async () => {
    target.fault = () => ({ kind: 'refused', status: 503, headers: { 'Retry-After': '7' } });
    expect(await sender.deliver(course)).toMatchObject({
      ended: 'unavailable',
      open: false,
      retryAfterSeconds: 7,
      issues: [{ code: 'target-unavailable' }],
    });
  });

  test('for a moment', async () => {
    target.fault = (_transaction, n) =>
      n === 0 ? { kind: 'refused', status: 503, headers: { 'Retry-After': '2' } } : undefined;
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered' });
    expect(target.waits).toEqual([2]);
  });

  test.each([429, 503, 409])('for some entries of a 200 (%i): only those come again', async (status) => {
    target.fault = (_transaction, n) =>
      n === 0 ? { kind: 'in-part', status: (_entry, index) => (index >= 4 ? status : undefined) } : undefined;
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size } });
    expect(sizes()).toEqual([size, size - 4]);
    await isWhole();
  });

  test('for some entries, ever', async () => {
    const isForm = ({ resource }: BundleEntry): boolean => resource?.resourceType === 'QuestionnaireResponse';
    target.fault = ({ entry }) => ({
      kind: 'in-part',
      status: (one) => (isForm(one) && (entry?.length ?? 0) > 0 ? 429 : undefined),
    });
    const outcome = await sender.deliver(course);
    expect(target.waits).toEqual([1, 2, 4]);
    expect(outcome).toMatchObject({ ended: 'unavailable', open: false, counts: { 'not-sent': 2 } });
    target.fault = () => undefined;
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered', counts: { created: 2 } });
    await isWhole();
  });
});

describe('a lost answer', () => {
  test('to a transaction that was done', async () => {
    target.fault = () => ({ kind: 'lost', done: true });
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: size }, issues: [] });
    expect(target.transactions).toHaveLength(1);
    await isWhole();
  });

  test('to one that made the patient', async () => {
    const stranger = { ...course, patient: { ...course.patient, id: 'P-2' } };
    const short = { ...stranger, sessions: [] };
    target.fault = () => ({ kind: 'lost', done: true });
    expect(await sender.deliver(short)).toMatchObject({ ended: 'delivered' });
    expect(await target.all('Patient')).toHaveLength(2);
  });

  test('to one that was not: nothing more is sent, and the next attempt looks first', async () => {
    target.fault = (_transaction, n) => (n === 0 ? { kind: 'lost', done: false } : undefined);
    expect(await sender.deliver(course)).toMatchObject({
      ended: 'unknown',
      open: true,
      lostAt: sender.now,
      counts: { unknown: size },
      issues: [{ code: 'target-unknown-outcome', at: 'TreatmentCourse' }],
    });
    expect(target.transactions).toHaveLength(1);
    expect(sender.rows().map(({ state }) => state)).toEqual(Array.from({ length: size }, () => 'unknown'));
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered', open: false });
    await isWhole();
  });

  test('to one of another version: what is under way gets its time', async () => {
    target.fault = () => ({ kind: 'lost', done: false });
    await sender.deliver(course);
    target.fault = () => undefined;
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'unknown', requests: 0, retryAfterSeconds: 30 });
    sender.now += 30_000;
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered' });
    await isWhole(withDose(40));
  });

  test.each([true, false])(
    'with a process that died: a part that left since is taken back where it is (%s)',
    async (done) => {
      const [first, ...others] = course.sessions ?? [];
      const { readings: _readings, ...rest } = first ?? { id: '', status: 'completed' };
      const then = { ...course, sessions: [rest, ...others] };
      target.fault = () => ({ kind: 'lost', done });
      sender.dies = () => true;
      await sender.deliver(course);
      sender.dies = () => false;
      target.fault = () => undefined;
      sender.now += 30_000;
      expect(await sender.deliver(then)).toMatchObject({ ended: 'delivered', open: false });
      const readings = (await target.all('Observation')).filter((one) => JSON.stringify(one).includes('/r/1/'));
      expect(readings.map((one) => (one as { status?: string }).status)).toEqual(
        done ? readings.map(() => 'entered-in-error') : [],
      );
      expect(readings.length > 0).toBe(done);
      await isWhole(then);
    },
  );

  test.each([true, false])('where the target gives the ids, it gets its time (done: %s)', async (done) => {
    sender.knowledge = { ...sender.knowledge, strategy: 'resolve-then-write' };
    target.fault = (_transaction, n) => (n === 0 ? { kind: 'lost', done } : undefined);
    expect(await sender.deliver(course)).toMatchObject({ ended: 'unknown', open: true, retryAfterSeconds: 30 });
    sender.now += 10_000;
    expect(await sender.deliver()).toMatchObject({ ended: 'unknown', retryAfterSeconds: 20 });
    expect(target.transactions).toHaveLength(1);
    sender.now += 20_000;
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered' });
    expect(target.transactions).toHaveLength(done ? 1 : 2);
    await isWhole();
  });

  test('to the second half', async () => {
    target.fault = (transaction, n) => {
      if ((transaction.entry ?? []).length > size / 2) return refused(413);
      return n === 2 ? { kind: 'lost', done: false } : undefined;
    };
    const outcome = await sender.deliver(course);
    expect(outcome.ended).toBe('unknown');
    expect(outcome.counts.created + outcome.counts.unknown + outcome.counts['not-sent']).toBe(size);
    expect(await sender.deliver()).toMatchObject({ ended: 'delivered' });
    await isWhole();
  });
});

describe('somebody else who writes at the same time', () => {
  test.each([409, 412, 400])('%i: a fresh look, and again', async (status) => {
    await sender.deliver(course);
    target.fault = (_transaction, n) => (n <= 2 ? refused(status) : undefined);
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
    expect(target.transactions).toHaveLength(4);
  });

  test('and does not stop', async () => {
    await sender.deliver(course);
    target.fault = () => refused(409);
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'unavailable', status: 409, open: false });
    expect(target.transactions).toHaveLength(5);
  });
});

test('nothing is written once the delivery is no longer ours', async () => {
  let asked = 0;
  const elsewhere = senderTo(target.server, { stillOurs: () => Promise.resolve((asked += 1) < 2) });
  elsewhere.knowledge = { ...elsewhere.knowledge, limits: { entries: 5 } };
  expect(await elsewhere.deliver(course)).toMatchObject({ ended: 'not-ours', open: true });
  expect(target.transactions).toHaveLength(1);
});
