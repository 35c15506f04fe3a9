import type { ExpressionBuilder } from 'kysely';
import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';
import type { Tables } from './schema.ts';

const courseById = query((db, p: { id: string }) =>
  db
    .selectFrom('course')
    .innerJoin('patient', 'patient.id', 'course.patient_id')
    .leftJoin('version', 'version.seq', 'course.version_seq')
    .select(['course.id', 'source_system', 'source_id', 'patient.system', 'patient.value'])
    .select(['version.seq', 'version.submission_seq', 'version.hash', 'version.at'])
    .where('course.id', '=', p.id),
);

const isKept = query((db, p: { id: string }) => db.selectFrom('course').select('id').where('id', '=', p.id));

const addPatient = query((db, p: { system: string; value: string }) =>
  db
    .insertInto('patient')
    .values({ system: p.system, value: p.value })
    .onConflict((conflict) => conflict.doNothing()),
);

const patientId = (eb: ExpressionBuilder<Tables, 'course'>, p: { readonly system: string; readonly value: string }) =>
  eb
    .selectFrom('patient')
    .select((row) => row.ref('patient.id').$castTo<number>().as('id'))
    .where('system', '=', p.system)
    .where('value', '=', p.value);

const addCourse = query(
  (db, p: { id: string; sourceSystem: string; sourceId: string; system: string; value: string }) =>
    db.insertInto('course').values((eb) => ({
      id: p.id,
      source_system: p.sourceSystem,
      source_id: p.sourceId,
      patient_id: patientId(eb, p),
    })),
);

const moveCourse = query((db, p: { id: string; system: string; value: string }) =>
  db
    .updateTable('course')
    .set((eb) => ({ patient_id: patientId(eb, p) }))
    .where('id', '=', p.id),
);

export const courses = (session: Session): Pick<StoreTransaction, 'course' | 'keepCourse' | 'courseIds'> => ({
  course: async (id) => {
    const row = await session.first(courseById, { id });
    if (row === undefined) {
      session.memory.absentCourses.add(id);
      return undefined;
    }
    const { seq, submission_seq: submissionSeq, hash, at } = row;
    const isVersion = seq !== null && submissionSeq !== null && hash !== null && at !== null;
    return {
      id: row.id,
      key: { system: row.source_system, id: row.source_id },
      patient: { system: row.system, value: row.value },
      ...(isVersion && { version: { seq, courseId: id, submissionSeq, hash, at } }),
    };
  },
  keepCourse: async ({ id, key, patient: { system, value } }) => {
    const { absentCourses, newCourses } = session.memory;
    await session.change(addPatient, { system, value });
    // No upsert: for one SQLite looks through every table that refers to courses (fkey.c, isMultiWrite).
    if (absentCourses.delete(id) || (await session.first(isKept, { id })) === undefined) {
      await session.change(addCourse, { id, sourceSystem: key.system, sourceId: key.id, system, value });
      newCourses.add(id);
    } else {
      await session.change(moveCourse, { id, system, value });
    }
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
