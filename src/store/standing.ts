import { sql } from 'kysely';
import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';

const byState = query((db) =>
  db
    .selectFrom('delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state'),
);

const heldCount = query((db) =>
  db
    .selectFrom('submission')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('held' as const)),
);

/** Deliveries are numbered as they are made, so the first of a state is its oldest. */
const oldestOf = query((db, p: { state: 'waiting' | 'in-flight' }) =>
  db.selectFrom('delivery').select('created_at').where('state', '=', p.state).orderBy('seq').limit(1),
);

export const standing = (session: Session): Pick<StoreTransaction, 'standing'> => ({
  standing: async () => {
    const states = await session.all(byState, {});
    const held = await session.first(heldCount, {});
    const waiting = await session.first(oldestOf, { state: 'waiting' });
    const inFlight = await session.first(oldestOf, { state: 'in-flight' });
    const oldest = Math.min(waiting?.created_at ?? Infinity, inFlight?.created_at ?? Infinity);
    return {
      deliveries: Object.fromEntries(states.map(({ state, count }) => [state, count])),
      heldSubmissions: held?.count ?? 0,
      ...(oldest !== Infinity && { oldestWaiting: oldest }),
    };
  },
});
