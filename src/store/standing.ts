import { sql } from 'kysely';
import type { StoreTransaction } from '../exchange/store.ts';
import { state } from './delivery-rows.ts';
import { query, type Session } from './query.ts';

const notWaiting = query((db) =>
  db
    .selectFrom('delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('state', '<>', state('waiting'))
    .groupBy('state'),
);

const waiting = query((db) =>
  db
    .selectFrom('delivery')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('created_at').as('oldest')])
    .where('state', '=', state('waiting')),
);

const oldestInFlight = query((db) =>
  db
    .selectFrom('delivery')
    .select((eb) => eb.fn.min('created_at').as('oldest'))
    .where('state', '=', state('in-flight')),
);

const heldCount = query((db) =>
  db
    .selectFrom('submission')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('held' as const)),
);

export const standing = (session: Session): Pick<StoreTransaction, 'standing'> => ({
  standing: async () => {
    const deliveries = await session.all(notWaiting, {});
    const waits = await session.first(waiting, {});
    const inFlight = await session.first(oldestInFlight, {});
    const held = await session.first(heldCount, {});
    if (waits !== undefined && waits.count > 0) deliveries.push({ state: 'waiting', count: waits.count });
    const oldest = Math.min(waits?.oldest ?? Infinity, inFlight?.oldest ?? Infinity);
    return {
      deliveries: Object.fromEntries(deliveries.map(({ state: name, count }) => [name, count])),
      heldSubmissions: held?.count ?? 0,
      ...(oldest !== Infinity && { oldestWaiting: oldest }),
    };
  },
});
