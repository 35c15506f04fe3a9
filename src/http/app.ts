import type { Express } from 'express';
import manifest from '../../package.json' with { type: 'json' };
import { capabilityStatement } from './capability-statement.ts';
import { getBundle, getCourse, getReceipt, listCourses, postCourses, putCourse } from './courses.ts';
import { openApi } from './openapi.ts';
import { postPull } from './pull.ts';
import { readiness } from './readiness.ts';
import { fhirReply, jsonReply } from './reply.ts';
import { mounted, type Mounting, type Route } from './routes.ts';
import type { Wiring } from './wiring.ts';

/** The service over HTTP. */
export function httpApp(wiring: Wiring, mounting: Mounting): Express {
  return mounted(routesOf(wiring), mounting);
}

/** Every address, and what answers there. */
function routesOf(wiring: Wiring): Route[] {
  const { version } = manifest;
  return [
    { path: '/courses', get: listCourses(wiring), post: postCourses(wiring) },
    { path: '/courses/:id', get: getCourse(wiring), put: putCourse(wiring) },
    { path: '/courses/:id/bundle', get: getBundle(wiring) },
    { path: '/courses/:id/receipt', get: getReceipt(wiring) },
    { path: '/pull', post: postPull(wiring) },
    { path: '/fhir/metadata', get: () => fhirReply(200, capabilityStatement(version)) },
    { path: '/livez', get: () => jsonReply(200, { status: 'alive' }) },
    { path: '/readyz', get: readiness(wiring) },
    { path: '/openapi.json', get: () => jsonReply(200, openApi(version)) },
  ];
}
