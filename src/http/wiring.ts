import type { FhirServer } from '../exchange/ports.ts';
import type { SubmissionWorld } from '../exchange/submit.ts';
import type { Metrics } from './metrics.ts';

/** The parts that the routes put together. */
export interface Wiring extends Omit<SubmissionWorld, 'actor'> {
  /** The target, for /pull and /readyz: deliveries are the dispatcher's. */
  readonly server: FhirServer;
  /** Told after new deliveries are on disk, so that the dispatcher claims at once. */
  readonly wake: () => void;
  readonly metrics: Metrics;
  readonly bounds: Bounds;
  /** Aborted when the service is to end: new submissions get 503, and streams end after the group being committed. */
  readonly stopping?: AbortSignal;
}

/** How much the service takes on before it says 503 at the door. */
export interface Bounds {
  /** Bytes that the store must still have room for; 0 for a store in memory, whose own limit says when it is full. */
  readonly reserveBytes: number;
  /** Deliveries that wait or are in flight. */
  readonly waitingDeliveries: number;
  /** Bytes of bodies that are in memory at once: being read, or not yet on disk. */
  readonly bodyBytes: number;
  /** Streams of lines at once. */
  readonly streams: number;
}

const mebibyte = 1024 * 1024;

export const usualBounds: Bounds = {
  reserveBytes: 64 * mebibyte,
  waitingDeliveries: 200_000,
  bodyBytes: 64 * mebibyte,
  streams: 16,
};
