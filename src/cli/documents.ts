import { readText } from '../course/read-text.ts';
import type { Json } from '../json/json.ts';
import type { Read } from '../outcome/issue.ts';
import { linesIn, type Line } from './lines.ts';

/** One JSON value of an input, or why it is none, and the line where it begins. */
export interface Document extends Read<Json> {
  readonly line: number;
}

/** The most bytes of one value: what is held of it is some eight times as much, and a text of JavaScript has an end. */
const mostBytes = 128 * 1024 * 1024;

/**
 * The JSON values of an input, told by content: one value, on however many lines, or one value a line. Lines are handed
 * on as they come; only a value that goes over several is held, as long as it is not too large.
 */
export async function* documentsIn(chunks: AsyncIterable<Uint8Array>, most = mostBytes): AsyncGenerator<Document> {
  let oneALine = false;
  let begun: Line[] = [];
  let continued = false;
  let held = 0;
  for await (const line of linesIn(chunks, most)) {
    const [first] = begun;
    held = first === undefined ? line.bytes : held + line.bytes;
    if (line.bytes > most + 1 || (!oneALine && held > most + 1)) {
      yield tooLarge(oneALine ? line : (first ?? line), most);
      // What is left of a value over several lines cannot be told from the next value.
      if (!oneALine && first !== undefined) return;
      oneALine = true;
      continue;
    }
    if (oneALine || first === undefined) {
      if (isBlank(line)) continue;
      oneALine ||= !isUnfinished(line.text);
      if (oneALine) yield documentOf([line]);
      else begun.push(line);
    } else if (!continued && startsAnew(first, line)) {
      oneALine = true;
      begun = [];
      yield documentOf([first]);
      yield documentOf([line]);
    } else {
      continued ||= !isBlank(line);
      begun.push(line);
    }
  }
  if (begun.length > 0) yield* wholeOrLines(begun);
}

const tooLarge = ({ number }: Line, most: number): Document => ({
  line: number,
  value: undefined,
  issues: [{ code: 'input-too-large', at: '', facts: { 'most bytes': most } }],
});

const isBlank = ({ text }: Line): boolean => text !== undefined && text.trim() === '';

/** Whether the text may go on: as far as it goes it is JSON, and then it ends too early. */
function isUnfinished(text: string | undefined): boolean {
  if (text === undefined) return false;
  const [issue] = readText(text).issues;
  const lines = text.split('\n');
  return (
    issue?.code === 'malformed-json' &&
    issue.facts?.['line'] === lines.length &&
    issue.facts['column'] === (lines.at(-1)?.length ?? 0) + 1
  );
}

/** Whether an unfinished first line is a broken one of many, and not the beginning of a value over several. */
function startsAnew(first: Line, line: Line): boolean {
  if (line.text === undefined || isBlank(line)) return false;
  const together = `${first.text ?? ''}\n${line.text}`;
  return isValue(line.text) && !isValue(together) && !isUnfinished(together);
}

const isValue = (text: string): boolean => readText(text).value !== undefined;

/** A value over several lines, unless it is none and every line but the first is one: then the first alone is broken. */
function* wholeOrLines(begun: readonly Line[]): Generator<Document> {
  const whole = documentOf(begun);
  const others = begun.slice(1).filter((line) => !isBlank(line));
  const separate = others.length > 0 && others.every(({ text }) => text !== undefined && isValue(text));
  if (whole.value !== undefined || !separate) yield whole;
  else for (const line of [...begun.slice(0, 1), ...others]) yield documentOf([line]);
}

function documentOf(lines: readonly Line[]): Document {
  const line = lines[0]?.number ?? 1;
  const undecoded = lines.find(({ text }) => text === undefined);
  if (undecoded !== undefined) {
    return { line, value: undefined, issues: [{ code: 'malformed-json', at: '', facts: { line: undecoded.number } }] };
  }
  const { value, issues } = readText(lines.map(({ text }) => text).join('\n'));
  return { line, value, issues: issues.map((issue) => ({ ...issue, facts: inInput(issue.facts, line) })) };
}

/** The place of a fault in the whole input, not in the piece of text that was read. */
function inInput(facts: Read<Json>['issues'][number]['facts'] = {}, line: number): typeof facts {
  const own = facts['line'];
  return typeof own === 'number' ? { ...facts, line: own + line - 1 } : facts;
}
