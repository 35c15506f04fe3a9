import type { Claim, ClaimedDelivery, StoreTransaction } from '../exchange/store.ts';
import { deliveriesIn, deliveryIn, isReplaced, state, type DeliveryRow } from './delivery-rows.ts';
import { beginAttempt, loseAttempt } from './open-attempts.ts';
import { query, type Session } from './query.ts';

/** What is due, but for patients and courses of which something is in flight. */
const dueNow = query((db, p: { target: string; now: number; limit: number }) =>
  deliveriesIn(db)
    .where('target', '=', p.target)
    .where('state', '=', state('waiting'))
    .where('due_at', '<=', p.now)
    .where((eb) => {
      const inFlight = eb
        .selectFrom('delivery as other')
        .select('other.seq')
        .whereRef('other.target', '=', 'delivery.target')
        .where('other.state', '=', state('in-flight'));
      return eb.and([
        eb.not(eb.exists(inFlight.whereRef('other.patient_id', '=', 'delivery.patient_id'))),
        // A course that has just moved to another patient is still one course.
        eb.not(eb.exists(inFlight.whereRef('other.course_id', '=', 'delivery.course_id'))),
      ]);
    })
    .orderBy('due_at')
    .orderBy('created_at')
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

const lapsed = query((db, p: { target: string; now: number }) =>
  deliveriesIn(db).where('target', '=', p.target).where('state', '=', state('in-flight')).where('due_at', '<=', p.now),
);

const waitAgain = query((db, p: { seq: number }) =>
  db.updateTable('delivery').set({ state: 'waiting', lease: null }).where('seq', '=', p.seq),
);

const supersede = query((db, p: { seq: number; at: number }) =>
  db
    .updateTable('delivery')
    .set({ state: 'superseded', notification: 'pending', ended_at: p.at, lease: null })
    .where('seq', '=', p.seq),
);

type Told = Pick<StoreTransaction, 'version' | 'receipt'>;

export const claiming = (session: Session, told: Told): Pick<StoreTransaction, 'claim'> => ({
  claim: async (claim) => {
    await endLapsedLeases(session, claim);
    const claimed: ClaimedDelivery[] = [];
    while (claimed.length < claim.limit) {
      const due = await session.all(dueNow, {
        target: claim.target,
        now: claim.now,
        limit: claim.limit - claimed.length,
      });
      if (due.length === 0) break;
      // What is taken here may stand in the way of what is due behind it, so the rest is asked for again.
      for (const row of firstOfEach(due)) claimed.push(await taken(session, row, claim, told));
    }
    return claimed;
  },
});

/** Whoever held them finds out at the next question: two of one patient would be in flight otherwise. */
async function endLapsedLeases(session: Session, { target, now }: Claim): Promise<void> {
  for (const row of await session.all(lapsed, { target, now })) {
    const { seq } = row;
    await ((await isReplaced(session, row))
      ? session.change(supersede, { seq, at: now })
      : session.change(waitAgain, { seq }));
    await loseAttempt(session, row);
  }
}

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

async function taken(session: Session, row: DeliveryRow, claim: Claim, told: Told): Promise<ClaimedDelivery> {
  const lease = claim.lease();
  await session.change(take, { seq: row.seq, lease, until: claim.leaseUntil });
  const open = await beginAttempt(session, row, { lease, at: claim.now });
  const version = await told.version(row.version_seq);
  if (version === undefined) throw new Error('a delivery has no version');
  const receipt = await told.receipt(row.target, row.course_id);
  return {
    ...deliveryIn({ ...row, state: 'in-flight', due_at: claim.leaseUntil, attempts: row.attempts + 1 }),
    lease,
    version,
    ...(receipt !== undefined && { receipt }),
    ...(open !== undefined && { openSince: open }),
  };
}
