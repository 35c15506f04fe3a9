import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Listening =
  { readonly ok: true; readonly http: Server; readonly port: number } | { readonly ok: false; readonly reason: string };

// A stream of courses takes as long as it takes; the routes themselves give up a body of which nothing more comes.
const patience = { requestTimeout: 0, headersTimeout: 60_000 };

/** Starts to listen; a port that cannot be had is a value. Port 0 is any that is free. */
export async function listening(app: RequestListener, host: string, port: number): Promise<Listening> {
  const http = createServer(patience, app);
  http.listen(port, host);
  try {
    await once(http, 'listening');
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    return { ok: false, reason: code === 'EADDRINUSE' ? 'the port is taken' : `the system says ${String(code)}` };
  }
  return { ok: true, http, port: (http.address() as AddressInfo).port };
}

const patienceMs = 10_000;

/** Waits for a signal, says so, then lets what was begun end, though not for ever. */
export async function untilStopped(http: Server, stopping: () => void = () => undefined): Promise<void> {
  const stop = new AbortController();
  await Promise.race(['SIGTERM', 'SIGINT'].map((signal) => once(process, signal, { signal: stop.signal })));
  stop.abort();
  stopping();
  const closed = once(http, 'close');
  http.close();
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(timer);
}
