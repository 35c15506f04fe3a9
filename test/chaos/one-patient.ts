import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../../src/synthetic/random.ts';
import { countOn, type Count } from './count.ts';
import { versionsUpTo } from './course-versions.ts';
import type { DurableServer } from './durable-server.ts';
import { expectedOf } from './expected.ts';
import { systemOf, type Population } from './marked-course.ts';
import { admitPatients } from './patients.ts';
import { startProxy } from './proxy.ts';
import { Service } from './service.ts';
import { untilQuiet } from './standing.ts';
import { storedOn } from './stored.ts';
import { submitOne } from './submit.ts';

const senders = 8;

export interface OnePatient {
  readonly count: Count;
  readonly states: Readonly<Record<string, number>>;
  /** Writes that were in flight at the same time, at most: all are of one patient. */
  readonly mostAtOnce: number;
}

/**
 * Eight senders, to two processes of the service on one store, send at the same time and for one patient: eight courses,
 * then eight versions of each in any order. No faults: what goes wrong here goes wrong by itself.
 */
export async function eightSenders(server: DurableServer, folder: string, seed: number): Promise<OnePatient> {
  mkdirSync(folder, { recursive: true });
  const population: Population = { seed, namespace: 'one-patient', onePatient: true };
  await admitPatients(server.base, population, 1);
  const rates = { writes: 0, reads: 0 };
  const proxy = await startProxy({ base: server.base, rates, seed: 'none', accessLog: join(folder, 'access.log') });
  const settings = { fhirBaseUrl: proxy.base, data: join(folder, 'data'), log: join(folder, 'service.log') };
  const first = await Service.of(settings);
  await first.start();
  const second = await Service.of(settings);
  await second.start();
  const setbacks = { unreachable: 0, busy: 0, faulty: 0 };
  const versions = Array.from({ length: senders }, (_, index) => versionsUpTo(population, index, senders));
  const states: Record<string, number> = {};
  // In each round every course gets a version of another sender: 1, 4, 7, 2, 5, 8, 3, 6.
  for (let round = 0; round < senders; round += 1) {
    const told = await Promise.all(
      versions.map((_, sender) => {
        const version = versions[(sender + round) % senders]?.[(sender * 3 + round * 6) % senders];
        if (version === undefined) throw new Error('no such version');
        const random = randomOf(`${seed}/${round}/${sender}`);
        return submitOne((sender % 2 === 0 ? first : second).origin, version, random, setbacks);
      }),
    );
    for (const { state } of told) states[state] = (states[state] ?? 0) + 1;
  }
  const { standing } = await untilQuiet(first.origin, 120);
  for (const [state, count] of Object.entries(standing.deliveries)) states[`delivery ${state}`] = count;
  for (const service of [first, second]) await service.end('SIGTERM');
  await proxy.stop();
  const expected = versions.map((_, index) => expectedOf(population, index, senders));
  const count = await countOn(server.base, await storedOn(server.base), expected, systemOf(population), new Map());
  return { count, states, mostAtOnce: proxy.traffic.mostWritesAtOnce };
}
