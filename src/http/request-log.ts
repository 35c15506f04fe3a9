import type { RequestHandler, Response } from 'express';

/** One answered request, as a log may hold it: nothing of it is as received. */
export interface RequestEntry {
  readonly id: string;
  readonly method: string;
  /** The template of the route, e.g. `/courses/{id}`; `none` where there is none. */
  readonly route: string;
  /** 499 where the other side left before it was answered. */
  readonly status: number;
  readonly ms: number;
}

const leftUnanswered = 499;

/** Gives every request an id, which its answer carries, and tells the log when it is over. */
export function logged(newRequestId: () => string, log: (entry: RequestEntry) => void): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const requestId = newRequestId();
    setLocals(response, { requestId, route: 'none' });
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const status = response.headersSent ? response.statusCode : leftUnanswered;
      const ms = Math.round(performance.now() - begun);
      log({ id: requestId, method: request.method, route: localsOf(response).route, status, ms });
    });
    next();
  };
}

/** What is known of a request beside what it says. */
interface Locals {
  readonly requestId: string;
  readonly route: string;
}

export const localsOf = (response: Response): Locals => response.locals as Locals;

export function setLocals(response: Response, locals: Partial<Locals>): void {
  Object.assign(response.locals, locals);
}

/** A route as it is written in OpenAPI. */
export const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}');
