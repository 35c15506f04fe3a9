import type { Selectable } from 'kysely';
import type { KeptReceipt, StoreTransaction } from '../exchange/store.ts';
import { jsonColumn, jsonIn } from './json-columns.ts';
import { query, type Session } from './query.ts';
import type { Tables } from './schema.ts';

const receiptOf = query((db, p: { target: string; courseId: string }) =>
  db.selectFrom('receipt').selectAll().where('target', '=', p.target).where('course_id', '=', p.courseId),
);

const keep = query(
  (db, p: { target: string; courseId: string; versionSeq: number; mapping: string; at: number; resources: string }) =>
    db
      .insertInto('receipt')
      .values({
        target: p.target,
        course_id: p.courseId,
        version_seq: p.versionSeq,
        mapping: p.mapping,
        at: p.at,
        resources: p.resources,
      })
      .onConflict((conflict) =>
        conflict.columns(['target', 'course_id']).doUpdateSet((eb) => ({
          version_seq: eb.ref('excluded.version_seq'),
          mapping: eb.ref('excluded.mapping'),
          at: eb.ref('excluded.at'),
          resources: eb.ref('excluded.resources'),
        })),
      ),
);

export async function keepReceipt(session: Session, receipt: KeptReceipt): Promise<void> {
  const { target, courseId, versionSeq, mapping, at } = receipt;
  await session.change(keep, {
    target,
    courseId,
    versionSeq,
    mapping,
    at,
    resources: jsonColumn(receipt.resources),
  });
}

export const receipts = (session: Session): Pick<StoreTransaction, 'receipt' | 'receipts'> => ({
  receipt: async (target, courseId) => {
    const row = await session.first(receiptOf, { target, courseId });
    return row === undefined ? undefined : receiptIn(row);
  },
  receipts: async (target, { limit, after, notMapping }) => {
    const rows = await session.list((db) => {
      let found = db.selectFrom('receipt').selectAll().where('target', '=', target);
      if (after !== undefined) found = found.where('course_id', '>', String(after));
      if (notMapping !== undefined) found = found.where('mapping', '<>', notMapping);
      return found.orderBy('course_id').limit(limit);
    });
    return rows.map(receiptIn);
  },
});

const receiptIn = (row: Selectable<Tables['receipt']>): KeptReceipt => ({
  target: row.target,
  courseId: row.course_id,
  versionSeq: row.version_seq,
  mapping: row.mapping,
  resources: jsonIn(row.resources),
  at: row.at,
});
