import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Something to read: a file, or what is piped in. */
export interface Input {
  /** As whoever asked for it wrote it. */
  readonly name: string;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Where arguments are looked up, and what `-` means. */
export interface Surroundings {
  readonly callerFolder: string;
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** A use of the command line that cannot work, found before anything was done. */
export class UsageFault extends Error {}

// Larger than Node's default: fewer, longer pieces of a long stream.
const chunkBytes = 256 * 1024;

/** The inputs that arguments name; throws a UsageFault for one that cannot be read, before the first is begun. */
export function inputsOf(names: readonly string[], { callerFolder, stdin }: Surroundings): Input[] {
  if (names.filter((name) => name === '-').length > 1)
    throw new UsageFault('Standard input (-) can be read only once.');
  return names.map((name) => {
    if (name === '-') return { name: 'stdin', chunks: () => stdin };
    const file = resolve(callerFolder, name);
    if (!isReadableFile(file)) throw new UsageFault(`${name}: there is no such file, or it cannot be read.`);
    return { name, chunks: () => createReadStream(file, { highWaterMark: chunkBytes }) };
  });
}

function isReadableFile(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    // A pipe that the shell made (<(…)) is no regular file.
    return !statSync(file).isDirectory();
  } catch {
    return false;
  }
}
