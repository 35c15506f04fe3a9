import { randomUUID } from 'node:crypto';
import type { DeliverySettings } from '../config.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { FhirServer } from '../exchange/ports.ts';
import type { PatientPolicy } from '../exchange/situation.ts';
import type { Delivery, Page, Store, StoreTransaction } from '../exchange/store.ts';
import { newestDelivery } from '../exchange/verify-standing.ts';
import { clock, deliveringTo } from './delivering.ts';
import { exitCodes, gravest, type ExitCode } from './exit-codes.ts';
import { faultReport } from './fault-report.ts';
import type { Input } from './inputs.ts';
import { hasEnded, Outstanding } from './outstanding.ts';
import { PushReport } from './push-report.ts';
import { listed } from './store.ts';
import { submitAll, type SubmittedAt } from './submitting.ts';
import { counted, type Terminal } from './terminal.ts';

/** Where courses go, by way of what is kept, and whether they are read back. */
export interface PushTo {
  readonly store: Store;
  readonly server: FhirServer;
  readonly base: string;
  readonly definitions: Definitions;
  readonly patients: PatientPolicy;
  readonly settings: DeliverySettings;
  /** Whether the inputs are whole courses, or parts of some. */
  readonly kind: 'snapshot' | 'partial';
  readonly verify: boolean;
}

/**
 * Keeps courses, delivers them to a target and prints a receipt a line, as each ends. Without inputs it delivers what
 * waits. A target that cannot be used ends it: what waits is kept.
 */
export async function pushCommand(inputs: readonly Input[], to: PushTo, terminal: Terminal): Promise<ExitCode> {
  const { store } = to;
  const { target, submissions, start } = await deliveringTo({ ...to, actor: 'cli' });
  const report = new PushReport(to, terminal);
  const outstanding = new Outstanding<string>(store, clock);
  const fault = (error: unknown): void => faultReport(terminal.say)(randomUUID(), error);
  const dispatcher = start({ noted: (note) => void outstanding.noted(note).catch(fault), fault });
  const bring = async (): Promise<void> => {
    const coming = inputs.length > 0 ? submitted(submitAll(inputs, to.kind, submissions)) : waiting();
    for await (const { id, place } of coming) {
      outstanding.add(id, place);
      dispatcher.wake();
    }
    outstanding.complete();
  };
  /** The deliveries that follow from submissions; of a course that is known, the one that is under way. */
  async function* submitted(all: AsyncIterable<SubmittedAt>) {
    for await (const one of all) {
      await report.submitted(one);
      const {
        place,
        submitted: { state, id, deliveries = [] },
      } = one;
      for (const delivery of deliveries) yield { id: delivery, place };
      if (state !== 'unchanged' || id === undefined || deliveries.length > 0) continue;
      const known = await underWay(store, target, id);
      if (known !== undefined && hasEnded(known.state)) await report.ended(known, place, false);
      else if (known !== undefined) yield { id: known.id, place };
    }
  }
  async function* waiting() {
    const filter = { target, state: ['waiting', 'in-flight'] } as const;
    const hastened = async (tx: StoreTransaction, page: Page): Promise<readonly Delivery[]> => {
      const some = await tx.deliveries(filter, page);
      for (const one of some) await hasten(tx, one);
      return some;
    };
    for await (const { id, courseId } of listed(store, hastened, nameOf)) yield { id, place: `course ${courseId}` };
  }
  const tell = async (): Promise<void> => {
    for await (const { delivery, of } of outstanding.ended()) {
      await report.ended(delivery, of, true);
      terminal.progress(() => `push: ${counted(report.told, 'course')} so far, ${outstanding.size} on their way`);
    }
  };
  try {
    await Promise.all([bring(), tell()]);
  } finally {
    await dispatcher.stop();
  }
  for (const { delivery, of } of await outstanding.left()) await report.ended(delivery, of, true);
  report.summary(outstanding.targetAway);
  return gravest([...report.codes, ...(outstanding.targetAway ? [exitCodes.unavailable] : [])]);
}

const nameOf = ({ id }: Delivery): string => id;

/**
 * The delivery of the present version of a course: at once where it waits, and begun where it was never addressed to
 * this target.
 */
async function underWay(store: Store, target: string, courseId: string): Promise<Delivery | undefined> {
  return store.transaction(async (tx) => {
    const versionSeq = (await tx.course(courseId))?.version?.seq;
    if (versionSeq === undefined) return undefined;
    const found = await newestDelivery(tx, target, courseId, versionSeq);
    if (found !== undefined) {
      await hasten(tx, found);
      return found;
    }
    const [id, at] = [randomUUID(), clock.now()];
    await tx.addDelivery({ id, courseId, versionSeq, target, mode: 'changes', dueAt: at, createdAt: at });
    await tx.audit({ at, actor: 'cli', action: 'replayed', subject: id });
    return tx.delivery(id);
  });
}

/** Whoever pushes does not wait for the time at which a delivery would be tried again. */
async function hasten(tx: StoreTransaction, { id, state, mode }: Delivery): Promise<void> {
  if (state === 'waiting') await tx.restart(id, { dueAt: clock.now(), mode });
}
