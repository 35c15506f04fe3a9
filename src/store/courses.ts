import type { StoreTransaction } from '../exchange/store.ts';
import { query, type Session } from './query.ts';

const courseById = query((db, p: { id: string }) =>
  db
    .selectFrom('course')
    .innerJoin('patient', 'patient.id', 'course.patient_id')
    .leftJoin('version', 'version.seq', 'course.version_seq')
    .select(['course.id', 'source_system', 'source_id', 'patient.system', 'patient.value'])
    .select(['version.seq', 'version.submission_seq', 'version.hash', 'version.at'])
    .where('course.id', '=', p.id),
);

const addPatient = query((db, p: { system: string; value: string }) =>
  db.insertInto('patient').values({ system: p.system, value: p.value }),
);

const patientIdOf = query((db, p: { system: string; value: string }) =>
  db.selectFrom('patient').select('id').where('system', '=', p.system).where('value', '=', p.value),
);

const patientOfCourse = query((db, p: { id: string }) =>
  db.selectFrom('course').select('patient_id').where('id', '=', p.id),
);

const addCourse = query((db, p: { id: string; system: string; sourceId: string; patientId: number }) =>
  db.insertInto('course').values({ id: p.id, source_system: p.system, source_id: p.sourceId, patient_id: p.patientId }),
);

const moveCourse = query((db, p: { id: string; patientId: number }) =>
  db.updateTable('course').set({ patient_id: p.patientId }).where('id', '=', p.id),
);

export const courses = (session: Session): Pick<StoreTransaction, 'course' | 'keepCourse' | 'courseIds'> => ({
  course: async (id) => {
    const row = await session.first(courseById, { id });
    if (row === undefined) return undefined;
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
    const patient = await keptPatient(session, { system, value });
    const course = await session.first(patientOfCourse, { id });
    // No upsert: for one SQLite looks through every table that refers to courses (fkey.c, isMultiWrite).
    if (course === undefined) {
      await session.change(addCourse, { id, system: key.system, sourceId: key.id, patientId: patient });
    } else if (course.patient_id !== patient) {
      await session.change(moveCourse, { id, patientId: patient });
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

async function keptPatient(session: Session, patient: { readonly system: string; readonly value: string }) {
  const known = await session.first(patientIdOf, patient);
  return known?.id ?? session.insert(addPatient, patient);
}
