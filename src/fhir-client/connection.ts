import http from 'node:http';
import https from 'node:https';

/**
 * Node's own http behind axios, for the one thing that axios does not say: whether a request that failed had found its
 * server. Until it is connected nothing was sent, and nothing can have been done.
 */
export interface Connection {
  readonly transport: { request(options: https.RequestOptions, onResponse: OnResponse): http.ClientRequest };
  readonly connected: () => boolean;
  /** Whether it had served an earlier request, so that the server may have been about to close it. */
  readonly reused: () => boolean;
}

type OnResponse = (response: http.IncomingMessage) => void;

/** The connection of one request, given up when it does not stand after `timeoutMs`. */
export function openConnection(timeoutMs: number): Connection {
  let connected = false;
  let reused = false;
  const watch = (request: http.ClientRequest, ready: 'connect' | 'secureConnect'): void => {
    request.once('socket', (socket) => {
      if (!socket.connecting) {
        connected = true;
        reused = request.reusedSocket;
        return;
      }
      const timer = setTimeout(() => request.destroy(new Error('not connected in time')), timeoutMs);
      socket.once(ready, () => {
        connected = true;
        clearTimeout(timer);
      });
      socket.once('close', () => clearTimeout(timer));
    });
  };
  return {
    connected: () => connected,
    reused: () => reused,
    transport: {
      request(options, onResponse) {
        const secure = options.protocol === 'https:';
        const request = secure ? https.request(options, onResponse) : http.request(options, onResponse);
        watch(request, secure ? 'secureConnect' : 'connect');
        return request;
      },
    },
  };
}
