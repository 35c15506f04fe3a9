import { join } from 'node:path';
import { freePort } from '../servers/background.ts';
import { countOn, type Count } from './count.ts';
import { quickServer, type DurableServer } from './durable-server.ts';
import { expectedOf } from './expected.ts';
import { systemOf, type Population } from './marked-course.ts';
import { admitPatients } from './patients.ts';
import { startProxy, type Proxy } from './proxy.ts';
import { Service, type ServiceSettings } from './service.ts';
import { untilQuiet, type Standing } from './standing.ts';
import { storedOn } from './stored.ts';

/** A server behind a proxy, and the service that writes to it, for a small case of its own. */
export interface Surroundings {
  readonly server: DurableServer;
  readonly proxy: Proxy;
  readonly service: Service;
  readonly population: Population;
  /** Ends the faults, waits until nothing waits, and counts what the server holds of these versions. */
  readonly end: (
    newest: ReadonlyMap<number, number>,
  ) => Promise<{ readonly standing: Standing; readonly count: Count }>;
  readonly stop: () => Promise<void>;
}

export async function surroundings(
  folder: string,
  of: { readonly seed: number; readonly courses: number; readonly rate: number } & Partial<
    Pick<ServiceSettings, 'data' | 'env'>
  >,
): Promise<Surroundings> {
  const population: Population = { seed: of.seed, namespace: 'case' };
  const port = await freePort();
  const server = await quickServer(join(folder, 'server'), `http://127.0.0.1:${port}`);
  await admitPatients(server.base, population, of.courses);
  const rates = { writes: of.rate, reads: of.rate / 2 };
  const proxy = await startProxy({
    base: server.base,
    rates,
    seed: `${of.seed}/proxy`,
    accessLog: join(folder, 'access.log'),
    port,
  });
  const service = await Service.of({
    fhirBaseUrl: proxy.base,
    data: of.data ?? join(folder, 'data'),
    log: join(folder, 'service.log'),
    ...(of.env && { env: of.env }),
  });
  await service.start();
  return {
    server,
    proxy,
    service,
    population,
    end: async (newest) => {
      proxy.faults(false);
      const { standing } = await untilQuiet(service.origin, 600);
      const expected = [...newest].map(([index, number]) => expectedOf(population, index, number));
      const count = await countOn(
        server.base,
        await storedOn(server.base),
        expected,
        systemOf(population),
        proxy.traffic.lostAnswers,
      );
      return { standing, count };
    },
    stop: async () => {
      await service.end('SIGTERM');
      await proxy.stop();
      await server.stop();
    },
  };
}
