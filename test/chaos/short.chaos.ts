import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NotBuilt } from '../servers/background.ts';
import { assess } from './assess.ts';
import { naiveTrial } from './naive-trial.ts';
import { eightSenders } from './one-patient.ts';
import { tablesOf } from './table.ts';
import { trial, type Tried } from './trial.ts';

// The long run in small: `npm run chaos` is the same with other numbers.

const rates = { writes: 0.35, reads: 0.15 };
const seed = 7;
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

describe.each(['hapi', 'helios'] as const)('%s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), `coursebridge-chaos-${kind}-`));
  let tried: Tried | undefined;
  afterAll(async () => {
    await tried?.service.end('SIGTERM');
    await tried?.proxy.stop();
    await tried?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('nothing that was acknowledged is lost, doubled or left behind', async () => {
    try {
      tried = await trial({
        kind,
        folder: join(folder, 'run'),
        seed,
        courses: 40,
        versions: 8,
        kills: 12,
        hits: 1,
        rates,
        restarts: [{ after: 0.4, signal: 'SIGKILL' }],
        longest: 1.5,
        quietSeconds: 600,
        say,
      });
    } catch (error) {
      if (!(error instanceof NotBuilt)) throw error;
      say(error.message);
      return;
    }
    const result = await assess(tried, 12, join(folder, 'run'));
    await tried.service.end('SIGTERM');
    const naive = await naiveTrial(tried.server, { seed, courses: 4, rates, folder });
    say(tablesOf([{ result, naive }]));
    expect(result).toMatchObject({
      courses: 40,
      refused: 0,
      crashes: [],
      notEqual: 0,
      doubled: 0,
      needlessVersions: 0,
      doneShare: 1,
      forPerson: 0,
      neither: 0,
      strays: 0,
      leaks: [],
      verify: { different: 0, agrees: true, planted: 12, found: 12 },
      gracefulStops: [{ code: 0 }],
    });
    expect(result.killsInFlight).toBeGreaterThan(0);
    expect(result.faultsOfWrites).toBeGreaterThan(0);
  }, 600_000);

  test('eight senders of one patient at once: nothing twice, no needless version', async () => {
    // Said above.
    if (tried === undefined) return;
    const { count, states } = await eightSenders(tried.server, join(folder, 'one-patient'), seed);
    say(JSON.stringify(states));
    expect(count).toMatchObject({ courses: 8, deviations: [], doubled: [], needless: [] });
    expect(states).not.toHaveProperty('refused');
  });
});
