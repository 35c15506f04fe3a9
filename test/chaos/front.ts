import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeJson, type JsonObject } from '../../src/json/json.ts';
import { existing, forward, type Asked, type Given } from './front-behind.ts';
import { interactionsIn, jsonIn, outcome, passingOf, placeIn } from './front-bundle.ts';
import { Ledger } from './front-ledger.ts';
import { refusalOf, storable, type Interaction, type Switches } from './front-rules.ts';

/** A server that can less than the real one behind it, and loses answers. */
export interface Front {
  readonly base: string;
  switches: Switches;
  /** Asked after every write that the server behind did: whether its answer is lost. */
  losesAnswer: () => boolean;
  /** What was written, under which identifiers: the server behind need not have kept them. */
  readonly ledger: Ledger;
  /** The requests as `METHOD path status`, without queries. */
  readonly log: string[];
  close(): Promise<void>;
}

export async function startFront(behind: string): Promise<Front> {
  const server = createServer((request, response) => {
    serve(front, behind, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    switches: {},
    losesAnswer: () => false,
    ledger: new Ledger(),
    log: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

async function serve(front: Front, behind: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', headers } = request;
  const asked: Asked = { method, path: url.slice(1), headers, body: await bodyOf(request) };
  const { answer, wrote } = await answered(front, behind, asked);
  const lost = wrote && front.losesAnswer();
  front.log.push(`${method} ${asked.path.split('?')[0]} ${lost ? 'lost' : answer.status}`);
  if (lost) {
    request.socket.resetAndDestroy();
    return;
  }
  // The server behind names itself in links and locations; a client must not find it there.
  const throughFront = (text: string): string => text.replaceAll(behind, front.base);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, throughFront(value));
  response.statusCode = answer.status;
  response.end(throughFront(answer.text));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

interface Answered {
  readonly answer: Given;
  readonly wrote: boolean;
}

const refused = (status: number): Answered => ({
  answer: { status, text: writeJson(outcome), headers: { 'content-type': 'application/fhir+json' } },
  wrote: false,
});

async function answered(front: Front, behind: string, asked: Asked): Promise<Answered> {
  const { switches, ledger } = front;
  if (Buffer.byteLength(asked.body) > (switches.longestBody ?? Infinity)) return refused(413);
  const json = jsonIn(asked.body);
  if (asked.method === 'POST' && asked.path === '') return bundleAnswered(front, behind, asked, json ?? {});
  const interaction = interactionOf(asked, json);
  const status = refusalOf(interaction, switches, await existing(behind, [interaction]));
  if (status !== undefined) return refused(status);
  const body = json === undefined ? asked.body : writeJson(storable(json, switches));
  const answer = await forward(behind, asked, body, switches);
  if (answer.status > 299) return { answer, wrote: false };
  if (asked.method === 'DELETE') ledger.deleted(asked.path);
  else if (json !== undefined) ledger.written(json, placeIn(answer.headers['location']) ?? asked.path);
  return { answer, wrote: asked.method === 'DELETE' || json !== undefined };
}

function interactionOf({ method, path, headers, body }: Asked, json: JsonObject | undefined): Interaction {
  const ifNoneExist = headers['if-none-exist'];
  return {
    method,
    url: path,
    ...(json === undefined ? { form: body } : { resource: json }),
    ...(typeof ifNoneExist === 'string' && { ifNoneExist }),
  };
}

async function bundleAnswered(front: Front, behind: string, asked: Asked, bundle: JsonObject): Promise<Answered> {
  const { switches, ledger } = front;
  const passing = passingOf(bundle, switches, await existing(behind, interactionsIn(bundle)));
  if (typeof passing === 'number') return refused(passing);
  const answer = await forward(behind, asked, passing.body, switches);
  if (answer.status > 299) return { answer, wrote: false };
  return { answer: { ...answer, text: passing.answer(answer.text, ledger) }, wrote: passing.writes };
}
