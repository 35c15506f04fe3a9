import { submitTexts, type Submitted, type SubmissionWorld } from '../exchange/submit.ts';
import { writeJson } from '../json/json.ts';
import type { Issue } from '../outcome/issue.ts';
import { documentsIn } from './documents.ts';
import type { Input } from './inputs.ts';

/** What became of one course, or part of one, of the inputs, and where it stands: `FILE:LINE`. */
export interface SubmittedAt {
  readonly place: string;
  readonly submitted: Pick<Submitted, 'state' | 'issues'> & Partial<Submitted>;
}

/** One transaction each: many courses on the disk at once cost little more than one. */
const mostTexts = 200;
const mostCharacters = 8_000_000;

/** Submits everything in the inputs, in their order; what is on the disk is handed on. */
export async function* submitAll(
  inputs: readonly Input[],
  kind: 'snapshot' | 'partial',
  world: SubmissionWorld,
): AsyncGenerator<SubmittedAt> {
  let texts: { readonly place: string; readonly text: string }[] = [];
  let size = 0;
  async function* flush(): AsyncGenerator<SubmittedAt> {
    const batch = texts;
    [texts, size] = [[], 0];
    if (batch.length === 0) return;
    const results = await submitTexts(
      batch.map(({ text }) => ({ text, kind })),
      world,
    );
    for (const [index, { place }] of batch.entries()) {
      const submitted = results[index];
      if (submitted !== undefined) yield { place, submitted };
    }
  }
  for await (const { place, text, issues } of textsIn(inputs)) {
    if (text === undefined) {
      yield* flush();
      yield { place, submitted: { state: 'refused', issues } };
      continue;
    }
    texts.push({ place, text });
    size += text.length;
    if (texts.length === mostTexts || size >= mostCharacters) yield* flush();
  }
  yield* flush();
}

interface TextRead {
  readonly place: string;
  readonly text: string | undefined;
  readonly issues: readonly Issue[];
}

async function* textsIn(inputs: readonly Input[]): AsyncGenerator<TextRead> {
  for (const { name, chunks } of inputs) {
    for await (const { line, value, issues } of documentsIn(chunks())) {
      yield { place: `${name}:${line}`, text: value === undefined ? undefined : writeJson(value), issues };
    }
  }
}
