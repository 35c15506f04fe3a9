import type { Delivery, DeliveryMode, DeliveryState, StoreTransaction } from './store.ts';
import type { SubmissionWorld } from './submit.ts';

/**
 * What is sent again: some deliveries, all in some states, or every course that was written by another mapping than
 * this one.
 */
export type Replay =
  { readonly ids: readonly string[] } | { readonly states: readonly DeliveryState[] } | { readonly mapping: string };

/** The deliveries that go on now, and what was asked for and is no delivery. What is in flight is in neither. */
export interface Replayed {
  readonly replayed: readonly string[];
  readonly unknown: readonly string[];
}

type World = Pick<SubmissionWorld, 'store' | 'now' | 'actor' | 'newId' | 'targets'>;

/** What a person is waited for. */
export const failedStates = ['refused', 'unresolved', 'given-up'] as const satisfies readonly DeliveryState[];

/** Many are replayed in several transactions, so that nobody waits for all of them. */
const atOnce = 500;

/** Sends again. What has arrived is looked at on the target itself, since its receipt says that nothing is missing. */
export async function replayDeliveries(which: Replay, mode: DeliveryMode, world: World): Promise<Replayed> {
  if ('ids' in which) return replayIds(which.ids, mode, world);
  const replayed =
    'states' in which ? await replayStates(which.states, mode, world) : await replayMapping(which.mapping, world);
  return { replayed, unknown: [] };
}

function replayIds(ids: readonly string[], mode: DeliveryMode, world: World): Promise<Replayed> {
  return world.store.transaction(async (tx) => {
    const replayed = new Set<string>();
    const unknown: string[] = [];
    for (const id of ids) {
      const delivery = await tx.delivery(id);
      if (delivery === undefined) unknown.push(id);
      else if (await restart(delivery, mode, tx, world)) replayed.add(id);
      else {
        // An older version is not written over a newer one: the course goes as it is now.
        const newest = await newestOf(delivery, tx);
        if (newest !== undefined && (await restart(newest, mode, tx, world))) replayed.add(newest.id);
      }
    }
    return { replayed: [...replayed], unknown };
  });
}

async function replayStates(states: readonly DeliveryState[], mode: DeliveryMode, world: World): Promise<string[]> {
  const replayed: string[] = [];
  return inPages(replayed, world, async (tx, page) => {
    const deliveries = await tx.deliveries({ state: states }, page);
    for (const delivery of deliveries) if (await restart(delivery, mode, tx, world)) replayed.push(delivery.id);
    return deliveries.at(-1)?.id;
  });
}

async function replayMapping(mapping: string, world: World): Promise<string[]> {
  const replayed: string[] = [];
  for (const target of world.targets) {
    await inPages(replayed, world, async (tx, page) => {
      const receipts = await tx.receipts(target, { ...page, notMapping: mapping });
      for (const { courseId } of receipts) {
        const newest = await newestOf({ courseId, target }, tx);
        if (newest !== undefined && (await restart(newest, 'repair', tx, world))) replayed.push(newest.id);
      }
      return receipts.at(-1)?.courseId;
    });
  }
  return replayed;
}

/** Does a page in each transaction, until one says that it was the last by naming no end. */
async function inPages<T>(
  done: T,
  { store }: World,
  work: (tx: StoreTransaction, page: { limit: number; after?: string }) => Promise<string | undefined>,
): Promise<T> {
  let after: string | undefined;
  do {
    const page = { limit: atOnce, ...(after !== undefined && { after }) };
    after = await store.transaction((tx) => work(tx, page));
  } while (after !== undefined);
  return done;
}

async function restart(delivery: Delivery, mode: DeliveryMode, tx: StoreTransaction, world: World): Promise<boolean> {
  const { id, state } = delivery;
  const at = world.now();
  const hasArrived = state === 'delivered' || state === 'in-part';
  const done = await tx.restart(id, { dueAt: at, mode: hasArrived ? 'repair' : mode });
  if (done) await tx.audit({ at, actor: world.actor, action: 'replayed', subject: id });
  return done;
}

/** Every version has a delivery to every target: the newest is that of the course as it is now. */
async function newestOf(
  { courseId, target }: Pick<Delivery, 'courseId' | 'target'>,
  tx: StoreTransaction,
): Promise<Delivery | undefined> {
  let newest: Delivery | undefined;
  for (;;) {
    const after = newest === undefined ? {} : { after: newest.id };
    const page = await tx.deliveries({ courseId, target }, { limit: atOnce, ...after });
    newest = page.at(-1) ?? newest;
    if (page.length < atOnce) return newest;
  }
}
