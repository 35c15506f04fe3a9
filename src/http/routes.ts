import { isIP } from 'node:net';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { issueReply, type Reply } from './reply.ts';
import { localsOf, logged, setLocals, templateOf, type RequestEntry } from './request-log.ts';
import { sendReply } from './send-reply.ts';

/** Answers one method of one address. */
export type Handler = (request: Request) => Reply | Promise<Reply>;

const methods = ['get', 'post', 'put', 'patch'] as const;

export interface Route extends Readonly<Partial<Record<(typeof methods)[number], Handler>>> {
  readonly path: string;
}

export interface Mounting {
  /** Whether only this machine may reach us: then a Host that is not this machine comes from a page elsewhere. */
  readonly loopbackOnly: boolean;
  /** Told of a fault of our own, by the id of the request, which the answer carries too. */
  readonly reportFault: (requestId: string, error: unknown) => void;
  readonly newRequestId: () => string;
  /** Told of every request when it is over. */
  readonly log?: (entry: RequestEntry) => void;
}

/** The routes as an Express application: what is no route is 404, another method 405, a fault of our own 500. */
export function mounted(routes: readonly Route[], mounting: Mounting): Express {
  const { loopbackOnly, reportFault, newRequestId, log = () => undefined } = mounting;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(logged(newRequestId, log));
  app.use(guard(loopbackOnly));
  for (const route of routes) {
    const at = app.route(route.path);
    const template = templateOf(route.path);
    at.all((_request, response, next) => {
      setLocals(response, { route: template });
      next();
    });
    const allow = { Allow: allowed(route).join(', ') };
    for (const method of methods) {
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
    // An address that cannot be decoded.
    if (error instanceof URIError) return send(response, issueReply('bad-request'));
    const { requestId } = localsOf(response);
    reportFault(requestId, error);
    if (response.headersSent) return void response.destroy();
    send(response, issueReply('internal-error', { 'fault id': requestId }));
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
    await sendReply(response, await handler(request));
  } catch (error) {
    // Nobody is there any more to be answered.
    if (!request.readableAborted) next(error);
  }
}

function allowed(route: Route): string[] {
  const named = methods.filter((method) => route[method] !== undefined).map((method) => method.toUpperCase());
  return ['OPTIONS', ...named.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))];
}

const send = (response: Response, reply: Reply): void => void sendReply(response, reply);
