import type { Claim, ClaimedDelivery, StoreTransaction } from '../exchange/store.ts';
import { deliveriesIn, deliveryIn, state, type DeliveryRow } from './delivery-rows.ts';
import { query, type Session } from './query.ts';

/** What is due, but for patients and courses of which something is in flight under a lease that holds. */
const dueNow = query((db, p: { target: string; now: number; limit: number }) =>
  deliveriesIn(db)
    .where('target', '=', p.target)
    .where('state', 'in', [state('waiting'), state('in-flight')])
    .where('due_at', '<=', p.now)
    .where((eb) => {
      const inFlight = eb
        .selectFrom('delivery as other')
        .select('other.seq')
        .whereRef('other.target', '=', 'delivery.target')
        .where('other.state', '=', state('in-flight'))
        .where('other.due_at', '>', p.now);
      return eb.and([
        eb.not(eb.exists(inFlight.whereRef('other.patient_id', '=', 'delivery.patient_id'))),
        // A course that has just moved to another patient is still one course.
        eb.not(eb.exists(inFlight.whereRef('other.course_id', '=', 'delivery.course_id'))),
      ]);
    })
    .orderBy('due_at')
    .orderBy('seq')
    .limit(p.limit),
);

const take = query((db, p: { seq: number; lease: string; until: number }) =>
  db
    .updateTable('delivery')
    .set((eb) => ({
      state: 'in-flight',
      lease: p.lease,
      due_at: p.until,
      attempts: eb('attempts', '+', 1),
      begun: 1,
    }))
    .where('seq', '=', p.seq),
);

const newerThan = query((db, p: { courseId: string; target: string; seq: number }) =>
  db
    .selectFrom('delivery')
    .select('seq')
    .where('course_id', '=', p.courseId)
    .where('target', '=', p.target)
    .where('seq', '>', p.seq)
    .limit(1),
);

const supersedeLapsed = query((db, p: { seq: number; at: number }) =>
  db
    .updateTable('delivery')
    .set({ state: 'superseded', notification: 'pending', ended_at: p.at, lease: null })
    .where('seq', '=', p.seq),
);

const openSince = query((db, p: { target: string; courseId: string }) =>
  db.selectFrom('open_attempt').select('since').where('target', '=', p.target).where('course_id', '=', p.courseId),
);

const markOpen = query((db, p: { target: string; courseId: string; since: number }) =>
  db.insertInto('open_attempt').values({ target: p.target, course_id: p.courseId, since: p.since }),
);

/** Whether a newer delivery of the same course and target stands behind this one. */
export async function isReplaced(session: Session, row: DeliveryRow): Promise<boolean> {
  const { course_id: courseId, target, seq } = row;
  return (await session.first(newerThan, { courseId, target, seq })) !== undefined;
}

export const claiming = (
  session: Session,
  tell: Pick<StoreTransaction, 'version' | 'receipt'>,
): Pick<StoreTransaction, 'claim'> => ({
  claim: async (claim) => {
    const claimed: ClaimedDelivery[] = [];
    while (claimed.length < claim.limit) {
      const due = await session.all(dueNow, {
        target: claim.target,
        now: claim.now,
        limit: claim.limit - claimed.length,
      });
      // What is taken here may stand in the way of what comes behind it, so the rest is asked for again.
      for (const row of firstOfEach(due)) {
        const taken = await takenOf(session, row, claim, tell);
        if (taken !== undefined) claimed.push(taken);
      }
      if (due.length === 0) break;
    }
    return claimed;
  },
});

/** The first of each patient and of each course. */
function firstOfEach(rows: readonly DeliveryRow[]): DeliveryRow[] {
  const patients = new Set<number>();
  const courses = new Set<string>();
  return rows.filter(({ patient_id: patient, course_id: course }) => {
    if (patients.has(patient) || courses.has(course)) return false;
    patients.add(patient);
    courses.add(course);
    return true;
  });
}

/** Takes one delivery; undefined where its lease was lost and a newer one of the course says it all. */
async function takenOf(
  session: Session,
  row: DeliveryRow,
  { now, leaseUntil, lease: newLease }: Claim,
  tell: Pick<StoreTransaction, 'version' | 'receipt'>,
): Promise<ClaimedDelivery | undefined> {
  const { seq, target, course_id: courseId } = row;
  if (row.state === 'in-flight' && (await isReplaced(session, row))) {
    await session.change(supersedeLapsed, { seq, at: now });
    return undefined;
  }
  const lease = newLease();
  await session.change(take, { seq, lease, until: leaseUntil });
  const open = await session.first(openSince, { target, courseId });
  if (open === undefined) await session.change(markOpen, { target, courseId, since: now });
  const version = await tell.version(row.version_seq);
  if (version === undefined) throw new Error('a delivery has no version');
  const receipt = await tell.receipt(target, courseId);
  return {
    ...deliveryIn({ ...row, state: 'in-flight', due_at: leaseUntil, attempts: row.attempts + 1 }),
    lease,
    version,
    ...(receipt !== undefined && { receipt }),
    ...(open !== undefined && { openSince: open.since }),
  };
}
