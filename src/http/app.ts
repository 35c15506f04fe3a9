import type { Express } from 'express';
import manifest from '../../package.json' with { type: 'json' };
import { capabilityStatement } from './capability-statement.ts';
import { getBundle, getCourse, getReceipt, listCourses, postCourses, putCourse } from './courses.ts';
import { openApi } from './openapi.ts';
import { postPull } from './pull.ts';
import { readiness } from './readiness.ts';
import { fhirReply, jsonReply } from './reply.ts';
import { mounted, type Mounting, type Route } from './routes.ts';
import type { Service } from './service.ts';

/** The service over HTTP. */
export function httpApp(service: Service, mounting: Mounting): Express {
  return mounted(routesOf(service), mounting);
}

/** Every address, and what answers there. */
function routesOf(service: Service): Route[] {
  const { version } = manifest;
  return [
    { path: '/courses', get: listCourses(service), post: postCourses(service) },
    { path: '/courses/:id', get: getCourse(service), put: putCourse(service) },
    { path: '/courses/:id/bundle', get: getBundle(service) },
    { path: '/courses/:id/receipt', get: getReceipt(service) },
    { path: '/pull', post: postPull(service) },
    { path: '/fhir/metadata', get: () => fhirReply(200, capabilityStatement(version)) },
    { path: '/livez', get: () => jsonReply(200, { status: 'alive' }) },
    { path: '/readyz', get: readiness(service) },
    { path: '/openapi.json', get: () => jsonReply(200, openApi(version)) },
  ];
}
