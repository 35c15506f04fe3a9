import type { KeptSubmission, StoreTransaction } from '../exchange/store.ts';
import { issuesColumn, issuesIn } from './json-columns.ts';
import { query, type Db, type Session } from './query.ts';
import type { Tables } from './schema.ts';
import { sql, type Selectable } from 'kysely';

const columns = [
  'seq',
  'id',
  'course_id',
  'kind',
  'state',
  'order_version',
  'order_recorded_at',
  'hash',
  'issues',
  'reason',
  'received_at',
] as const;

type SubmissionRow = Omit<Selectable<Tables['submission']>, 'text'>;

const all = (db: Db) => db.selectFrom('submission').select(columns);

const submissionById = query((db, p: { id: string }) => all(db).select('text').where('id', '=', p.id));

const submissionsOf = query((db, p: { courseId: string }) =>
  all(db).where('course_id', '=', p.courseId).orderBy('seq'),
);

const notSuperseded = query((db, p: { courseId: string }) =>
  all(db).select('text').where('course_id', '=', p.courseId).where('state', '<>', 'superseded').orderBy('seq'),
);

const insertSubmission = query(
  (
    db,
    p: {
      id: string;
      courseId: string;
      kind: SubmissionRow['kind'];
      state: SubmissionRow['state'];
      version: number | null;
      recordedAt: number | null;
      hash: string;
      issues: string;
      reason: string | null;
      receivedAt: number;
      text: string;
    },
  ) =>
    db.insertInto('submission').values({
      id: p.id,
      course_id: p.courseId,
      kind: p.kind,
      state: p.state,
      order_version: p.version,
      order_recorded_at: p.recordedAt,
      hash: p.hash,
      issues: p.issues,
      reason: p.reason,
      received_at: p.receivedAt,
      text: p.text,
    }),
);

const changeState = query((db, p: { seq: number; state: SubmissionRow['state'] }) =>
  db.updateTable('submission').set({ state: p.state }).where('seq', '=', p.seq),
);

const changeOrder = query((db, p: { seq: number; version: number | null; recordedAt: number | null }) =>
  db
    .updateTable('submission')
    .set({ order_version: p.version, order_recorded_at: p.recordedAt })
    .where('seq', '=', p.seq),
);

type Submissions = Pick<
  StoreTransaction,
  'submissionsInForce' | 'submissionsOf' | 'submission' | 'heldSubmissions' | 'keepSubmission' | 'changeSubmission'
>;

export const submissions = (session: Session): Submissions => ({
  submissionsInForce: async (courseId) => (await session.all(notSuperseded, { courseId })).map(withText),
  submissionsOf: async (courseId) => (await session.all(submissionsOf, { courseId })).map(submissionIn),
  submission: async (id) => {
    const row = await session.first(submissionById, { id });
    return row === undefined ? undefined : withText(row);
  },
  heldSubmissions: async ({ limit, after }) => {
    const rows = await session.list((db) =>
      all(db)
        .where('state', '=', sql.lit('held' as const))
        .$if(typeof after === 'number', (found) => found.where('seq', '>', Number(after)))
        .$if(typeof after === 'string', (found) =>
          found.where('seq', '>', (eb) =>
            eb
              .selectFrom('submission as last')
              .select((row) => row.ref('last.seq').$castTo<number>().as('seq'))
              .where('last.id', '=', String(after)),
          ),
        )
        .orderBy('seq')
        .limit(limit),
    );
    return rows.map(submissionIn);
  },
  keepSubmission: async (kept) => {
    const { id, courseId, kind, state, order, hash, text, receivedAt } = kept;
    const seq = await session.insert(insertSubmission, {
      id,
      courseId,
      kind,
      state,
      version: order.version ?? null,
      recordedAt: order.recordedAt ?? null,
      hash,
      issues: issuesColumn(kept.issues),
      reason: kept.reason ?? null,
      receivedAt,
      text,
    });
    session.memory.submission = { seq, text };
    return seq;
  },
  changeSubmission: async (seq, { state, order }) => {
    await session.change(changeState, { seq, state });
    if (order === undefined) return;
    await session.change(changeOrder, { seq, version: order.version ?? null, recordedAt: order.recordedAt ?? null });
  },
});

const withText = (row: SubmissionRow & { readonly text: string }): KeptSubmission => ({
  ...submissionIn(row),
  text: row.text,
});

const submissionIn = (row: SubmissionRow): Omit<KeptSubmission, 'text'> => ({
  seq: row.seq,
  id: row.id,
  courseId: row.course_id,
  kind: row.kind,
  state: row.state,
  order: {
    ...(row.order_version !== null && { version: row.order_version }),
    ...(row.order_recorded_at !== null && { recordedAt: row.order_recorded_at }),
  },
  hash: row.hash,
  issues: issuesIn(row.issues),
  ...(row.reason !== null && { reason: row.reason }),
  receivedAt: row.received_at,
});
