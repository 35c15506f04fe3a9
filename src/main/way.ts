import { awaited, type Awaited } from '../cli/awaited.ts';
import { deliveringTo } from '../cli/delivering.ts';
import type { DeliverySettings } from '../config.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Dispatcher } from '../exchange/dispatcher.ts';
import type { FhirServer } from '../exchange/ports.ts';
import type { SubmissionWorld } from '../exchange/submit.ts';
import { openStore } from '../store/open-store.ts';

/** The way of the examples: taken, kept in memory, delivered. */
export interface Way {
  readonly submissions: SubmissionWorld;
  readonly server: FhirServer;
  readonly awaited: Awaited;
  readonly dispatcher: Dispatcher;
}

/** What the way is made of. */
export interface WayParts {
  readonly server: FhirServer;
  /** The base address of the server. */
  readonly base: string;
  readonly definitions: Definitions;
  readonly settings: DeliverySettings;
  /** Told of a fault of our own. */
  readonly fault: (error: unknown) => void;
}

/** Opens the way; a target that is away is told of after one try. */
export async function openWay({ fault, ...parts }: WayParts): Promise<Way> {
  const store = await openStore('memory');
  const { submissions, start } = await deliveringTo({ ...parts, store, patients: 'create', actor: 'demo' });
  const waiting = awaited(1);
  return {
    submissions,
    server: parts.server,
    awaited: waiting,
    dispatcher: start({ noted: waiting.noted, fault }),
  };
}
