import type { Request } from 'express';
import { failedStates, replayDeliveries, type Replayed } from '../exchange/operations.ts';
import type { DeliveryFilter, DeliveryState, Page } from '../exchange/store.ts';
import { askedFor } from './json-body.ts';
import { nextOf, pageIn, valuesIn } from './paging.ts';
import { issueReply, jsonReply, type Reply } from './reply.ts';
import type { Handler } from './routes.ts';
import type { Service } from './service.ts';
import { courseId, deliveryState, replayOptions, replayRequest } from './wire.ts';
import { auditJson, deliveryJson, keptSubmissionJson } from './wire-json.ts';

/** GET /deliveries: the oldest first, by state and course; `state=held` lists the submissions that wait for a person. */
export function listDeliveries(service: Service): Handler {
  return async (request) => {
    const states = valuesIn(request, 'state');
    const [course, ...others] = valuesIn(request, 'course');
    const page = pageIn(request, 'named');
    if (page === undefined || others.length > 0 || !isCourseId(course)) return issueReply('bad-request');
    const filters = { state: states, course: course === undefined ? [] : [course.toLowerCase()] };
    const ofCourse = course?.toLowerCase();
    if (states.includes('held')) {
      // Submissions have pages of their own.
      if (states.length > 1) return { ...issueReply('bad-request'), status: 422 };
      return heldReply(ofCourse, page, filters, service);
    }
    const wanted = statesNamed(states);
    if (wanted === undefined) return issueReply('bad-request');
    const filter: DeliveryFilter = {
      ...(wanted.length > 0 && { state: wanted }),
      ...(ofCourse !== undefined && { courseId: ofCourse }),
    };
    const found = await service.store.transaction((tx) => tx.deliveries(filter, page));
    const next = nextOf('/deliveries', page, found, found.at(-1)?.id, filters);
    return jsonReply(200, { deliveries: found.map(deliveryJson), submissions: [], ...next });
  };
}

/** GET /deliveries/{id}. */
export function getDelivery({ store }: Service): Handler {
  return async (request) => {
    const found = await store.transaction((tx) => tx.delivery(deliveryIn(request)));
    return found === undefined ? issueReply('delivery-unknown') : jsonReply(200, deliveryJson(found));
  };
}

/** POST /deliveries/{id}/replay: sends the course of this delivery again, as it is now. */
export function postReplay(service: Service): Handler {
  return async (request) => {
    const asked = await askedFor(request, service, replayOptions, {});
    if (!asked.ok) return asked.reply;
    const which = { ids: [deliveryIn(request)] };
    const replayed = await replayDeliveries(which, asked.value.mode ?? 'changes', service.world);
    return replayed.unknown.length > 0 ? issueReply('delivery-unknown') : replayedReply(replayed, service);
  };
}

/** POST /deliveries/replay: sends everything in a state again. */
export function postReplays(service: Service): Handler {
  return async (request) => {
    const asked = await askedFor(request, service, replayRequest);
    if (!asked.ok) return asked.reply;
    const { state, mode = 'changes' } = asked.value;
    const states = state === 'failed' ? failedStates : [state];
    return replayedReply(await replayDeliveries({ states }, mode, service.world), service);
  };
}

/** GET /audit: who did what, when, by our ids. */
export function getAudit({ store }: Service): Handler {
  return async (request) => {
    const page = pageIn(request, 'numbered');
    if (page === undefined) return issueReply('bad-request');
    const found = await store.transaction((tx) => tx.auditTrail(page));
    return jsonReply(200, { entries: found.map(auditJson), ...nextOf('/audit', page, found, found.at(-1)?.seq) });
  };
}

const isCourseId = (text: string | undefined): boolean => text === undefined || courseId.safeParse(text).success;

const deliveryIn = ({ params }: Request): string => String(params['id']).toLowerCase();

/** The states of a query; none is all. Undefined where one is no state. */
function statesNamed(names: readonly string[]): readonly DeliveryState[] | undefined {
  const states = new Set<DeliveryState>();
  for (const name of names) {
    const { success, data } = deliveryState.safeParse(name);
    if (success) states.add(data);
    else if (name === 'failed') for (const state of failedStates) states.add(state);
    else return undefined;
  }
  return [...states];
}

async function heldReply(
  ofCourse: string | undefined,
  page: Page,
  filters: Readonly<Record<string, readonly string[]>>,
  { store }: Service,
): Promise<Reply> {
  const found = await store.transaction(async (tx) => {
    if (ofCourse === undefined) return tx.heldSubmissions(page);
    // Of one course they are few: one page has them all.
    return page.after === undefined ? (await tx.submissionsOf(ofCourse)).filter(({ state }) => state === 'held') : [];
  });
  const next = ofCourse === undefined ? nextOf('/deliveries', page, found, found.at(-1)?.id, filters) : {};
  return jsonReply(200, { deliveries: [], submissions: found.map(keptSubmissionJson), ...next });
}

const namedAtMost = 1000;

function replayedReply({ replayed }: Replayed, { wake }: Service): Reply {
  if (replayed.length > 0) wake();
  return jsonReply(202, { replayed: replayed.length, deliveries: replayed.slice(0, namedAtMost) });
}
