import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

export interface Site {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Browsers refuse a module of another type. */
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Serves one page as `/`, and everything below a folder, on loopback. */
export async function serveFiles(page: URL, folder: URL): Promise<Site> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url.split('?')[0] ?? '/';
    const file = path === '/' ? page : new URL(path.slice(1), folder);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = path === '/' ? 'text/html' : (types[extname(path)] ?? 'application/octet-stream');
    return response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
