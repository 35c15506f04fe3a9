import type { TreatmentCourse } from '../course/schema.ts';
import { courseIn } from './ground.ts';
import type { Delivery, DeliveryState, KeptReceipt, Store, StoreTransaction } from './store.ts';

/** What the store says of a course and a target. */
export interface CourseStanding {
  readonly courseId: string;
  /** What the target was last told, and the version that this was; undefined where nothing was delivered yet. */
  readonly told?: { readonly receipt: KeptReceipt; readonly course: TreatmentCourse };
  /**
   * What becomes of the newest version there: `delivered` or `in-part`, what it waits for, `none` where it was never
   * addressed to this target or the course has no version yet.
   */
  readonly newest: DeliveryState | 'none';
  /** The newest delivery there: what a replay starts again. */
  readonly delivery?: string;
  /** Whether something is being written just now, or was tried: then the target may hold more than it was told. */
  readonly moving: boolean;
}

const page = 50;

/** The ids of all courses of the store, a page after the other. */
export async function* courseIdPages(store: Store): AsyncGenerator<readonly string[]> {
  for (let after: string | undefined; ;) {
    const from = after === undefined ? { limit: page } : { limit: page, after };
    const ids = await store.transaction((tx) => tx.courseIds(from));
    if (ids.length > 0) yield ids;
    after = ids.at(-1);
    if (after === undefined || ids.length < page) return;
  }
}

/** How courses stand with a target; an id that is no course of ours is left out. */
export function standingsOf(store: Store, target: string, ids: readonly string[]): Promise<readonly CourseStanding[]> {
  return store.transaction(async (tx) => {
    const standings: CourseStanding[] = [];
    for (const id of ids) {
      const standing = await standingOf(tx, target, id);
      if (standing !== undefined) standings.push(standing);
    }
    return standings;
  });
}

async function standingOf(tx: StoreTransaction, target: string, courseId: string): Promise<CourseStanding | undefined> {
  const course = await tx.course(courseId);
  if (course === undefined) return undefined;
  const receipt = await tx.receipt(target, courseId);
  const version = receipt === undefined ? undefined : await tx.version(receipt.versionSeq);
  const told =
    receipt === undefined || version === undefined ? {} : { told: { receipt, course: courseIn(version.text) } };
  const newest = await newestDelivery(tx, target, courseId, course.version?.seq);
  const state = newest?.state ?? 'none';
  const moving = state === 'in-flight' || (state === 'waiting' && (newest?.attempts ?? 0) > 0);
  return { courseId, ...told, newest: state, ...(newest !== undefined && { delivery: newest.id }), moving };
}

/** The newest delivery of a version to a target, whether it has ended or not. */
export async function newestDelivery(
  tx: StoreTransaction,
  target: string,
  courseId: string,
  versionSeq: number | undefined,
): Promise<Delivery | undefined> {
  let newest: Delivery | undefined;
  for (let after: string | undefined; ;) {
    const from = after === undefined ? { limit: page } : { limit: page, after };
    const some = await tx.deliveries({ courseId, target }, from);
    newest = some.findLast((one) => one.versionSeq === versionSeq) ?? newest;
    after = some.at(-1)?.id;
    if (after === undefined || some.length < page) return newest;
  }
}
