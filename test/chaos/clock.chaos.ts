import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomOf } from '../../src/synthetic/random.ts';
import { versionsUpTo } from './course-versions.ts';
import { submitOne } from './submit.ts';
import { surroundings } from './surroundings.ts';

/** Debian's library that tells a program another time; undefined where it is not here. */
function fakeTime(): string | undefined {
  const find = (): string | undefined => globSync('/usr/lib/*/faketime/libfaketime.so.1')[0];
  if (find() === undefined && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    try {
      const install = [
        '-q',
        '-o',
        'DPkg::Lock::Timeout=300',
        'install',
        '-y',
        '--no-install-recommends',
        'libfaketime',
      ];
      execFileSync('apt-get', install, { stdio: 'ignore' });
    } catch {
      // Said below.
    }
  }
  return find();
}

const courses = 60;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coursebridge-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a clock that jumps days ahead, and back, loses nothing, gives nothing up and keeps nothing waiting', async () => {
  const library = fakeTime();
  if (library === undefined) {
    process.stderr.write('clock jumps: not seen, since libfaketime is not here\n');
    return;
  }
  const offset = join(folder, 'offset');
  const setClock = (by: string): void => writeFileSync(offset, `${by}\n`);
  setClock('+0');
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: offset,
    FAKETIME_NO_CACHE: '1',
    // A clock that people set is one thing, the one that measures how long something takes another.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  const { service, population, proxy, end, stop } = await surroundings(folder, { seed: 41, courses, rate: 0.4, env });
  try {
    const setbacks = { unreachable: 0, busy: 0, faulty: 0 };
    const random = randomOf('clock');
    const sending = Promise.all(
      Array.from({ length: courses }, async (_, index) => {
        for (const version of versionsUpTo(population, index, 3)) {
          await sleep(random.integer(0, 8000));
          await submitOne(service.origin, version, random, setbacks);
        }
      }),
    );
    for (const by of ['+5d', '-2h', '+1d', '-30d', '+0', '+3650d', '+0', '-1d']) {
      await sleep(3000);
      setClock(by);
    }
    await sending;
    const { standing, count } = await end(new Map(Array.from({ length: courses }, (_, index) => [index, 3])));
    expect(proxy.traffic.requests.writes).toBeGreaterThan(courses);
    expect(Object.keys(standing.deliveries).filter((state) => state !== 'superseded')).toEqual(['delivered']);
    expect(standing.held).toBe(0);
    expect(count).toMatchObject({ courses, notEqual: 0, doubled: [], needless: [] });
    expect(service.crashes).toEqual([]);
  } finally {
    await stop();
  }
}, 900_000);
