/** A file of an archive: its path, and its bytes where they were wanted. */
export interface TarFile {
  readonly path: string;
  readonly content: Buffer | undefined;
}

/** An archive that is damaged or no tar at all; `isStart` where not even its first block is one of a tar. */
export class TarFault extends Error {
  readonly isStart: boolean;

  constructor(isStart: boolean) {
    super('not a tar, or a damaged one');
    this.isStart = isStart;
  }
}

const BLOCK = 512;

/**
 * The regular files of a tar, one by one: POSIX ustar with pax names
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html), and GNU's long names. Links, folders and devices
 * are passed over. Memory is that of the largest file that `wants` names; throws a TarFault.
 */
export async function* filesOfTar(
  chunks: AsyncIterable<Uint8Array>,
  wants: (path: string) => boolean,
): AsyncGenerator<TarFile> {
  const bytes = new Bytes(chunks);
  let longName: string | undefined;
  let isStart = true;
  for (;;) {
    const block = await bytes.take(BLOCK);
    // Without the empty blocks that end a tar it was cut off.
    if (block === undefined) throw new TarFault(isStart);
    if (block.every((byte) => byte === 0)) {
      // What comes behind is read all the same: whoever unpacks finds out only at the end whether all of it was whole.
      await bytes.pass();
      return;
    }
    const header = headerIn(block);
    if (header === undefined) throw new TarFault(isStart);
    isStart = false;
    const padded = Math.ceil(header.size / BLOCK) * BLOCK;
    if (isName(header.type)) {
      const content = await wholly(bytes, padded, header.size);
      longName =
        header.type === 'L' ? textIn(content, 0, content.length) : (paxPath(content.toString('utf8')) ?? longName);
      continue;
    }
    const path = longName ?? header.path;
    longName = undefined;
    const isFile = header.type === '0' || header.type === '\0';
    if (isFile && wants(path)) yield { path, content: await wholly(bytes, padded, header.size) };
    else {
      if (!(await bytes.skip(padded))) throw new TarFault(false);
      if (isFile) yield { path, content: undefined };
    }
  }
}

const isName = (type: string): boolean => type === 'L' || type === 'x';

async function wholly(bytes: Bytes, padded: number, size: number): Promise<Buffer> {
  const content = await bytes.take(padded);
  if (content === undefined) throw new TarFault(false);
  return content.subarray(0, size);
}

interface Header {
  readonly path: string;
  readonly size: number;
  readonly type: string;
}

function headerIn(block: Buffer): Header | undefined {
  const size = octalIn(block, 124, 12);
  if (size === undefined || octalIn(block, 148, 8) !== checksumOf(block)) return undefined;
  const name = textIn(block, 0, 100);
  const prefix = textIn(block, 257, 5) === 'ustar' && block[262] === 0 ? textIn(block, 345, 155) : '';
  return { path: prefix === '' ? name : `${prefix}/${name}`, size, type: String.fromCharCode(block[156] ?? 0) };
}

/** The sum of all bytes, its own eight taken for blanks. */
function checksumOf(block: Buffer): number {
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

function textIn(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

function octalIn(block: Buffer, at: number, length: number): number | undefined {
  const text = textIn(block, at, length).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** The path in a pax header, whose records are `length key=value` and a line feed. */
const paxPath = (records: string): string | undefined => /(?:^|\n)\d+ path=([^\n]+)/.exec(records)?.[1];

/** Bytes that come in chunks of any size, taken in lengths of ours. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer[] = [];
  #length = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes; undefined where there are fewer. */
  async take(length: number): Promise<Buffer | undefined> {
    while (this.#length < length) if (!(await this.#more())) return undefined;
    const all = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
    if (all === undefined) return Buffer.alloc(0);
    this.#hold(all.subarray(length));
    return all.subarray(0, length);
  }

  /** Passes over bytes; false where there are fewer. */
  async skip(length: number): Promise<boolean> {
    let left = length;
    while (left > this.#length) {
      left -= this.#length;
      this.#hold(Buffer.alloc(0));
      if (!(await this.#more())) return false;
    }
    return (await this.take(left)) !== undefined;
  }

  /** Passes over all that is left. */
  async pass(): Promise<void> {
    do this.#hold(Buffer.alloc(0));
    while (await this.#more());
  }

  #hold(rest: Buffer): void {
    this.#held = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }

  async #more(): Promise<boolean> {
    const step = await this.#chunks.next();
    if (step.done === true) return false;
    const { value } = step;
    this.#held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    this.#length += value.byteLength;
    return true;
  }
}
