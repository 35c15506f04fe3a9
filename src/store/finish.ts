import type { AttemptEnd, DeliveryState, StoreTransaction } from '../exchange/store.ts';
import { deliveriesIn, isReplaced, type DeliveryRow } from './delivery-rows.ts';
import { issuesColumn } from './json-columns.ts';
import { endAttempt } from './open-attempts.ts';
import { query, type Session } from './query.ts';
import { keepReceipt } from './receipts.ts';

const renew = query((db, p: { id: string; lease: string; until: number }) =>
  db.updateTable('delivery').set({ due_at: p.until }).where('id', '=', p.id).where('lease', '=', p.lease),
);

const leased = query((db, p: { id: string; lease: string }) =>
  deliveriesIn(db).where('id', '=', p.id).where('lease', '=', p.lease),
);

const end = query(
  (
    db,
    p: {
      seq: number;
      state: DeliveryState;
      notification: DeliveryRow['notification'];
      dueAt: number;
      endedAt: number | null;
      issues: string;
    },
  ) =>
    db
      .updateTable('delivery')
      .set({
        state: p.state,
        notification: p.notification,
        due_at: p.dueAt,
        ended_at: p.endedAt,
        issues: p.issues,
        lease: null,
      })
      .where('seq', '=', p.seq),
);

export const finishing = (session: Session): Pick<StoreTransaction, 'renew' | 'finish'> => ({
  renew: async (id, lease, until) => (await session.change(renew, { id, lease, until })) === 1,
  finish: async (id, lease, ended) => {
    const row = await session.first(leased, { id, lease });
    if (row === undefined) return false;
    await endDelivery(session, row, ended);
    const { target, course_id: courseId } = row;
    if (ended.receipt !== undefined) await keepReceipt(session, { target, courseId, ...ended.receipt });
    await endAttempt(session, row, ended);
    return true;
  },
});

async function endDelivery(session: Session, row: DeliveryRow, ended: AttemptEnd): Promise<void> {
  const { at } = ended;
  const arrived = ended.state === 'delivered' || ended.state === 'in-part';
  const next = !arrived && (await isReplaced(session, row)) ? 'superseded' : ended.state;
  const goesOn = next === 'waiting';
  await session.change(end, {
    seq: row.seq,
    state: next,
    notification: goesOn ? 'none' : 'pending',
    dueAt: goesOn ? (ended.dueAt ?? at) : row.due_at,
    endedAt: goesOn ? null : at,
    issues: issuesColumn(ended.issues),
  });
}
