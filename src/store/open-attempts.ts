import type { AttemptEnd } from '../exchange/store.ts';
import type { DeliveryRow } from './delivery-rows.ts';
import { query, type Session } from './query.ts';

/** The course on its target: what a mark stands for, whichever delivery set it. */
type Place = Pick<DeliveryRow, 'target' | 'course_id'>;

const open = query((db, p: { target: string; courseId: string }) =>
  db.selectFrom('open_attempt').select('since').where('target', '=', p.target).where('course_id', '=', p.courseId),
);

const mark = query((db, p: { target: string; courseId: string; lease: string; since: number }) =>
  db.insertInto('open_attempt').values({ target: p.target, course_id: p.courseId, lease: p.lease, since: p.since }),
);

const moveOn = query((db, p: { target: string; courseId: string; since: number }) =>
  db
    .updateTable('open_attempt')
    .set({ since: p.since })
    .where('target', '=', p.target)
    .where('course_id', '=', p.courseId)
    .where('since', '<', p.since),
);

const moveOwnOn = query((db, p: { target: string; courseId: string; lease: string; since: number }) =>
  db
    .updateTable('open_attempt')
    .set({ since: p.since })
    .where('target', '=', p.target)
    .where('course_id', '=', p.courseId)
    .where('lease', '=', p.lease),
);

const moveBack = query((db, p: { target: string; courseId: string; since: number }) =>
  db
    .updateTable('open_attempt')
    .set({ since: p.since })
    .where('target', '=', p.target)
    .where('course_id', '=', p.courseId),
);

const clear = query((db, p: { target: string; courseId: string }) =>
  db.deleteFrom('open_attempt').where('target', '=', p.target).where('course_id', '=', p.courseId),
);

/**
 * Marks that an attempt begins; the mark that an earlier one left, which stays as it is. A mark of a time that is yet to
 * come says that the clock was put back since: it counts from now on, or it would stand for as long as the clock moved.
 */
export async function beginAttempt(
  session: Session,
  { target, course_id: courseId }: Place,
  begun: { readonly lease: string; readonly at: number },
): Promise<number | undefined> {
  const before = await session.first(open, { target, courseId });
  if (before !== undefined) {
    if (before.since > begun.at) await session.change(moveBack, { target, courseId, since: begun.at });
    return Math.min(before.since, begun.at);
  }
  await session.change(mark, { target, courseId, lease: begun.lease, since: begun.at });
  return undefined;
}

/** The attempt never told how it ended: it may have written as long as its lease held. */
export async function loseAttempt(
  session: Session,
  { target, course_id: courseId, due_at }: DeliveryRow,
): Promise<void> {
  await session.change(moveOn, { target, courseId, since: due_at });
}

/** Clears the mark, or keeps it for the last moment at which something may have been sent. */
export async function endAttempt(
  session: Session,
  row: DeliveryRow,
  { open: stays, at, lostAt }: AttemptEnd,
): Promise<void> {
  const { target, course_id: courseId, lease } = row;
  if (!stays) await session.change(clear, { target, courseId });
  else if (lostAt !== undefined) await session.change(moveOn, { target, courseId, since: lostAt });
  // What another attempt left open may have waited for its time alone, and must not wait for ever.
  else if (lease !== null) await session.change(moveOwnOn, { target, courseId, lease, since: at });
}
