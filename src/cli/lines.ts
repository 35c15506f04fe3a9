/** A line of an input: its one-based number, and its text unless its bytes are no UTF-8. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
}

const newline = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The lines of a stream of bytes. Split by hand: readline over a pipe holds far more of a long stream than it needs.
 */
export async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let begun: Uint8Array[] = [];
  let number = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      begun.push(chunk.subarray(start, end));
      number += 1;
      yield { number, text: textOf(begun) };
      begun = [];
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) yield { number: number + 1, text: textOf(begun) };
}

function textOf(parts: readonly Uint8Array[]): string | undefined {
  const [only] = parts;
  try {
    return decoder.decode(parts.length === 1 ? only : Buffer.concat(parts));
  } catch {
    return undefined;
  }
}
