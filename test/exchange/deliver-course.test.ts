import type { Observation } from '@medplum/fhirtypes';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TreatmentCourse } from '../../src/course/schema.ts';
import { course, patient, resourcesOf, withDose } from './courses.ts';
import { mappingVersion } from '../../src/mapping/mapping-version.ts';
import { receiptJson } from '../../src/exchange/receipt.ts';
import { firstKnowledge } from '../../src/exchange/knowledge.ts';
import { senderTo, type Sender } from './deliveries.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let sender: Sender;
beforeEach(async () => {
  target = await startTarget();
  sender = senderTo(target.server);
});
afterEach(() => target.close());

const size = resourcesOf(course).length;
const withoutReading: TreatmentCourse = {
  ...course,
  sessions: (course.sessions ?? []).map(({ readings: _readings, ...session }) => session),
};
const readings = resourcesOf(course).filter(({ at }) => at.includes('.readings'));

async function versions(): Promise<Map<string, string>> {
  const types = ['Observation', 'MedicationAdministration', 'QuestionnaireResponse'];
  const all = (await Promise.all(types.map((type) => target.all(type)))).flat();
  return new Map(all.map(({ id, meta }) => [id ?? '', meta?.versionId ?? '']));
}

describe('a first delivery', () => {
  test('asks who the patient is and whether the course is there, and writes', async () => {
    await target.put(patient('a'));
    // On a target that is new to us we look, once, whether it keeps identifiers.
    sender.knowledge = { ...firstKnowledge, coverage: { notHeld: [], identifiers: 'kept' } };
    const outcome = await sender.deliver(course);
    expect(outcome).toMatchObject({ ended: 'delivered', open: false, issues: [], counts: { created: size } });
    // The capabilities, the patient, the summary, the record, one transaction.
    expect(outcome.requests).toBe(5);
    expect(sender.rows()).toHaveLength(size);
    for (const row of sender.rows()) expect(row).toMatchObject({ state: 'held', serverId: row.uuid, since: 1 });
  });

  test('looks at what another installation wrote, and takes it over', async () => {
    await sender.deliver(course);
    const before = await versions();
    const other = senderTo(target.server);
    expect(await other.deliver(course)).toMatchObject({ ended: 'delivered', counts: { unchanged: size, created: 0 } });
    expect(await versions()).toEqual(before);
    expect(other.rows().map(({ hash, version }) => [hash, version])).toEqual(
      sender.rows().map(({ hash, version }) => [hash, version]),
    );
  });
});

describe('a later delivery', () => {
  beforeEach(() => sender.deliver(course));

  test('of the same asks nothing', async () => {
    expect(await sender.deliver(course)).toMatchObject({
      ended: 'delivered',
      requests: 0,
      counts: { unchanged: size },
    });
    expect(sender.receipt?.versionSeq).toBe(2);
  });

  test('sends what follows from a change and nothing else', async () => {
    const before = await versions();
    const outcome = await sender.deliver(withDose(40));
    const [old, now] = [course, withDose(40)].map((one) =>
      resourcesOf(one).map(({ resource }) => JSON.stringify(resource)),
    );
    const changed = now?.filter((text) => !old?.includes(text)).length ?? 0;
    expect(outcome).toMatchObject({
      ended: 'delivered',
      requests: 2,
      counts: { updated: changed, unchanged: size - changed },
    });
    const after = await versions();
    expect([...after].filter(([id, version]) => before.get(id) !== version)).toHaveLength(changed);
  });

  test('writes over what somebody else changed, after a look', async () => {
    const [row] = sender.rows().filter(({ type }) => type === 'MedicationAdministration');
    const [stored] = await target.all('MedicationAdministration');
    if (row === undefined || stored?.id === undefined) throw new Error('nothing there');
    await target.put({ ...stored, id: stored.id, language: 'nb' });
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'delivered' });
    expect(await sender.deliver(withDose(45))).toMatchObject({ ended: 'delivered', requests: 2 });
  });

  test('takes a part back as in error, and what follows from it with it', async () => {
    const outcome = await sender.deliver(withoutReading);
    expect(outcome).toMatchObject({ ended: 'delivered' });
    const stored = new Map((await target.all('Observation')).map((one) => [one.id, one as Observation]));
    for (const { uuid } of readings) expect(stored.get(uuid)?.status).toBe('entered-in-error');
    const back = sender.rows().filter(({ state }) => state === 'retracted');
    expect(back.map(({ uuid }) => uuid).toSorted()).toEqual(readings.map(({ uuid }) => uuid).toSorted());
    // It is not taken back twice, and comes again where the course says it again.
    expect(await sender.deliver(withoutReading)).toMatchObject({ requests: 0 });
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', counts: { created: 0 } });
    const again = new Map((await target.all('Observation')).map((one) => [one.id, one as Observation]));
    for (const { uuid } of readings) expect(again.get(uuid)?.status).toBe('final');
  });

  test('takes a part off, where that is what the target is for', async () => {
    const deleting = senderTo(target.server, { retractions: 'delete' });
    await deleting.deliver(course);
    expect(await deleting.deliver(withoutReading)).toMatchObject({ ended: 'delivered' });
    const ids = (await target.all('Observation')).map(({ id }) => id);
    for (const { uuid } of readings) expect(ids).not.toContain(uuid);
    expect(deleting.rows().filter(({ state }) => state === 'deleted')).toHaveLength(readings.length);
    await deleting.deliver({ ...course, status: 'enteredInError' });
    expect(await target.all('QuestionnaireResponse')).toEqual([]);
    expect(await target.all('Observation')).toEqual([]);
  });

  test('of a patient whom the target replaced goes to the other one', async () => {
    const [person] = await target.all('Patient');
    await target.put(patient('b'));
    const link = [{ type: 'replaced-by' as const, other: { reference: 'Patient/b' } }];
    await target.put(patient(person?.id ?? '', { link }));
    expect(await sender.deliver(course)).toMatchObject({ requests: 0 });
    expect(await sender.deliver(withDose(40))).toMatchObject({ ended: 'delivered', counts: { updated: size } });
    for (const one of await target.all('Observation'))
      expect(one).toMatchObject({ subject: { reference: 'Patient/b' } });
  });

  test('repairs what is gone, changed and in error by somebody else', async () => {
    await sender.deliver(withoutReading);
    const [gone, changed] = sender.rows().filter(({ type }) => type === 'QuestionnaireResponse');
    await fetch(`${target.base}/QuestionnaireResponse/${gone?.serverId}`, { method: 'DELETE' });
    const stored = (await target.all('QuestionnaireResponse')).find(({ id }) => id === changed?.serverId);
    await target.put({ ...stored, status: 'stopped' } as Parameters<Target['put']>[0]);
    expect(await sender.deliver(withoutReading)).toMatchObject({ requests: 0 });
    const repaired = await sender.deliver(withoutReading, 'repair');
    expect(repaired).toMatchObject({ ended: 'delivered', counts: { created: 1, updated: 1 } });
    expect(await sender.deliver(withoutReading, 'repair')).toMatchObject({ counts: { created: 0, updated: 0 } });
  });
});

describe('a release whose mapping writes other bytes', () => {
  /** As if an earlier mapping had written everything, in its own words. */
  const byAnEarlierMapping = (): void => {
    const { receipt } = sender;
    if (receipt === undefined) throw new Error('nothing was delivered');
    const resources = sender.rows().map((row) => ({ ...row, hash: `then ${row.hash?.slice(5)}` }));
    sender.receipt = { ...receipt, mapping: '0', resources: receiptJson(course.system, { resources, patient: 'a' }) };
  };
  beforeEach(async () => {
    await target.put(patient('a'));
    await sender.deliver(course);
    byAnEarlierMapping();
  });

  test('sends nothing of a course that did not change', async () => {
    const before = sender.rows();
    expect(await sender.deliver(course)).toMatchObject({ ended: 'delivered', requests: 0 });
    expect(sender.receipt?.mapping).toBe('0');
    expect(sender.rows()).toEqual(before);
  });

  test('sends what follows from a change, and stays of the earlier mapping for the rest', async () => {
    const before = await versions();
    const { counts } = await sender.deliver(withDose(40));
    expect(counts.updated).toBeGreaterThan(0);
    const after = await versions();
    expect([...after].filter(([id, version]) => before.get(id) !== version)).toHaveLength(counts.updated);
    expect(sender.receipt?.mapping).toBe('0');
    expect(sender.rows().filter(({ hash }) => hash === undefined)).toHaveLength(counts.updated);
    // What was written since is still known to be unchanged.
    expect(await sender.deliver(withDose(40))).toMatchObject({ requests: 0 });
    expect(await sender.deliver(withDose(45))).toMatchObject({ counts });
  });

  test('takes a part back all the same', async () => {
    expect(await sender.deliver(withoutReading)).toMatchObject({ ended: 'delivered' });
    expect(sender.rows().filter(({ state }) => state === 'retracted')).toHaveLength(readings.length);
  });

  test('writes everything anew when somebody asks for it', async () => {
    expect(await sender.deliver(undefined, 'repair')).toMatchObject({ ended: 'delivered' });
    expect(sender.receipt?.mapping).toBe(mappingVersion);
    expect(sender.rows().every(({ hash }) => hash?.startsWith('then') === false)).toBe(true);
  });
});
