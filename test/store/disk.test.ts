import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { StoreFull } from '../../src/exchange/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { course, snapshot } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'coursebridge-disk-'));
const disk = join(folder, 'disk');
const mounted = mountSmallDisk();
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
  rmSync(folder, { recursive: true });
});

/** A disk of 6 MB, where we are allowed to make one. */
function mountSmallDisk(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!mounted)('on a full disk nothing is kept by half, and when there is room again it goes on', async () => {
  const file = join(disk, 'store.sqlite');
  const store = await openStore({ file });
  let kept = 0;
  const refusals: unknown[] = [];
  const keepSome = async (name: string) => {
    for (let index = 0; index < 300; index += 1) {
      const one = snapshot('course-1', `${name} ${index}`, { text: 'x'.repeat(25_000) });
      const done = store.transaction(async (tx) => {
        await tx.keepCourse(course(1));
        await tx.keepSubmission(one);
      });
      await done.then(
        () => (kept += 1),
        (error: unknown) => refusals.push(error),
      );
    }
  };
  const counted = async () => (await store.transaction((tx) => tx.submissionsOf('course-1'))).length;

  writeFileSync(join(disk, 'filler'), Buffer.alloc(1_000_000));
  await keepSome('before');
  const before = kept;
  expect(before).toBeGreaterThan(10);
  expect(refusals.length).toBeGreaterThan(10);
  expect(refusals.every((error) => error instanceof StoreFull)).toBe(true);
  expect(await counted()).toBe(before);
  expect(await store.freeBytes()).toBeLessThan(100_000);

  rmSync(join(disk, 'filler'));
  await keepSome('after');
  expect(kept).toBeGreaterThan(before + 10);
  expect(await counted()).toBe(kept);
  await store.close();
  await expect(openStore({ file: join(disk, 'another.sqlite') })).rejects.toThrow(StoreFull);

  const again = await openStore({ file });
  expect(await again.transaction((tx) => tx.submissionsOf('course-1'))).toHaveLength(kept);
  await again.close();
});
