import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Standing, SubmissionKind } from '../exchange/store.ts';

/** What is counted. Labels are our own names and closed lists alone: never a path, or anything else, as received. */
export interface Metrics {
  /** A delivery was tried: how it ended (DeliveryOutcome.ended), and how long this attempt took. */
  attempt(target: string, ended: string, seconds: number): void;
  /** A delivery ended: its state, and the time since it was submitted. */
  delivered(target: string, state: string, seconds: number): void;
  /** A request to a target was answered, or was not: `answer` is the kind of the Answer. */
  targetRequest(target: string, answer: string, seconds: number): void;
  submitted(kind: SubmissionKind, state: string): void;
  /** A request to us was answered. `route` is the template of a route, e.g. `/courses/{id}`. */
  request(route: string, status: number, seconds: number): void;
  /** Everything in the text format of Prometheus. */
  text(standing: Standing, now: number): Promise<string>;
}

/** The media type of `Metrics.text`. */
export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE;

const requestSeconds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60];
const attemptSeconds = [0.01, 0.05, 0.2, 1, 5, 20, 60, 300];
const deliverySeconds = [0.1, 0.5, 2, 10, 60, 600, 3_600, 21_600, 86_400, 259_200];

/** A registry of its own. `ofProcess`: memory, processor time and event loop too, once a process. */
export function prometheusMetrics({ ofProcess = false } = {}): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const named = <Label extends string>(name: string, help: string, labelNames: Label[] = []) => ({
    name: `coursebridge_${name}`,
    help,
    labelNames,
    registers,
  });
  const standing = standingGauges(named);
  const attempts = new Counter(named('delivery_attempts_total', 'Attempts, by how they ended.', ['target', 'ended']));
  const attempt = new Histogram({
    ...named('delivery_attempt_seconds', 'Duration of an attempt.', ['target']),
    buckets: attemptSeconds,
  });
  const delivery = new Histogram({
    ...named('delivery_seconds', 'From the submission to the end of its delivery.', ['target', 'state']),
    buckets: deliverySeconds,
  });
  const target = new Histogram({
    ...named('target_request_seconds', 'Duration of a request to a target.', ['target', 'answer']),
    buckets: requestSeconds,
  });
  const submissions = new Counter(
    named('submissions_total', 'Submissions, by what became of them.', ['kind', 'state']),
  );
  const requests = new Counter(named('http_requests_total', 'Requests to the service.', ['route', 'status']));
  const request = new Histogram({
    ...named('http_request_seconds', 'Duration of a request to the service.', ['route']),
    buckets: requestSeconds,
  });
  return {
    attempt: (name, ended, seconds) => {
      attempts.inc({ target: name, ended });
      attempt.observe({ target: name }, seconds);
    },
    delivered: (name, state, seconds) => delivery.observe({ target: name, state }, seconds),
    targetRequest: (name, answer, seconds) => target.observe({ target: name, answer }, seconds),
    submitted: (kind, state) => submissions.inc({ kind, state }),
    request: (route, status, seconds) => {
      requests.inc({ route, status });
      request.observe({ route }, seconds);
    },
    text: (now, at) => {
      standing.show(now, at);
      return registry.metrics();
    },
  };
}

type Named = <Label extends string>(
  name: string,
  help: string,
  labelNames?: Label[],
) => { name: string; help: string; labelNames: Label[]; registers: Registry[] };

/** How things stand is asked of the store when somebody looks: no count of ours could drift from it. */
function standingGauges(named: Named) {
  const deliveries = new Gauge(named('deliveries', 'Deliveries, by state.', ['state']));
  const oldest = new Gauge(named('oldest_waiting_seconds', 'Age of the oldest delivery that waits or is in flight.'));
  const held = new Gauge(named('held_submissions', 'Submissions that wait for a person.'));
  return {
    show: (standing: Standing, now: number): void => {
      deliveries.reset();
      for (const [state, count] of Object.entries(standing.deliveries)) deliveries.set({ state }, count);
      oldest.set(standing.oldestWaiting === undefined ? 0 : Math.max(0, now - standing.oldestWaiting) / 1000);
      held.set(standing.heldSubmissions);
    },
  };
}
