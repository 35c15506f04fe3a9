/** A line of an input: its one-based number, and its text unless its bytes are no UTF-8, or too many. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
  /** Of the line and what ends it; more than the most where it was too long to be kept. */
  readonly bytes: number;
}

const newline = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The lines of a stream of bytes. Split by hand: readline over a pipe holds far more of a long stream than it needs. Of
 * a line of more than so many bytes nothing is kept.
 */
export async function* linesIn(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Line> {
  let begun: Uint8Array[] = [];
  let bytes = 0;
  let number = 0;
  const take = (piece: Uint8Array): void => {
    bytes += piece.length;
    if (bytes > most) begun = [];
    else begun.push(piece);
  };
  const line = (): Line => {
    number += 1;
    const read = { number, text: bytes > most ? undefined : textOf(begun), bytes: bytes + 1 };
    begun = [];
    bytes = 0;
    return read;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (bytes > 0) yield line();
}

function textOf(parts: readonly Uint8Array[]): string | undefined {
  const [only] = parts;
  try {
    return decoder.decode(parts.length === 1 ? only : Buffer.concat(parts));
  } catch {
    return undefined;
  }
}
