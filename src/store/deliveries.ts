import { sql } from 'kysely';
import type { DeliveryFilter, DeliveryMode, DeliveryState, Page, StoreTransaction } from '../exchange/store.ts';
import { deliveriesIn, deliveryIn, replaceable, state, type DeliveryRow } from './delivery-rows.ts';
import { query, type Session, type Told } from './query.ts';

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

/** One for each state: each has an index of its own. */
const clampDue = [state('waiting'), state('in-flight')].map((name) =>
  query((db, p: { target: string; latest: number }) =>
    db
      .updateTable('delivery')
      .set({ due_at: p.latest })
      .where('target', '=', p.target)
      .where('state', '=', name)
      .where('due_at', '>', p.latest),
  ),
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
    const { newCourses } = session.memory;
    if (!newCourses.delete(courseId)) await session.change(supersedeOlder, { courseId, target, at: createdAt });
    await session.change(insertDelivery, { id, courseId, versionSeq, target, mode, dueAt, createdAt });
  },
  delivery: async (id) => {
    const row = await session.first(deliveryById, { id });
    return row === undefined ? undefined : deliveryIn(row);
  },
  deliveries: async (filter, page) => (await listed(session, filter, page)).map(deliveryIn),
  restart: async (id, { dueAt, mode }) => (await session.change(restart, { id, dueAt, mode })) === 1,
  clampDue: async (target, latest) => {
    for (const each of clampDue) await session.change(each, { target, latest });
  },
  noteTold: async (ids) => {
    for (const id of ids) await session.change(noteTold, { id });
  },
});

async function listed(session: Session, filter: DeliveryFilter, page: Page): Promise<DeliveryRow[]> {
  const { state: states } = filter;
  if (states === undefined) return inState(session, undefined, filter, page);
  // State by state: an index has those of one in their order, and of several it would be all that are sorted.
  const lists: DeliveryRow[] = [];
  for (const name of new Set([states].flat())) lists.push(...(await inState(session, name, filter, page)));
  return lists.toSorted((a, b) => a.seq - b.seq).slice(0, page.limit);
}

const inState = (
  session: Session,
  name: DeliveryState | undefined,
  { courseId, target }: DeliveryFilter,
  { limit, after }: Page,
): Told<DeliveryRow[]> =>
  session.list((db) => {
    let found = deliveriesIn(db);
    if (name !== undefined) found = found.where('state', '=', state(name));
    // SQLite does not see by itself that the index of all others has it.
    if (name !== undefined && name !== 'waiting') found = found.where('state', '<>', state('waiting'));
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
    // What waits has no index in this order. It is sorted: those that wait are few beside those that have arrived.
    const inOrder = name === 'waiting' ? found.orderBy(sql`+seq`) : found.orderBy('seq');
    return inOrder.limit(limit);
  });
