/** A line of a body: its number, counted from 1, and its bytes without the line's end. */
export interface Line {
  readonly line: number;
  /** Undefined where it is longer than is read. */
  readonly bytes: Buffer | undefined;
  /** What it takes in memory. */
  readonly size: number;
}

const lineFeed = 0x0a;

/** Cuts chunks into lines. It holds no more than one line that has not ended yet, and no more of it than is allowed. */
export class LineSplitter {
  readonly #longest: number;
  #begun: Buffer[] = [];
  #length = 0;
  #lines = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end in this chunk. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      this.#add(chunk.subarray(from, end));
      lines.push(this.#take());
      from = end + 1;
    }
    this.#add(chunk.subarray(from));
    return lines;
  }

  /** What is left when the body has ended: a last line without its end, if there is one. */
  end(): Line[] {
    return this.#length === 0 ? [] : [this.#take()];
  }

  /** Bytes held of a line that has not ended. */
  get held(): number {
    return this.#length > this.#longest ? 0 : this.#length;
  }

  #add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#longest) this.#begun = [];
    else if (piece.length > 0) this.#begun.push(piece);
  }

  #take(): Line {
    const [only] = this.#begun;
    const isTooLong = this.#length > this.#longest;
    const bytes = this.#begun.length === 1 && only !== undefined ? only : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#length = 0;
    this.#lines += 1;
    return { line: this.#lines, bytes: isTooLong ? undefined : bytes, size: isTooLong ? 0 : bytes.length };
  }
}
