import type { FhirServer } from './ports.ts';

/** A server that counts what it is asked. */
export interface CountedServer extends FhirServer {
  readonly requests: () => number;
}

export function counted(server: FhirServer): CountedServer {
  let requests = 0;
  const count = <A extends unknown[], R>(ask: (...args: A) => R): ((...args: A) => R) => {
    return (...args) => {
      requests += 1;
      return ask(...args);
    };
  };
  return {
    capabilities: count(() => server.capabilities()),
    transaction: count((body) => server.transaction(body)),
    batch: count((body) => server.batch(body)),
    create: count((...args) => server.create(...args)),
    update: count((...args) => server.update(...args)),
    remove: count((...args) => server.remove(...args)),
    read: count((...args) => server.read(...args)),
    search: count((...args) => server.search(...args)),
    wait: (seconds) => server.wait(seconds),
    requests: () => requests,
  };
}
