import type { Answer, FhirServer } from './ports.ts';

/** How often a question is asked at the most. */
const times = 3;
/** The longest wait before it is asked again, in seconds. */
const longestWait = 5;

/**
 * A server whose questions are asked again where the answer cannot be its last word. A read changes nothing, so that
 * asking twice costs nothing but time.
 */
export function askingAgain<S extends FhirServer>(server: S): S {
  const patiently = async <T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    for (let time = 1; ; time += 1) {
      const answer = await ask();
      if (time >= timesFor(answer)) return answer;
      const seconds = answer.kind === 'unavailable' ? (answer.retryAfterSeconds ?? 0) : 0;
      if (seconds > longestWait) return answer;
      if (seconds > 0) await server.wait(seconds);
    }
  };
  return {
    ...server,
    capabilities: () => patiently(() => server.capabilities()),
    read: (type, id) => patiently(() => server.read(type, id)),
    search: (type, parameters) => patiently(() => server.search(type, parameters)),
  };
}

/** Statuses that say something of the question itself; every other refusal of a question is somebody's on the way. */
const isMeant = new Set([400, 404, 405, 410, 414, 501]);

/** How often a question that was answered so is asked in all. */
function timesFor(answer: Answer<unknown>): number {
  if (answer.kind === 'refused') {
    const mayPass = answer.reason === 'not-fhir' || (answer.reason === 'status' && !isMeant.has(answer.status));
    return mayPass ? times : 1;
  }
  if (answer.kind !== 'unavailable') return 1;
  // Without an answer: it may have been all the time that a request gets.
  return answer.status === undefined ? 2 : times;
}
