import type { Request } from 'express';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { BodyLedger } from './body-ledger.ts';
import { idleMs, longestBody } from './body.ts';
import { GroupSize } from './group-size.ts';
import { LineSplitter, type Line } from './line-splitter.ts';

/** What is read ahead, and the most that goes to the disk at once. */
const aheadLines = 500;
const aheadBytes = 4 * 1024 * 1024;

/** A group waits for more as long as something comes this often, and no longer than that, in ms. */
const quietMs = 4;
const longestWaitMs = 50;

/** How long a stream waits for room that others have, in ms. */
const patienceMs = 5_000;

/** What comes next of a stream. `ended`: the body did, properly. `cut`: the connection did, and nothing more is taken. */
export type Next =
  | { readonly kind: 'lines'; readonly lines: readonly Line[]; readonly done: () => void }
  | { readonly kind: 'ended' | 'cut' | 'no-room' | 'stopping' };

/**
 * The lines of a body in groups, as they come. It reads ahead of what is taken by no more than a group; what it holds is
 * in the ledger until the group is done.
 */
export class LineSource {
  readonly #request: Request;
  readonly #ledger: BodyLedger;
  readonly #stopping: AbortSignal | undefined;
  readonly #size = new GroupSize();
  readonly #splitter = new LineSplitter(longestBody);
  readonly #offRoom: () => void;
  #lines: Line[] = [];
  #bytes = 0;
  /** Bytes of this stream that are in the ledger and belong to no group that was given out. */
  #held = 0;
  #state: 'open' | 'ended' | 'cut' = 'open';
  #tell: () => void = () => undefined;

  constructor(request: Request, ledger: BodyLedger, stopping?: AbortSignal) {
    this.#request = request;
    this.#ledger = ledger;
    this.#stopping = stopping;
    request.setTimeout(idleMs);
    request.on('data', (chunk: Buffer) => this.#read(chunk));
    request.on('end', () => this.#end());
    request.on('error', this.#cut);
    // Not that of the request, which closes as soon as it was read: whoever left will not hear what became of the rest.
    request.socket.on('close', this.#cut);
    if (request.socket.destroyed) this.#cut();
    stopping?.addEventListener('abort', this.#changed);
    this.#offRoom = ledger.onRoom(() => this.#flow());
  }

  /** The lines that came, at least one unless the body is over. */
  async next(): Promise<Next> {
    // What else is to be done is done between groups, also where the next has come already.
    await setImmediate();
    while (this.#state === 'open' && this.#lines.length === 0 && !this.#isStopping()) {
      if (this.#ledger.isOver() && !(await this.#roomComes())) return { kind: 'no-room' };
      else if (this.#lines.length === 0) await this.#change();
    }
    await this.#gather();
    if (this.#state === 'cut') return { kind: 'cut' };
    if (this.#isStopping()) return { kind: 'stopping' };
    return this.#lines.length === 0 ? { kind: 'ended' } : this.#give();
  }

  /** Reads no more; what was not taken is forgotten. */
  close(): void {
    this.#stopping?.removeEventListener('abort', this.#changed);
    this.#offRoom();
    this.#request.socket.off('close', this.#cut);
    this.#cut();
    this.#request.resume();
  }

  /** Lets what is still being sent run into nothing, for a while: a connection that is shut at once loses the answer. */
  async runDry(): Promise<void> {
    this.close();
    const late = new AbortController();
    const ended = new Promise<void>((done) => {
      this.#request.on('end', done);
      this.#request.on('close', done);
    });
    if (!this.#request.complete && !this.#request.destroyed) {
      await Promise.race([ended, setTimeout(patienceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    }
    late.abort();
  }

  #read(chunk: Buffer): void {
    if (this.#state !== 'open') return;
    this.#queue(this.#splitter.push(chunk));
    this.#account();
    if (this.#isFull() || this.#ledger.isOver()) this.#request.pause();
    this.#changed();
  }

  #queue(lines: readonly Line[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#bytes += line.size;
    }
  }

  #account(): void {
    const held = this.#bytes + this.#splitter.held;
    if (held > this.#held) this.#ledger.take(held - this.#held);
    else if (held < this.#held) this.#ledger.free(this.#held - held);
    this.#held = held;
  }

  #isFull(): boolean {
    return this.#lines.length >= aheadLines || this.#bytes >= aheadBytes;
  }

  #isGroup(): boolean {
    return this.#lines.length >= this.#size.lines || this.#bytes >= aheadBytes;
  }

  #flow(): void {
    if (this.#state === 'open' && !this.#isFull() && !this.#ledger.isOver()) this.#request.resume();
    this.#changed();
  }

  #end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    // Half a line is a line only where its sender said that this is all.
    this.#queue(this.#splitter.end());
    this.#account();
    this.#changed();
  }

  readonly #cut = (): void => {
    this.#state = 'cut';
    this.#lines = [];
    this.#bytes = 0;
    this.#splitter.end();
    this.#account();
    this.#changed();
  };

  /** Waits while more comes, so that a fast sender's lines go to the disk together. */
  async #gather(): Promise<void> {
    const begun = performance.now();
    while (this.#state === 'open' && !this.#isGroup() && !this.#ledger.isOver()) {
      if (!(await this.#change(quietMs)) || performance.now() - begun > longestWaitMs) return;
    }
  }

  /** Part of what is queued, within the bounds of a group, leaves the queue. */
  #give(): Next {
    const most = this.#size.lines;
    let size = 0;
    let count = 0;
    for (const line of this.#lines) {
      if (count > 0 && (count >= most || size + line.size > aheadBytes)) break;
      size += line.size;
      count += 1;
    }
    const lines = this.#lines.splice(0, count);
    this.#bytes -= size;
    this.#held -= size;
    this.#flow();
    const given = performance.now();
    const done = (): void => {
      this.#ledger.free(size);
      this.#size.took(performance.now() - given, count === most);
    };
    return { kind: 'lines', lines, done };
  }

  async #roomComes(): Promise<boolean> {
    const until = performance.now() + patienceMs;
    while (this.#ledger.isOver() && this.#state === 'open' && performance.now() < until) {
      await this.#change(until - performance.now());
    }
    return !this.#ledger.isOver() || this.#state !== 'open';
  }

  readonly #changed = (): void => this.#tell();

  #isStopping(): boolean {
    return this.#stopping?.aborted === true;
  }

  /** Waits until something happens; false where nothing did in time. */
  #change(ms?: number): Promise<boolean> {
    return new Promise((done) => {
      const timer = ms === undefined ? undefined : globalThis.setTimeout(() => settle(false), ms);
      const settle = (changed: boolean): void => {
        clearTimeout(timer);
        this.#tell = () => undefined;
        done(changed);
      };
      this.#tell = () => settle(true);
    });
  }
}
