import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { course, patient, push, resourcesOf, withDose } from './courses.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const size = resourcesOf(course).length;

/** Everything that the target holds, and every version of it. */
async function holdings(): Promise<string[]> {
  const types = ['Patient', 'Observation', 'MedicationAdministration', 'QuestionnaireResponse'];
  const all = (await Promise.all(types.map((type) => target.all(type)))).flat();
  return all.map(({ resourceType, id, meta }) => `${resourceType}/${id ?? ''} ${meta?.versionId ?? ''}`).toSorted();
}

describe('a course that the target can take', () => {
  test('arrives, its patient with it', async () => {
    const receipt = await push(target.server);
    expect(receipt).toMatchObject({ state: 'delivered', counts: { created: size + 1 }, issues: [] });
    expect(await holdings()).toHaveLength(size + 1);
    for (const entry of receipt.entries)
      expect(entry).toMatchObject({ state: 'created', serverId: expect.any(String) });
    const [person] = await target.all('Patient');
    const subjects = (await target.all('Observation')).map((one) => (one as { subject?: object }).subject);
    for (const subject of subjects) {
      const { system, id } = course.patient;
      expect(subject).toEqual({
        reference: `Patient/${person?.id}`,
        type: 'Patient',
        identifier: { system, value: id },
      });
    }
  });

  test('is not sent again', async () => {
    await push(target.server);
    const before = await holdings();
    const sent = target.transactions.length;
    const receipt = await push(target.server, course, 'resolve');
    expect(receipt).toMatchObject({ state: 'delivered', counts: { unchanged: size, created: 0, updated: 0 } });
    expect(target.transactions).toHaveLength(sent);
    expect(await holdings()).toEqual(before);
  });

  test('a changed dose makes versions of what says it, and of nothing else', async () => {
    await push(target.server);
    const before = await holdings();
    const receipt = await push(target.server, withDose(40));
    const updated = receipt.entries.filter(({ state }) => state === 'updated').map(({ at }) => at);
    expect(receipt.counts.created).toBe(0);
    expect(updated).toContain('TreatmentCourse.sessions[0].administrations[0]');
    expect(updated).not.toContain('TreatmentCourse.sessions[1]');
    expect((await holdings()).filter((one) => !before.includes(one))).toHaveLength(updated.length);
  });

  test('an update names the version that it replaces', async () => {
    await push(target.server);
    await push(target.server, withDose(40));
    const requests = target.transactions.at(-1)?.entry?.map(({ request }) => request);
    expect(requests).not.toHaveLength(0);
    for (const request of requests ?? []) {
      expect(request).toMatchObject({ method: 'PUT', ifMatch: expect.stringMatching(/^W\/".+"$/) });
    }
  });

  test('two pushes of one patient at a time take turns', async () => {
    const receipts = await Promise.all([push(target.server), push(target.server), push(target.server, withDose(40))]);
    expect(receipts.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(receipts[1]?.counts).toMatchObject({ unchanged: size });
    expect(await holdings()).toHaveLength(size + 1);
  });

  test('finds what somebody else wrote, under whatever ids', async () => {
    const first = await push(target.server);
    const [total] = await target.all('Observation');
    const other = await startTarget();
    await other.put(patient('somebody'));
    const copy = { ...total, id: 'given-there', subject: { reference: 'Patient/somebody' } };
    await other.put(copy as Parameters<typeof other.put>[0]);
    const receipt = await push(other.server, course, 'resolve');
    other.close();
    expect(receipt.state).toBe('delivered');
    expect(receipt.counts).toMatchObject({ created: first.counts.created - 2, updated: 1 });
  });
});

describe('the patient', () => {
  const refused = async (code: string, at: string): Promise<void> => {
    const before = await holdings();
    const receipt = await push(target.server, course, 'resolve');
    expect(receipt).toMatchObject({ state: 'refused', issues: [{ code, at }], counts: { 'not-sent': size } });
    expect(await holdings()).toEqual(before);
    expect(target.transactions).toEqual([]);
  };

  test('whom the target does not know', () => refused('patient-unknown', 'TreatmentCourse.patient'));

  test('whom the target knows twice', async () => {
    await target.put(patient('a'));
    await target.put(patient('b'));
    await refused('patient-ambiguous', 'TreatmentCourse.patient');
  });

  test('whom the target replaced by themselves', async () => {
    await target.put(patient('a', { link: [{ type: 'replaced-by', other: { reference: 'Patient/b' } }] }));
    await target.put(patient('b', { link: [{ type: 'replaced-by', other: { reference: 'Patient/a' } }] }));
    await refused('patient-unknown', 'TreatmentCourse.patient');
  });

  test('who was replaced, twice, is followed; the second record has a number of its own', async () => {
    await target.put(patient('a', { link: [{ type: 'replaced-by', other: { reference: 'Patient/b' } }] }));
    const link = [{ type: 'replaced-by' as const, other: { reference: `${target.base}/Patient/c` } }];
    await target.put({ resourceType: 'Patient', id: 'b', link });
    await target.put(patient('c'));
    const receipt = await push(target.server, course, 'resolve');
    expect(receipt).toMatchObject({ state: 'delivered', counts: { created: size } });
    const [one] = await target.all('QuestionnaireResponse');
    expect(one).toMatchObject({ subject: { reference: 'Patient/c' } });
  });

  test('who is replaced later takes the course along', async () => {
    await target.put(patient('a'));
    await push(target.server, course, 'resolve');
    await target.put(patient('b'));
    await target.put(patient('a', { link: [{ type: 'replaced-by', other: { reference: 'Patient/b' } }] }));
    expect(await push(target.server, course, 'resolve')).toMatchObject({
      state: 'delivered',
      counts: { updated: size },
    });
    expect(await push(target.server, course, 'resolve')).toMatchObject({ counts: { unchanged: size } });
  });

  test('of whom the target says something else', async () => {
    await target.put(patient('a', { gender: 'male', birthDate: '1980' }));
    const receipt = await push(target.server, course, 'resolve');
    expect(receipt).toMatchObject({
      state: 'delivered',
      issues: [{ code: 'patient-differs', at: 'TreatmentCourse.patient.sex' }],
    });
  });
});

describe('what the target holds already', () => {
  const [first] = resourcesOf(course);
  const stored = (id: string, subject: object) => ({ ...first?.resource, id, subject }) as Parameters<Target['put']>[0];

  test.each([
    ['by reference', { reference: 'Patient/other' }],
    ['by identifier', { identifier: { system: course.patient.system, value: 'P-2' } }],
    ['by both', { reference: 'Patient/a', identifier: { system: course.patient.system, value: 'P-2' } }],
  ])('another patient %s: nothing is written', async (_name, subject) => {
    await target.put(patient('a'));
    await target.put(stored('x', subject));
    const receipt = await push(target.server, course, 'resolve');
    expect(receipt).toMatchObject({ state: 'refused', issues: [{ code: 'other-patient', at: first?.at }] });
    expect(await push(target.server, course, 'create')).toMatchObject({ issues: [{ code: 'other-patient' }] });
    expect(target.transactions).toEqual([]);
  });

  test('the same patient under another number of theirs', async () => {
    const numbers = [...patient('a').identifier, { system: course.patient.system, value: 'P-2' }];
    await target.put(patient('a', { identifier: numbers }));
    await target.put(stored('x', { reference: 'Patient/a', identifier: numbers[1] }));
    expect(await push(target.server, course, 'resolve')).toMatchObject({ state: 'delivered', counts: { updated: 1 } });
  });

  test('two resources under one identifier: nothing is written', async () => {
    await target.put(patient('a'));
    await target.put(stored('x', { reference: 'Patient/a' }));
    await target.put(stored('y', { reference: 'Patient/a' }));
    expect(await push(target.server)).toMatchObject({
      state: 'refused',
      issues: [{ code: 'duplicate-on-target', at: first?.at, facts: { found: 2 } }],
    });
    expect(target.transactions).toEqual([]);
  });
});
