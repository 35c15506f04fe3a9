import type { AuditEntry, StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';

const add = query((db, p: { at: number; actor: string; action: AuditEntry['action']; subject: string }) =>
  db.insertInto('audit').values({ at: p.at, actor: p.actor, action: p.action, subject: p.subject }),
);

export const audit = (session: Session): Pick<StoreTransaction, 'audit' | 'auditTrail'> => ({
  audit: async ({ at, actor, action, subject }) => {
    await session.change(add, { at, actor, action, subject });
  },
  auditTrail: async ({ limit, after }) =>
    session.list((db) =>
      db
        .selectFrom('audit')
        .selectAll()
        .$if(after !== undefined, (found) => found.where('seq', '>', Number(after)))
        .orderBy('seq')
        .limit(limit),
    ),
});
