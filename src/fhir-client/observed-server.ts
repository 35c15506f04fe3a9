import type { Answer, FhirServer } from '../exchange/ports.ts';

/** Told of every request: the kind of its answer, and how long it took in seconds. */
export type Observer = (answer: Answer<unknown>['kind'], seconds: number) => void;

/** A server whose answers are told to somebody who counts. */
export function observed(server: FhirServer, tell: Observer): FhirServer {
  const timed = <A extends unknown[], T>(ask: (...args: A) => Promise<Answer<T>>) => {
    return async (...args: A): Promise<Answer<T>> => {
      const begun = performance.now();
      const answer = await ask(...args);
      tell(answer.kind, (performance.now() - begun) / 1000);
      return answer;
    };
  };
  return {
    ...server,
    capabilities: timed(() => server.capabilities()),
    transaction: timed((body) => server.transaction(body)),
    batch: timed((body) => server.batch(body)),
    create: timed((...args) => server.create(...args)),
    update: timed((...args) => server.update(...args)),
    remove: timed((...args) => server.remove(...args)),
    read: timed((...args) => server.read(...args)),
    search: timed((...args) => server.search(...args)),
  };
}
