import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Db, type Session } from './query.ts';

const insertVersion = query(
  (db, p: { courseId: string; submissionSeq: number; hash: string; at: number; text: string | null }) =>
    db
      .insertInto('version')
      .values({ course_id: p.courseId, submission_seq: p.submissionSeq, hash: p.hash, at: p.at, text: p.text }),
);

const makePresent = query((db, p: { courseId: string; seq: number }) =>
  db.updateTable('course').set({ version_seq: p.seq }).where('id', '=', p.courseId),
);

/** Versions with their texts, which stand with the submission where the two are the same. */
const versionsIn = (db: Db) =>
  db
    .selectFrom('version')
    .innerJoin('submission', 'submission.seq', 'version.submission_seq')
    .select((eb) => [
      'version.seq',
      'version.course_id as courseId',
      'version.submission_seq as submissionSeq',
      'version.hash',
      'version.at',
      eb.fn.coalesce('version.text', 'submission.text').as('text'),
    ]);

const versionBySeq = query((db, p: { seq: number }) => versionsIn(db).where('version.seq', '=', p.seq));

const sentVersions = query((db, p: { courseId: string }) =>
  versionsIn(db)
    .where('version.seq', 'in', (eb) =>
      eb
        .selectFrom('delivery')
        .select((row) => row.fn.max('delivery.version_seq').as('seq'))
        .where('delivery.course_id', '=', p.courseId)
        .where('begun', '=', 1)
        .groupBy('target'),
    )
    .orderBy('version.seq'),
);

export const versions = (session: Session): Pick<StoreTransaction, 'keepVersion' | 'version' | 'sentVersions'> => ({
  keepVersion: async ({ courseId, submissionSeq, hash, text, at }) => {
    const { submission } = session.memory;
    // A snapshot is its version as a rule, and its text need not stand twice.
    const same = submission?.seq === submissionSeq && submission.text === text;
    const seq = await session.insert(insertVersion, { courseId, submissionSeq, hash, at, text: same ? null : text });
    await session.change(makePresent, { courseId, seq });
    return seq;
  },
  version: async (seq) => session.first(versionBySeq, { seq }),
  sentVersions: async (courseId) => session.all(sentVersions, { courseId }),
});
