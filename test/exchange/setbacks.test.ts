import type { BundleEntry, Patient } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shippedDefinitions as definitions } from '../../src/definitions/definitions.ts';
import { verifyCourse } from '../../src/exchange/verify.ts';
import { synthesize } from '../../src/synthetic/synthesize.ts';
import { course, patient, push, resourcesOf, withDose } from './courses.ts';
import { startTarget, type Fault, type Target } from './target.ts';

let target: Target;
beforeEach(async () => {
  target = await startTarget();
  await target.put(patient('a'));
});
afterEach(() => target.close());

const size = resourcesOf(course).length;

const refused = (status: number): Fault => ({ kind: 'refused', status });

const putsOurId = ({ request }: BundleEntry): boolean =>
  request?.method === 'PUT' && /-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(request.url);

async function isWhole(): Promise<void> {
  expect(await verifyCourse(course, target.server, definitions)).toEqual({
    kind: 'equal',
    differences: [],
    issues: [],
  });
  expect(await target.all('Patient')).toHaveLength(1);
}

describe('a target that takes no ids of ours', () => {
  test.each([400, 404, 405, 422])('refuses the transaction with %i', async (status) => {
    target.fault = (transaction) => (transaction.entry?.some(putsOurId) === true ? refused(status) : undefined);
    expect(await push(target.server)).toMatchObject({ state: 'delivered', counts: { created: size }, issues: [] });
    await isWhole();
    const tries = target.transactions.length;
    // It is remembered: the next course is not tried with ids of ours.
    await push(target.server, { ...course, id: 'C-18' });
    expect(target.transactions).toHaveLength(tries + 1);
    expect(target.transactions.at(-1)?.entry?.some(putsOurId)).toBe(false);
  });

  test('refuses the entries, one by one, in a 200', async () => {
    target.fault = () => ({ kind: 'in-part', status: (entry) => (putsOurId(entry) ? 404 : undefined) });
    expect(await push(target.server)).toMatchObject({ state: 'delivered', counts: { created: size } });
    await isWhole();
  });
});

describe('a target with limits', () => {
  test.each([10, 3, 1])('413 above %i entries', async (most) => {
    target.fault = (transaction) => ((transaction.entry ?? []).length > most ? refused(413) : undefined);
    expect(await push(target.server)).toMatchObject({ state: 'delivered', counts: { created: size } });
    await isWhole();
  });

  test('413 for everything', async () => {
    target.fault = () => refused(413);
    expect(await push(target.server)).toMatchObject({
      state: 'refused',
      counts: { created: 0 },
      issues: [{ code: 'target-refused', at: 'TreatmentCourse', facts: { status: 413, type: 'processing' } }],
    });
  });
});

describe("Medplum's limits, which the embedded server has", () => {
  const large = synthesize('portugal', { seed: 1, index: 0, size: 'full' });
  const many = resourcesOf(large).length;
  const { system, id } = large.patient;
  const person = (more: Partial<Patient> & { id: string }) => ({
    resourceType: 'Patient' as const,
    identifier: [{ system, value: id }],
    ...more,
  });

  test('8 entries beside a conditional one, and 50 PUTs', async () => {
    expect(await push(target.server, large)).toMatchObject({ state: 'delivered', counts: { created: many + 1 } });
    expect(target.transactions.at(-2)?.entry).toHaveLength(1);
    expect(target.transactions.at(-1)?.entry).toHaveLength(many);
  });

  test('the known go in slices of 50', async () => {
    await target.put(person({ id: 'b' }));
    await push(target.server, large);
    await target.put(person({ id: 'b', link: [{ type: 'replaced-by', other: { reference: 'Patient/c' } }] }));
    await target.put(person({ id: 'c' }));
    const before = target.transactions.length;
    expect(await push(target.server, large)).toMatchObject({ state: 'delivered', counts: { updated: many } });
    // A 400 to versioned PUTs is first taken for a conflict: cutting a course in slices gives up that it comes whole.
    const [first, second, ...slices] = target.transactions.slice(before).map(({ entry }) => entry?.length ?? 0);
    expect([first, second]).toEqual([many, many]);
    expect(Math.max(...slices)).toBe(50);
    expect(slices).toHaveLength(Math.ceil(many / 50));
    const verification = await verifyCourse(large, target.server, definitions);
    expect(verification).toEqual({ kind: 'equal', differences: [], issues: [] });
  });
});

describe('a target that refuses', () => {
  test('the whole: nothing was written, and its words stay there', async () => {
    target.fault = () => refused(422);
    const receipt = await push(target.server);
    expect(receipt).toMatchObject({ state: 'refused', counts: { created: 0, 'not-sent': size } });
    expect(receipt.issues).toEqual([
      { code: 'target-refused', at: 'TreatmentCourse', facts: { status: 422, type: 'processing' } },
    ]);
    expect(JSON.stringify(receipt)).not.toContain('MARKER');
  });

  test('one entry of a 200: the outcome lists exactly what was written', async () => {
    const isSession = ({ resource }: BundleEntry): boolean => JSON.stringify(resource).includes('/s/2/record');
    target.fault = () => ({ kind: 'in-part', status: (entry) => (isSession(entry) ? 409 : undefined) });
    const receipt = await push(target.server);
    expect(receipt.state).toBe('partly');
    expect(receipt.issues[0]).toEqual({ code: 'partly-written', at: 'TreatmentCourse' });
    expect(receipt.issues).toContainEqual({
      code: 'target-refused',
      at: 'TreatmentCourse.sessions[1]',
      facts: { status: 409 },
    });
    const listed = receipt.issues.filter(({ code }) => code === 'written').map(({ at }) => at);
    const written = receipt.entries.filter(({ state }) => state === 'created').map(({ at }) => at);
    expect(listed).toEqual(written);
    const stored = [
      ...(await target.all('Observation')),
      ...(await target.all('MedicationAdministration')),
      ...(await target.all('QuestionnaireResponse')),
    ];
    expect(new Set(stored.map(({ id }) => id))).toEqual(
      new Set(receipt.entries.flatMap(({ state, serverId }) => (state === 'created' ? [serverId] : []))),
    );
    // The next push, when the target has come to its senses, completes it.
    target.fault = () => undefined;
    expect(await push(target.server)).toMatchObject({ state: 'delivered' });
    await isWhole();
  });

  test.each([401, 403])('to let us in (%i)', async (status) => {
    target.fault = () => refused(status);
    expect(await push(target.server)).toMatchObject({ state: 'refused', issues: [{ code: 'target-not-authorised' }] });
  });
});

describe('a target that has no time', () => {
  test('for anything', async () => {
    target.fault = () => ({ kind: 'refused', status: 503, headers: { 'Retry-After': '7' } });
    expect(await push(target.server)).toMatchObject({
      state: 'unavailable',
      retryAfterSeconds: 7,
      issues: [{ code: 'target-unavailable' }],
    });
  });

  test('for some entries of a 200: only those come again', async () => {
    target.fault = (_transaction, n) =>
      n === 0 ? { kind: 'in-part', status: (_entry, index) => (index >= 4 ? 429 : undefined) } : undefined;
    expect(await push(target.server)).toMatchObject({ state: 'delivered', counts: { created: size } });
    expect(target.transactions.map(({ entry }) => entry?.length)).toEqual([size, size - 4]);
    expect(target.waits).toEqual([1]);
    await isWhole();
  });

  test('for some entries, ever: what was written is listed', async () => {
    target.fault = () => ({
      kind: 'in-part',
      status: (entry) => (entry.resource?.resourceType === 'QuestionnaireResponse' ? 429 : undefined),
    });
    const receipt = await push(target.server);
    expect(target.waits).toEqual([1, 2, 4]);
    expect(receipt.state).toBe('partly');
    expect(receipt.issues[0]).toEqual({ code: 'partly-written', at: 'TreatmentCourse' });
    expect(receipt.issues.filter(({ code }) => code === 'written')).toHaveLength(receipt.counts.created);
    expect(receipt.counts['not-sent']).toBe(2);
  });
});

describe('a lost answer', () => {
  test('to a transaction that was done', async () => {
    target.fault = () => ({ kind: 'lost', done: true });
    expect(await push(target.server)).toMatchObject({ state: 'delivered', counts: { created: size }, issues: [] });
    expect(target.transactions).toHaveLength(1);
    await isWhole();
  });

  test('to one that was not', async () => {
    target.fault = () => ({ kind: 'lost', done: false });
    expect(await push(target.server)).toMatchObject({
      state: 'unknown',
      counts: { unknown: size },
      issues: [{ code: 'target-unknown-outcome', at: 'TreatmentCourse' }],
    });
    expect(target.transactions).toHaveLength(1);
  });

  test('to the second half', async () => {
    target.fault = (transaction, n) => {
      if ((transaction.entry ?? []).length > size / 2) return refused(413);
      return n === 2 ? { kind: 'lost', done: false } : undefined;
    };
    const receipt = await push(target.server);
    expect(receipt.state).toBe('unknown');
    expect(receipt.counts.created + receipt.counts.unknown + receipt.counts['not-sent']).toBe(size);
    expect(receipt.issues.filter(({ code }) => code === 'written')).toHaveLength(receipt.counts.created);
  });
});

describe('somebody else who writes at the same time', () => {
  test.each([409, 412, 400])('%i: one fresh look, and again', async (status) => {
    await push(target.server);
    target.fault = (_transaction, n) => (n === 1 ? refused(status) : undefined);
    expect(await push(target.server, withDose(40))).toMatchObject({ state: 'delivered', counts: { created: 0 } });
    expect(target.transactions).toHaveLength(3);
  });

  test('and does not stop', async () => {
    await push(target.server);
    target.fault = () => refused(409);
    expect(await push(target.server, withDose(40))).toMatchObject({
      state: 'refused',
      issues: [{ code: 'target-refused', facts: { status: 409 } }],
    });
    expect(target.transactions).toHaveLength(3);
  });
});
