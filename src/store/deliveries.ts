import type { DeliveryFilter, DeliveryMode, Page, StoreTransaction } from '../exchange/store.ts';
import { deliveriesIn, deliveryIn, replaceable, state } from './delivery-rows.ts';
import { query, type Session } from './query.ts';

const supersedeOlder = query((db, p: { courseId: string; target: string; at: number }) =>
  db
    .updateTable('delivery')
    .set({ state: 'superseded', notification: 'pending', ended_at: p.at })
    .where('course_id', '=', p.courseId)
    .where('target', '=', p.target)
    .where('state', 'in', replaceable),
);

const insertDelivery = query(
  (
    db,
    p: {
      id: string;
      courseId: string;
      versionSeq: number;
      target: string;
      mode: DeliveryMode;
      dueAt: number;
      createdAt: number;
    },
  ) =>
    db.insertInto('delivery').values((eb) => ({
      id: p.id,
      course_id: p.courseId,
      version_seq: p.versionSeq,
      target: p.target,
      patient_id: eb.selectFrom('course').select('course.patient_id').where('course.id', '=', p.courseId),
      mode: p.mode,
      state: 'waiting',
      notification: 'none',
      attempts: 0,
      begun: 0,
      due_at: p.dueAt,
      created_at: p.createdAt,
      issues: '[]',
    })),
);

const deliveryById = query((db, p: { id: string }) => deliveriesIn(db).where('id', '=', p.id));

/** The newest of a course and target alone: an older one would write what a newer has replaced. */
const restart = query((db, p: { id: string; dueAt: number; mode: DeliveryMode }) =>
  db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      mode: p.mode,
      due_at: p.dueAt,
      attempts: 0,
      notification: 'none',
      ended_at: null,
      issues: '[]',
    })
    .where('id', '=', p.id)
    .where('state', '<>', 'in-flight')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery as newer')
            .select('newer.seq')
            .whereRef('newer.course_id', '=', 'delivery.course_id')
            .whereRef('newer.target', '=', 'delivery.target')
            .whereRef('newer.seq', '>', 'delivery.seq'),
        ),
      ),
    ),
);

const clampDue = query((db, p: { target: string; latest: number }) =>
  db
    .updateTable('delivery')
    .set({ due_at: p.latest })
    .where('target', '=', p.target)
    .where('state', 'in', [state('waiting'), state('in-flight')])
    .where('due_at', '>', p.latest),
);

const noteTold = query((db, p: { id: string }) =>
  db.updateTable('delivery').set({ notification: 'told' }).where('id', '=', p.id).where('notification', '=', 'pending'),
);

type Deliveries = Pick<
  StoreTransaction,
  'addDelivery' | 'delivery' | 'deliveries' | 'restart' | 'clampDue' | 'noteTold'
>;

export const deliveries = (session: Session): Deliveries => ({
  addDelivery: async ({ id, courseId, versionSeq, target, mode, dueAt, createdAt }) => {
    await session.change(supersedeOlder, { courseId, target, at: createdAt });
    await session.change(insertDelivery, { id, courseId, versionSeq, target, mode, dueAt, createdAt });
  },
  delivery: async (id) => {
    const row = await session.first(deliveryById, { id });
    return row === undefined ? undefined : deliveryIn(row);
  },
  deliveries: async (filter, page) => (await listed(session, filter, page)).map(deliveryIn),
  restart: async (id, { dueAt, mode }) => (await session.change(restart, { id, dueAt, mode })) === 1,
  clampDue: async (target, latest) => {
    await session.change(clampDue, { target, latest });
  },
  noteTold: async (ids) => {
    for (const id of ids) await session.change(noteTold, { id });
  },
});

const listed = (session: Session, { state: states, courseId, target }: DeliveryFilter, { limit, after }: Page) =>
  session.list((db) => {
    let found = deliveriesIn(db);
    if (states !== undefined) found = found.where('state', 'in', [states].flat());
    if (courseId !== undefined) found = found.where('course_id', '=', courseId);
    if (target !== undefined) found = found.where('target', '=', target);
    if (typeof after === 'number') found = found.where('seq', '>', after);
    if (typeof after === 'string') {
      found = found.where('seq', '>', (eb) =>
        eb
          .selectFrom('delivery as last')
          .select((row) => row.ref('last.seq').$castTo<number>().as('seq'))
          .where('last.id', '=', after),
      );
    }
    return found.orderBy('seq').limit(limit);
  });
