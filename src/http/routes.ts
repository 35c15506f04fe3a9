import { isIP } from 'node:net';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { issueReply, type Reply } from './reply.ts';

/** Answers one method of one address. */
export type Handler = (request: Request) => Reply | Promise<Reply>;

export interface Route {
  readonly path: string;
  readonly get?: Handler;
  readonly post?: Handler;
  readonly put?: Handler;
}

export interface Mounting {
  /** Whether only this machine may reach us: then a Host that is not this machine comes from a page elsewhere. */
  readonly loopbackOnly: boolean;
  /** Told of a fault of our own, by an id that the answer carries too. Nothing of the request is in either. */
  readonly reportFault: (faultId: string, error: unknown) => void;
  readonly newFaultId: () => string;
}

/** The routes as an Express application: what is no route is 404, another method 405, a fault of our own 500. */
export function mounted(routes: readonly Route[], { loopbackOnly, reportFault, newFaultId }: Mounting): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(guard(loopbackOnly));
  for (const route of routes) {
    const at = app.route(route.path);
    const allow = { Allow: allowed(route).join(', ') };
    for (const method of ['get', 'post', 'put'] as const) {
      const handler = route[method];
      if (handler === undefined) continue;
      at[method]((request, response, next) => {
        void answer(handler, request, response, next);
      });
    }
    at.options((_request, response) => send(response, { status: 204, headers: allow }));
    at.all((_request, response) => send(response, { ...issueReply('method-not-allowed'), headers: allow }));
  }
  app.use((_request, response) => send(response, issueReply('no-such-route')));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) return void response.destroy();
    // An address that cannot be decoded.
    if (error instanceof URIError) return send(response, issueReply('bad-request'));
    const faultId = newFaultId();
    reportFault(faultId, error);
    send(response, issueReply('internal-error', { 'fault id': faultId }));
  });
  return app;
}

/**
 * What comes before every answer: no cache in between keeps patient data, no browser guesses what it is, and where only
 * this machine may reach us, nobody else does.
 */
export function guard(loopbackOnly: boolean): RequestHandler {
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // A page of any origin can name its own host and let it point here (DNS rebinding).
    if (loopbackOnly && !isLoopback(hostOf(request))) send(response, issueReply('bad-request'));
    else next();
  };
}

/** Without a Host header, which HTTP/1.0 allows, nobody was named. */
function hostOf(request: Request): string {
  return request.headers.host === undefined ? '' : request.hostname;
}

/** Whether a host name or address reaches this machine alone. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost';
}

async function answer(handler: Handler, request: Request, response: Response, next: NextFunction): Promise<void> {
  try {
    send(response, await handler(request));
  } catch (error) {
    // Nobody is there any more to be answered.
    if (!request.readableAborted) next(error);
  }
}

function allowed(route: Route): string[] {
  const { get, post, put } = route;
  return ['OPTIONS', ...(get ? ['GET', 'HEAD'] : []), ...(post ? ['POST'] : []), ...(put ? ['PUT'] : [])];
}

function send(response: Response, { status, type, body, headers = {} }: Reply): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body === undefined) return void response.end();
  response.setHeader('Content-Type', type ?? 'application/json');
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
