import type { Identifier } from '../course/identity.ts';

/**
 * The token of an identifier for a server that takes an escaped `|` or `$` for the two characters that they are (Helios 0.2.7),
 * where that is another text. A comma is escaped there too.
 */
export function rawIdentifierToken({ system, value }: Identifier): string | undefined {
  if (!/[\\|$]/.test(system + value)) return undefined;
  return `${system}|${value}`.replaceAll(',', String.raw`\,`);
}

// 414 and 413 begin at some 8 kB on many servers, and some cap the number of alternatives.
const mostTokens = 100;
const mostCharacters = 7_500;

/** Alternatives as comma-separated search values, each short enough for one request. */
export function inChunks(tokens: readonly string[]): string[] {
  const chunks: string[][] = [];
  let room = 0;
  for (const token of tokens) {
    const length = encodeURIComponent(token).length + 3;
    const last = chunks.at(-1);
    if (last === undefined || last.length === mostTokens || length > room) {
      chunks.push([token]);
      room = mostCharacters - length;
    } else {
      last.push(token);
      room -= length;
    }
  }
  return chunks.map((chunk) => chunk.join(','));
}
