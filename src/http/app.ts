import type { Express } from 'express';
import manifest from '../../package.json' with { type: 'json' };
import { StoreAway, StoreFull } from '../exchange/store.ts';
import { conformanceRoutes } from './conformance.ts';
import { getBundle, getCourse, listCourses } from './courses.ts';
import { postReject, postRelease, postWithdraw } from './decisions.ts';
import { getAudit, getDelivery, listDeliveries, postReplay, postReplays } from './deliveries.ts';
import { refusalReply } from './door.ts';
import { openApi } from './openapi.ts';
import { postPull } from './pull.ts';
import { metrics, readiness } from './readiness.ts';
import { getHistory, getReceipt } from './receipt.ts';
import { jsonReply } from './reply.ts';
import { mounted, type Handler, type Mounting, type Route } from './routes.ts';
import { serviceOf, type Service } from './service.ts';
import { patchCourse, postCourses, putCourse } from './submissions.ts';
import { postValidate } from './validate.ts';
import type { Wiring } from './wiring.ts';

/** The service over HTTP. */
export function httpApp(wiring: Wiring, mounting: Mounting): Express {
  return mounted(routesOf(serviceOf(wiring)), {
    ...mounting,
    log: (entry) => {
      wiring.metrics.request(entry.route, entry.status, entry.ms / 1000);
      mounting.log?.(entry);
    },
  });
}

/** Every address, and what answers there. */
function routesOf(service: Service): Route[] {
  const { version } = manifest;
  return [
    { path: '/courses', get: listCourses(service), post: written(postCourses(service)) },
    {
      path: '/courses/:id',
      get: getCourse(service),
      put: written(putCourse(service)),
      patch: written(patchCourse(service)),
    },
    { path: '/courses/:id/bundle', get: getBundle(service) },
    { path: '/courses/:id/receipt', get: getReceipt(service) },
    { path: '/courses/:id/history', get: getHistory(service) },
    { path: '/courses/:id/withdraw', post: written(postWithdraw(service)) },
    { path: '/submissions/:id/release', post: written(postRelease(service)) },
    { path: '/submissions/:id/reject', post: written(postReject(service)) },
    { path: '/deliveries', get: listDeliveries(service) },
    { path: '/deliveries/replay', post: written(postReplays(service)) },
    { path: '/deliveries/:id', get: getDelivery(service) },
    { path: '/deliveries/:id/replay', post: written(postReplay(service)) },
    { path: '/audit', get: getAudit(service) },
    { path: '/pull', post: postPull(service) },
    { path: '/fhir/:type/$validate', post: postValidate(service) },
    ...conformanceRoutes(service.definitions, service.now),
    { path: '/livez', get: () => jsonReply(200, { status: 'alive' }) },
    { path: '/readyz', get: readiness(service) },
    { path: '/metrics', get: metrics(service) },
    { path: '/openapi.json', get: () => jsonReply(200, openApi(version)) },
  ];
}

/** Writing may find that there is no room, or that another process keeps the store to itself: nothing of it was kept. */
function written(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof StoreFull) return refusalReply('store-full');
      if (error instanceof StoreAway) return refusalReply('store-unavailable');
      throw error;
    }
  };
}
