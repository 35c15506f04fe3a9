import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request whose bytes a test sends one by one, and whose connection it can cut. */
export interface RawRequest {
  readonly socket: Socket;
  /** Sends a piece of the body. */
  send(piece: string | Buffer): Promise<void>;
  /** Says that the body is whole. */
  end(): Promise<void>;
  /** Everything that was answered so far. */
  answered(): string;
  /** Waits until the answer holds the text. */
  until(text: string): Promise<string>;
  /** Waits until the other side has closed the connection. */
  closed(): Promise<string>;
}

/** POST /courses as a stream in chunks. */
export async function rawStream(base: string, headers: readonly string[] = []): Promise<RawRequest> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname).setMaxListeners(0);
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const head = ['POST /courses HTTP/1.1', `Host: ${hostname}:${port}`, 'Content-Type: application/x-ndjson'];
  socket.write([...head, 'Transfer-Encoding: chunked', ...headers, '', ''].join('\r\n'));
  const write = async (bytes: string | Buffer): Promise<void> => {
    if (!socket.write(bytes)) await once(socket, 'drain');
  };
  return {
    socket,
    send: async (piece) => {
      const bytes = Buffer.from(piece);
      await write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]));
    },
    end: () => write('0\r\n\r\n'),
    answered: () => text,
    until: async (wanted) => {
      for (let from = 0; !text.includes(wanted, from);) {
        from = Math.max(0, text.length - wanted.length);
        await once(socket, 'data');
      }
      return text;
    },
    closed: async () => {
      if (!socket.closed) await once(socket, 'close');
      return text;
    },
  };
}

/** The lines of JSON in a chunked answer. */
export const jsonLinesIn = (answer: string): string =>
  answer
    .split(/\r\n/)
    .filter((line) => line.startsWith('{'))
    .join('');
