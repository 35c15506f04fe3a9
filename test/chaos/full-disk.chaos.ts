import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { versionsUpTo } from './course-versions.ts';
import { submitOnce } from './submit.ts';
import { surroundings, type Surroundings } from './surroundings.ts';

// A disk of its own is a file system in memory, which only root may mount: elsewhere there is nothing to see.

const mebibyte = 1024 * 1024;
const courses = 120;
let folder: string;
let disk: string;
let mounted = false;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coursebridge-disk-'));
  disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk], { stdio: 'ignore' });
    mounted = true;
  } catch {
    process.stderr.write('full disk: not seen, since nothing can be mounted here\n');
  }
});
afterEach(() => {
  if (mounted) execFileSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true, force: true });
});

const ballast = (): string => join(disk, 'ballast');

/** Leaves so many bytes on the disk, or fewer: the service writes at the same time. */
function leave(bytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  const filling = Buffer.alloc(mebibyte);
  try {
    for (let left = bavail * bsize - bytes; left > 0; left -= filling.length) {
      appendFileSync(ballast(), filling.subarray(0, Math.min(left, filling.length)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

test('before the disk is full, and while it is, the answer is 503, and nothing that was acknowledged is lost', async () => {
  if (!mounted) return;
  writeFileSync(ballast(), '');
  const around = await surroundings(folder, { seed: 31, courses, rate: 0.2, data: join(disk, 'data') });
  try {
    await fullDisk(around);
  } finally {
    await around.stop();
  }
}, 600_000);

async function fullDisk({ service, population, end }: Surroundings): Promise<void> {
  const versions = Array.from({ length: courses }, (_, index) => versionsUpTo(population, index, 1)).flat();
  const newest = new Map<number, number>();
  const others = new Map<number, number>();
  const send = async (index: number): Promise<number> => {
    const version = versions[index];
    if (version === undefined) throw new Error('no more courses');
    const { told, status, wait } = await submitOnce(service.origin, version);
    if (told?.state === 'accepted' || told?.state === 'unchanged') newest.set(index, 1);
    else others.set(status, (others.get(status) ?? 0) + 1);
    if (status === 503) expect(wait).toBeGreaterThan(0);
    return status;
  };

  // Room for some, and less than the reserve below them.
  leave(66 * mebibyte);
  let index = 0;
  while (index < courses / 2 && (await send(index)) !== 503) index += 1;
  if (index === courses / 2) {
    leave(60 * mebibyte);
    await sleep(1500);
  }
  expect(await send(courses - 1)).toBe(503);
  const taken = newest.size;
  expect(taken).toBeGreaterThan(0);

  // And now it is full in the middle of everything: what is being delivered cannot even be noted.
  leave(0);
  for (let number = 0; number < 20; number += 1) {
    expect(await send(courses - 1)).toBe(503);
    await sleep(150);
  }
  expect(newest.size).toBe(taken);
  expect([...others.keys()]).toEqual([503]);
  expect(service.crashes).toEqual([]);

  rmSync(ballast());
  await sleep(1500);
  for (let rest = 0; rest < courses; rest += 1) {
    while (!newest.has(rest) && (await send(rest)) === 503) await sleep(200);
  }
  expect([...others.keys()]).toEqual([503]);
  const { standing, count } = await end(newest);
  expect(standing).toEqual({ deliveries: { delivered: courses }, held: 0 });
  expect(count).toMatchObject({ courses, notEqual: 0, doubled: [], needless: [] });
}
