import { StoreFull, type Delivery, type Store, type StoreTransaction } from '../exchange/store.ts';
import { issueReply, jsonReply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { idIn } from './submissions.ts';
import { deliveryJson, holdsJson, instant, keptSubmissionJson } from './wire-json.ts';

/** GET /courses/{id}/receipt: what became of the course on each target. Whoever asks has been told. */
export function getReceipt({ store }: Service): Handler {
  return async (request) => {
    const found = await store.transaction((tx) => receiptOf(tx, idIn(request)));
    if (found === undefined) return issueReply('course-unknown');
    if (found.untold.length > 0) await noteTold(found.untold, store);
    return jsonReply(200, found.receipt);
  };
}

/** GET /courses/{id}/history: what was submitted and what came of it, without its content. */
export function getHistory({ store }: Service): Handler {
  return async (request) => {
    const history = await store.transaction((tx) => historyOf(tx, idIn(request)));
    return history === undefined ? issueReply('course-unknown') : jsonReply(200, history);
  };
}

/** A store without room can still be read: then nobody was told. */
async function noteTold(deliveries: readonly string[], store: Store): Promise<void> {
  try {
    await store.transaction((tx) => tx.noteTold(deliveries));
  } catch (error) {
    if (!(error instanceof StoreFull)) throw error;
  }
}

async function receiptOf(
  tx: StoreTransaction,
  id: string,
): Promise<{ readonly receipt: object; readonly untold: readonly string[] } | undefined> {
  const course = await tx.course(id);
  if (course === undefined) return undefined;
  const deliveries = await deliveriesOf(tx, id);
  const untold = deliveries.filter(({ notification }) => notification === 'pending').map((delivery) => delivery.id);
  const last = new Map(deliveries.map((delivery) => [delivery.target, delivery]));
  const targets = [];
  for (const [target, delivery] of last) {
    const held = await tx.receipt(target, id);
    targets.push({
      target,
      delivery: deliveryJson(delivery),
      ...(held !== undefined && { holds: holdsJson(held) }),
    });
  }
  const version = course.version?.seq;
  return { receipt: { id, ...(version !== undefined && { version }), targets }, untold };
}

async function historyOf(tx: StoreTransaction, id: string): Promise<object | undefined> {
  const course = await tx.course(id);
  if (course === undefined) return undefined;
  const { version } = course;
  const submissions = await tx.submissionsOf(id);
  const broughtAbout = submissions.find(({ seq }) => seq === version?.submissionSeq);
  return {
    id,
    ...(version !== undefined && {
      version: {
        version: version.seq,
        ...(broughtAbout !== undefined && { submission: broughtAbout.id }),
        at: instant(version.at),
      },
    }),
    submissions: submissions.map(keptSubmissionJson),
    deliveries: (await deliveriesOf(tx, id)).map(deliveryJson),
  };
}

const atOnce = 1000;

/** All deliveries of a course, the oldest first. */
async function deliveriesOf(tx: StoreTransaction, courseId: string): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for (let after: string | undefined; ; after = found.at(-1)?.id) {
    const page = await tx.deliveries({ courseId }, { limit: atOnce, ...(after !== undefined && { after }) });
    found.push(...page);
    if (page.length < atOnce) return found;
  }
}
