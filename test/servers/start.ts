import { fileURLToPath } from 'node:url';
import { freePort, startInBackground } from './background.ts';

interface ServerKind {
  /** Called as `script PORT FOLDER`; exit code 77 means that there is no program to run. */
  readonly script: string;
  /** Where the FHIR base lies below the server's address. */
  readonly path: string;
  /** Takes everything off the server; where there is no quick way, tests keep apart by ids of their own. */
  readonly empty: (base: string) => Promise<void>;
}

/** The real servers of the suite: a third one is one line here. */
const kinds = {
  hapi: { script: 'hapi/start', path: '/fhir', empty: expunge },
  helios: { script: 'helios/start', path: '', empty: () => Promise.resolve() },
} satisfies Record<string, ServerKind>;

export type Kind = keyof typeof kinds;

export const allKinds = Object.keys(kinds) as readonly Kind[];

export interface TestServer {
  readonly kind: Kind;
  readonly base: string;
  readonly stop: () => Promise<void>;
}

export async function startServer(kind: Kind): Promise<TestServer> {
  const { script, path } = kinds[kind];
  const port = await freePort();
  const base = `http://127.0.0.1:${port}${path}`;
  const { stop } = await startInBackground({
    name: kind,
    script: fileURLToPath(new URL(script, import.meta.url)),
    args: (scratch) => [String(port), scratch],
    ready: `${base}/metadata`,
  });
  return { kind, base, stop };
}

export function emptyServer(server: { readonly kind: Kind; readonly base: string }): Promise<void> {
  return kinds[server.kind].empty(server.base);
}

async function expunge(base: string): Promise<void> {
  const response = await fetch(`${base}/$expunge`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [{ name: 'expungeEverything', valueBoolean: true }],
    }),
  });
  if (response.status !== 200) throw new Error(`$expunge answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}
