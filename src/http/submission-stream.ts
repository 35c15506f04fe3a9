import type { Request } from 'express';
import { StoreAway, StoreFull } from '../exchange/store.ts';
import { submitTexts, type Submitted } from '../exchange/submit.ts';
import { writeJson } from '../json/json.ts';
import { longestBody, utf8 } from './body.ts';
import { refusalReply, type Refusal } from './door.ts';
import { LineSource } from './line-source.ts';
import type { Line } from './line-splitter.ts';
import { closing, issueReply, ndjson, type Reply } from './reply.ts';
import type { Service } from './service.ts';
import { lineJson, outcomeJson } from './wire-json.ts';

/**
 * POST /courses with one course a line, of any length. Lines go to the disk in groups as they come, and the result of a
 * line is sent once its group is there. The answer begins with the first good line: what was refused before it is kept
 * back, since a stream without one good line is refused as a whole.
 */
export async function streamReply(request: Request, service: Service): Promise<Reply> {
  const refusal = await service.door.refusal();
  const leave = refusal === undefined ? service.door.openStream() : undefined;
  if (leave === undefined) {
    request.resume();
    return closing(refusalReply(refusal ?? 'busy'));
  }
  const source = new LineSource(request, service.door.bodies, service.stopping);
  // Whichever way the answer ends, and whether or not anybody was there to read it.
  request.res?.once('close', () => {
    source.close();
    leave();
  });
  return new SubmissionStream(source, service).reply();
}

/** Refused results that are kept back, in characters: beyond them the answer begins without a good line. */
const keptBackAtMost = 4 * 1024 * 1024;

type Step =
  | { readonly kind: 'results'; readonly text: string; readonly good: boolean }
  | { readonly kind: 'ended' | 'cut' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

class SubmissionStream {
  readonly #source: LineSource;
  readonly #service: Service;

  constructor(source: LineSource, service: Service) {
    this.#source = source;
    this.#service = service;
  }

  async reply(): Promise<Reply> {
    let keptBack = '';
    for (;;) {
      const step = await this.#step();
      if (step.kind === 'results') {
        keptBack += step.text;
        if (step.good || keptBack.length > keptBackAtMost) return this.#answer(202, this.#rest(keptBack));
      } else {
        if (step.kind === 'refused') return closing(refusalReply(step.refusal));
        return keptBack === '' ? issueReply('malformed-json') : this.#answer(422, keptBack);
      }
    }
  }

  #answer(status: number, body: NonNullable<Reply['body']>): Reply {
    return { status, type: ndjson, body };
  }

  /** Every result from the first good one on. Whoever reads too slowly is not read from either. */
  async *#rest(first: string): AsyncGenerator<string> {
    yield first;
    for (;;) {
      const step = await this.#step();
      if (step.kind === 'refused') {
        yield unavailableLine(step.refusal);
        await this.#source.runDry();
      }
      if (step.kind !== 'results') return;
      yield step.text;
    }
  }

  async #step(): Promise<Step> {
    const next = await this.#source.next();
    if (next.kind === 'no-room') return { kind: 'refused', refusal: 'busy' };
    if (next.kind === 'stopping') return { kind: 'refused', refusal: 'stopping' };
    if (next.kind !== 'lines') return { kind: next.kind };
    try {
      const refusal = await this.#service.door.refusal();
      if (refusal !== undefined) return { kind: 'refused', refusal };
      const results = await this.#submit(next.lines);
      const text = results.map((result) => `${writeJson(lineJson(result.line, result))}\n`).join('');
      return { kind: 'results', text, good: results.some(({ state }) => state !== 'refused') };
    } catch (error) {
      if (error instanceof StoreFull) return { kind: 'refused', refusal: 'store-full' };
      if (error instanceof StoreAway) return { kind: 'refused', refusal: 'store-unavailable' };
      throw error;
    } finally {
      next.done();
    }
  }

  /** The results of a group, in the order of its lines. */
  async #submit(lines: readonly Line[]): Promise<readonly LineResult[]> {
    const read = lines.map(readLine).filter((one) => one !== undefined);
    const texts = read.flatMap(({ text }) => (text === undefined ? [] : [{ text, kind: 'snapshot' as const }]));
    const { world, noteSubmitted } = this.#service;
    const submitted = texts.length === 0 ? [] : await submitTexts(texts, world);
    let taken = 0;
    const results = read.map(({ line, text, issues }): LineResult => {
      const one = text === undefined ? refusedLine(issues) : submitted[taken++];
      if (one === undefined) throw new Error('a line without a result');
      return { line, ...one };
    });
    noteSubmitted('snapshot', results);
    return results;
  }
}

/** What became of one line. */
export interface LineResult extends Submitted {
  readonly line: number;
}

interface ReadLine {
  readonly line: number;
  /** Undefined where the issues refuse it. */
  readonly text?: string;
  readonly issues: Submitted['issues'];
}

/** Undefined for a blank line. */
function readLine({ line, bytes }: Line): ReadLine | undefined {
  if (bytes === undefined) {
    return { line, issues: [{ code: 'line-too-long', at: '', facts: { 'longest bytes': longestBody } }] };
  }
  try {
    const text = utf8(bytes);
    return text.trim() === '' ? undefined : { line, text, issues: [] };
  } catch {
    return { line, issues: [{ code: 'malformed-json', at: '' }] };
  }
}

const refusedLine = (issues: Submitted['issues']): Submitted => ({ state: 'refused', deliveries: [], issues });

/** The last line of a stream that ends before its sender does. It has no number: it stands for all that follow. */
const unavailableLine = (refusal: Refusal): string =>
  `${writeJson({ state: 'unavailable', issues: outcomeJson([{ code: refusal, at: '' }]) })}\n`;
