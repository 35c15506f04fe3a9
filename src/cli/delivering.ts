import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliverySettings } from '../config.ts';
import { targetId } from '../course/identity.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { Clock } from '../exchange/lease.ts';
import { startDispatcher, type Dispatcher, type DispatchNote } from '../exchange/dispatcher.ts';
import type { FhirServer } from '../exchange/ports.ts';
import { usualRetries } from '../exchange/retry-policy.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import type { Store } from '../exchange/store.ts';
import type { SubmissionWorld } from '../exchange/submit.ts';
import { ownCheckFor } from './own-check.ts';

/** What a process that takes courses and delivers them is made of. */
export interface DeliveringParts {
  readonly store: Store;
  readonly server: FhirServer;
  /** The base address of the server. */
  readonly base: string;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
  readonly settings: DeliverySettings;
  /** The way in, for the audit trail. */
  readonly actor: string;
}

export interface Delivering {
  /** The target's id. */
  readonly target: string;
  readonly submissions: SubmissionWorld;
  /** Begins to deliver. */
  readonly start: (told: Told) => Dispatcher;
}

export interface Told {
  readonly noted: (note: DispatchNote) => void;
  readonly fault: (error: unknown) => void;
}

const leaseSeconds = 15;
const pollSeconds = 1;

/** The time of this process. */
export const clock: Clock = {
  now: () => Date.now(),
  wait: async (seconds, signal) => {
    // A timer of more than 24.8 days would end at once.
    await sleep(Math.min(seconds, 86_400) * 1000, undefined, { signal }).catch(() => undefined);
  },
};

/** Taking courses into a store, and delivering them from there to one target. */
export async function deliveringTo(parts: DeliveringParts): Promise<Delivering> {
  const { store, server, base, definitions, patients, settings, actor } = parts;
  const target = targetId(base);
  await store.transaction((tx) => tx.keepTarget({ id: target, base }));
  const check = await ownCheckFor(settings.check, definitions);
  return {
    target,
    submissions: {
      store,
      definitions,
      targets: [target],
      limits: { parts: settings.unaskedParts, share: settings.unaskedShare },
      now: () => clock.now(),
      newId: randomUUID,
      actor,
    },
    start: (told) =>
      startDispatcher({
        store,
        target,
        world: {
          server,
          definitions,
          patients,
          retractions: settings.retractions,
          claim: settings.claim,
          settleSeconds: settings.settleSeconds,
          ...(check !== undefined && { check }),
        },
        inFlight: settings.inFlight,
        pollSeconds,
        leaseSeconds,
        retries: {
          ...usualRetries,
          firstSeconds: settings.retrySeconds,
          capSeconds: settings.retryCapSeconds,
          giveUpSeconds: settings.giveUpHours * 3600,
        },
        clock,
        random: Math.random,
        newId: randomUUID,
        ...told,
      }),
  };
}
