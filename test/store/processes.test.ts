import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { firstLineOf, linesOf, start } from './processes.ts';
import { idsOf, keepTargets, submit } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what was acknowledged is there after kill -9, and nothing by half', async () => {
  const file = join(folder, 'killed.sqlite');
  const acknowledged: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const child = start('writer.ts', file, String(1000 * round));
    const lines = linesOf(child);
    await firstLineOf(child);
    await wait(20 + 15 * round);
    child.kill('SIGKILL');
    const told = (await lines).map(Number);
    expect(told.length).toBeGreaterThan(0);
    acknowledged.push(...told);

    const store = await openStore({ file });
    await store.transaction(async (tx) => {
      const numbers = (await tx.courseIds({ limit: 100_000 })).map((id) => Number(id.slice('course-'.length)));
      expect(new Set(acknowledged).difference(new Set(numbers))).toEqual(new Set());
      // At most the one of each round that was on disk and could not be acknowledged any more.
      expect(numbers.length).toBeLessThanOrEqual(acknowledged.length + round + 1);
      const deliveries = await tx.deliveries({}, { limit: 100_000 });
      expect(new Set(idsOf(deliveries))).toEqual(new Set(numbers.map((number) => `delivery-${number}`)));
      const trail = await tx.auditTrail({ limit: 100_000 });
      expect(new Set(trail.map(({ at }) => at))).toEqual(new Set(numbers));
      for (const { versionSeq, id } of deliveries) expect((await tx.version(versionSeq))?.text).toBe(`{"of":"${id}"}`);
    });
    await store.close();
  }
});

test('several processes never have two deliveries of one patient in flight, and lose none', async () => {
  const file = join(folder, 'claimed.sqlite');
  const store = await openStore({ file });
  await keepTargets(store);
  const [patients, each] = [6, 10];
  await store.transaction(async (tx) => {
    for (let number = 0; number < patients * each; number += 1)
      await submit(tx, number, { patient: number % patients });
  });
  const lines = (await Promise.all([1, 2, 3].map(() => linesOf(start('claimer.ts', file))))).flat();
  const held = lines.map((line) => line.split(' ')).map(([id, patient, from, to]) => ({ id, patient, from, to }));
  expect(new Set(held.map(({ id }) => id)).size).toBe(patients * each);
  expect(held).toHaveLength(patients * each);
  for (const [patient, ofPatient = []] of Map.groupBy(held, (one) => one.patient)) {
    const sorted = ofPatient.toSorted((a, b) => Number(BigInt(a.from ?? 0) - BigInt(b.from ?? 0)));
    const overlaps = sorted.filter((one, index) => BigInt(one.from ?? 0) < BigInt(sorted[index - 1]?.to ?? 0));
    expect(overlaps, patient).toEqual([]);
  }
  expect(await store.transaction((tx) => tx.standing(1))).toMatchObject({ deliveries: { delivered: patients * each } });
  await store.close();
});

test('processes that make the store at the same moment make one', async () => {
  const file = join(folder, 'new', 'made.sqlite');
  const children = [0, 1, 2, 3].map((number) => start('writer.ts', file, String(1000 * number)));
  const lines = children.map(linesOf);
  await Promise.all(children.map(firstLineOf));
  for (const child of children) child.kill('SIGKILL');
  const told = (await Promise.all(lines)).flat();
  const store = await openStore({ file });
  const ids = await store.transaction((tx) => tx.courseIds({ limit: 100_000 }));
  expect(ids).toEqual(expect.arrayContaining(told.map((number) => `course-${number}`)));
  await store.close();
});
