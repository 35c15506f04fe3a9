import type { TestProject } from 'vitest/node';
import { NotBuilt } from './background.ts';
import { allKinds, startServer, type Kind, type TestServer } from './start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One server of each kind that can run here. */
    servers: { kind: Kind; base: string }[];
  }
}

/** One server of each kind serves the whole run: HAPI needs half a minute to start. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const attempts = await Promise.allSettled(allKinds.map((kind) => startServer(kind)));
  const servers: TestServer[] = [];
  const failures: Error[] = [];
  for (const attempt of attempts) {
    if (attempt.status === 'fulfilled') servers.push(attempt.value);
    else if (attempt.reason instanceof NotBuilt) process.stderr.write(`${attempt.reason.message}\n`);
    else failures.push(attempt.reason as Error);
  }
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  if (failures.length > 0) {
    await stop();
    throw new AggregateError(failures, failures.map((failure) => failure.message).join('\n'));
  }
  project.provide(
    'servers',
    servers.map(({ kind, base }) => ({ kind, base })),
  );
  return stop;
}
