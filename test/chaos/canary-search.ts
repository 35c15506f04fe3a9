import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { canary } from './marked-course.ts';

/** Where the canary was found, and an example. */
export interface Leak {
  readonly where: string;
  readonly lines: number;
  readonly first: string;
}

/** Looks for the canary in files, of which only lines of a form may count, and in texts. */
export async function leaksIn(
  files: readonly { readonly where: string; readonly path: string; readonly only?: RegExp }[],
  texts: readonly { readonly where: string; readonly text: string }[],
): Promise<Leak[]> {
  const inFiles = await Promise.all(files.map(({ where, path, only }) => inFile(where, path, only)));
  return [...inFiles, ...texts.map(({ where, text }) => leakOf(where, text.split('\n').filter(isLeak)))].filter(
    (leak) => leak !== undefined,
  );
}

// The stem is enough: what encodes an id for an address leaves plain letters alone.
const stem = canary.slice(0, 9).toLowerCase();
const isLeak = (line: string): boolean => line.toLowerCase().includes(stem);

async function inFile(where: string, path: string, only: RegExp | undefined): Promise<Leak | undefined> {
  if (!existsSync(path)) throw new Error(`${where} has no file, so nothing can be said of it`);
  const found: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (isLeak(line) && (only === undefined || only.test(line))) found.push(line);
  }
  return leakOf(where, found);
}

const leakOf = (where: string, lines: readonly string[]): Leak | undefined =>
  lines[0] === undefined ? undefined : { where, lines: lines.length, first: lines[0].slice(0, 300) };
