import { join } from 'node:path';
import { leaksIn, type Leak } from './canary-search.ts';
import { provoked } from './provoke.ts';
import type { Told } from './submission-log.ts';
import type { Tried } from './trial.ts';

const pages = ['/metrics', '/deliveries', '/deliveries?state=failed', '/deliveries?state=held', '/audit', '/courses'];

/** Where anything about a patient can be read after a trial, outside of courses and receipts. */
export async function leaksOf(tried: Tried, told: readonly Told[], folder: string): Promise<Leak[]> {
  const { service, server, population } = tried;
  const texts = await Promise.all(
    pages.map(async (path) => ({ where: `GET ${path}`, text: await (await fetch(`${service.origin}${path}`)).text() })),
  );
  return leaksIn(
    [
      { where: 'log of the service', path: service.settings.log },
      { where: 'access log of the proxy', path: join(folder, 'access.log') },
      // What HAPI says of a fault of its own is not ours to judge.
      { where: 'access log of the server', path: server.log, ...(server.kind === 'hapi' && { only: / access / }) },
    ],
    [
      ...texts,
      { where: 'refusals', text: told.map(({ text }) => text ?? '').join('\n') },
      { where: 'refusals of broken requests', text: await provoked(service.origin, population) },
    ],
  );
}
