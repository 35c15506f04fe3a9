import { sql, type Selectable } from 'kysely';
import type { Delivery } from '../exchange/store.ts';
import { issuesIn } from './json-columns.ts';
import { query, type Db, type Session } from './query.ts';
import type { Tables } from './schema.ts';

export type DeliveryRow = Selectable<Tables['delivery']>;

export const deliveriesIn = (db: Db) => db.selectFrom('delivery').selectAll('delivery');

export function deliveryIn(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    courseId: row.course_id,
    versionSeq: row.version_seq,
    target: row.target,
    mode: row.mode,
    dueAt: row.due_at,
    createdAt: row.created_at,
    state: row.state,
    notification: row.notification,
    attempts: row.attempts,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    issues: issuesIn(row.issues),
  };
}

/** A state written into the query, not given to it: only so does SQLite see that an index of few states will do. */
export const state = <S extends DeliveryRow['state']>(name: S) => sql.lit(name);

/** What a newer delivery of the same course and target makes needless: it waits for its time, or for a person. */
export const replaceable = [state('waiting'), state('refused'), state('unresolved'), state('given-up')];

const newer = query((db, p: { courseId: string; target: string; seq: number }) =>
  db
    .selectFrom('delivery')
    .select('seq')
    .where('course_id', '=', p.courseId)
    .where('target', '=', p.target)
    .where('seq', '>', p.seq)
    .limit(1),
);

/** Whether a newer delivery of the same course and target stands behind this one. */
export async function isReplaced(session: Session, row: DeliveryRow): Promise<boolean> {
  const { course_id: courseId, target, seq } = row;
  return (await session.first(newer, { courseId, target, seq })) !== undefined;
}
