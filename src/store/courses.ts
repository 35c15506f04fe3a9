import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';

const courseById = query((db, p: { id: string }) =>
  db
    .selectFrom('course')
    .innerJoin('patient', 'patient.id', 'course.patient_id')
    .select(['course.id', 'source_system', 'source_id', 'patient.system', 'patient.value'])
    .where('course.id', '=', p.id),
);

/** A course's versions are never taken back: the newest is the present one. */
const presentVersion = query((db, p: { courseId: string }) =>
  db
    .selectFrom('version')
    .select(['seq', 'course_id as courseId', 'submission_seq as submissionSeq', 'hash', 'at'])
    .where('course_id', '=', p.courseId)
    .orderBy('seq', 'desc')
    .limit(1),
);

const keepPatient = query((db, p: { system: string; value: string }) =>
  db
    .insertInto('patient')
    .values({ system: p.system, value: p.value })
    .onConflict((conflict) => conflict.doNothing()),
);

const keepCourse = query(
  (db, p: { id: string; sourceSystem: string; sourceId: string; system: string; value: string }) =>
    db
      .insertInto('course')
      .values((eb) => ({
        id: p.id,
        source_system: p.sourceSystem,
        source_id: p.sourceId,
        patient_id: eb
          .selectFrom('patient')
          .select((row) => row.ref('patient.id').$castTo<number>().as('id'))
          .where('system', '=', p.system)
          .where('value', '=', p.value),
      }))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({ patient_id: eb.ref('excluded.patient_id') }))
          .whereRef('course.patient_id', '<>', 'excluded.patient_id'),
      ),
);

export const courses = (session: Session): Pick<StoreTransaction, 'course' | 'keepCourse' | 'courseIds'> => ({
  course: async (id) => {
    const row = await session.first(courseById, { id });
    if (row === undefined) return undefined;
    const version = await session.first(presentVersion, { courseId: id });
    return {
      id: row.id,
      key: { system: row.source_system, id: row.source_id },
      patient: { system: row.system, value: row.value },
      ...(version !== undefined && { version }),
    };
  },
  keepCourse: async ({ id, key, patient }) => {
    const { system, value } = patient;
    await session.change(keepPatient, { system, value });
    await session.change(keepCourse, { id, sourceSystem: key.system, sourceId: key.id, system, value });
  },
  courseIds: async ({ limit, after }) => {
    const rows = await session.list((db) =>
      db
        .selectFrom('course')
        .select('id')
        .$if(after !== undefined, (found) => found.where('id', '>', String(after)))
        .orderBy('id')
        .limit(limit),
    );
    return rows.map(({ id }) => id);
  },
});
