import { gzipSync } from 'node:zlib';

/** A file of an archive: its path, and what is in it. */
export type Entry = readonly [path: string, text: string];

/**
 * A gzipped tar of files, the same bytes for the same files wherever and whenever it is made: no owner, no time, no
 * name of a system (POSIX ustar, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html).
 */
export function tgzOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(([path, text]) => {
    const content = Buffer.from(text, 'utf8');
    return [headerOf(path, content.length), content, Buffer.alloc(padding(content.length))];
  });
  const zipped = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  zipped[GZIP_SYSTEM] = UNKNOWN_SYSTEM;
  return zipped;
}

const BLOCK = 512;
const GZIP_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;
const NAME_LENGTH = 100;

const padding = (length: number): number => (BLOCK - (length % BLOCK)) % BLOCK;

function headerOf(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > NAME_LENGTH) throw new Error(`too long for a name in a tar: ${path}`);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0);
  const octal = (value: number, at: number, length: number): void => {
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  };
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
