import { createWriteStream, type WriteStream } from 'node:fs';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../src/json/json.ts';
import type { FaultKind } from './faults.ts';
import { entriesIn } from './leaf-entries.ts';

export type RequestClass = 'writes' | 'reads';

/** What went through a proxy: how often each fault hit, what is in flight, and which answers to writes were lost. */
export class Traffic {
  readonly requests: Record<RequestClass, number> = { writes: 0, reads: 0 };
  readonly hits: Record<RequestClass, Map<FaultKind, number>> = { writes: new Map(), reads: new Map() };
  /** Writes that arrived and are not answered yet. */
  writesInFlight = 0;
  mostWritesAtOnce = 0;
  /** By identifier: how often the server did a write whose answer the client never got. */
  readonly lostAnswers = new Map<string, number>();
  /** By identifier: how often a write of it came again after an answer to one was lost. */
  readonly sentAgain = new Map<string, number>();
  /** Writes that were done and answered a moment ago. */
  #fresh: { readonly at: number; readonly body: string }[] = [];
  readonly #log: WriteStream;
  #onWrite: (() => void)[] = [];

  /** `file` takes the access log: a line for each request. */
  constructor(file: string) {
    this.#log = createWriteStream(file, { flags: 'a' });
  }

  /** Resolves when the next write arrives. */
  nextWrite(): Promise<void> {
    return new Promise((resolve) => this.#onWrite.push(resolve));
  }

  arrived(kind: RequestClass, body: string): void {
    this.requests[kind] += 1;
    if (kind === 'reads') return;
    this.writesInFlight += 1;
    this.mostWritesAtOnce = Math.max(this.mostWritesAtOnce, this.writesInFlight);
    if (this.lostAnswers.size > 0) {
      for (const key of identifiersIn(body)) if (this.lostAnswers.has(key)) add(this.sentAgain, key);
    }
    const waiting = this.#onWrite;
    this.#onWrite = [];
    for (const tell of waiting) tell();
  }

  ended(kind: RequestClass): void {
    if (kind === 'writes') this.writesInFlight -= 1;
  }

  hit(kind: RequestClass, fault: FaultKind): void {
    add(this.hits[kind], fault);
  }

  /** The server did what the body asks for, and the client was not told. */
  answerLost(body: string): void {
    for (const key of identifiersIn(body)) add(this.lostAnswers, key);
  }

  /** The server did what the body asks for, and the client was told. */
  answerTold(body: string): void {
    const now = performance.now();
    this.#fresh = this.#fresh.filter(({ at }) => now - at < noting);
    this.#fresh.push({ at: now, body });
  }

  /** The client was killed: what it was told a moment ago it may not have noted. */
  clientKilled(): void {
    const now = performance.now();
    for (const { at, body } of this.#fresh) if (now - at < noting) this.answerLost(body);
    this.#fresh = [];
  }

  log(...words: readonly (string | number)[]): void {
    this.#log.write(`${new Date().toISOString()} ${words.join(' ')}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#log.end(resolve));
  }
}

/** Milliseconds that it may take on a busy machine to note on disk what an answer said. */
const noting = 2000;

/** The sum over all kinds. */
export const faultsOf = (hits: ReadonlyMap<FaultKind, number>): number =>
  [...hits.values()].reduce((sum, count) => sum + count, 0);

export const identifierKey = (system: string, value: string): string => JSON.stringify([system, value]);

/** The identifiers of the resources in a Bundle, or of the one resource that a body is. */
function identifiersIn(body: string): string[] {
  const entries = entriesIn(body);
  if (entries.length > 0) return entries.flatMap(({ resource }) => identifiersOf(resource));
  const json = parseJson(body);
  return json.ok ? identifiersOf(json.value) : [];
}

/** R4's QuestionnaireResponse has one identifier, every other type of ours a list. */
export function identifiersOf(resource: Json | undefined): string[] {
  if (resource === undefined || !isJsonObject(resource)) return [];
  const { identifier } = resource;
  const all = Array.isArray(identifier) ? (identifier as readonly Json[]) : [identifier];
  return all.flatMap((one) => (one !== undefined && isJsonObject(one) ? keyOf(one) : []));
}

function keyOf({ system, value }: JsonObject): string[] {
  return typeof system === 'string' && typeof value === 'string' ? [identifierKey(system, value)] : [];
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
