/** The shape of `profiles/r4/codes.json`, which `profiles/make/r4-codes.ts` writes: every code system and value set of R4. */

export interface CompactCodes {
  /** By url. */
  readonly systems: Readonly<Record<string, CompactSystem>>;
  /** By url. A text: all of the code system of that url. */
  readonly sets: Readonly<Record<string, string | readonly CompactRule[]>>;
}

/**
 * The codes, with a blank between, in order; `{` and `}` stand around what is below the code before. A blank inside a code
 * is written as one that does not break. `c`: case sensitive, `f`: some of the codes only.
 */
export type CompactSystem = readonly [flags: string, codes: string];

/** An include, or an exclude (`x`). */
export interface CompactRule {
  readonly x?: true;
  readonly s?: string;
  readonly c?: string;
  readonly f?: readonly (readonly [property: string, op: string, value: string])[];
  readonly v?: readonly string[];
}

const blank = '\u00a0';
export const packedCode = (code: string): string => code.replaceAll(' ', blank);
export const packedCodes = (codes: readonly string[]): string => codes.map(packedCode).join(' ');
export const unpackedCodes = (text: string): string[] => (text === '' ? [] : text.split(' ').map(unpackedCode));
export const unpackedCode = (code: string): string => code.replaceAll(blank, ' ');
